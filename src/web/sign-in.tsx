/** The kitchen's door: one field for a key or the admin token. It goes to the API once and never into the page. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const SignIn: FC<KitchenProps> = ({ texts }) => (
  <form class="card sign-in" id="sign-in" method="post">
    <h1>Kitchen</h1>
    <p class="soft">
      Sign in with your key, or with the admin token: <code>npm start</code> prints it; a deployed Worker keeps it in
      the secret <code>ADMIN_TOKEN</code>.
    </p>
    <label class="field" for="token">
      <span class="field-name">Key or admin token</span>
      <input id="token" name="token" type="password" autocomplete="current-password" spellcheck={false} required />
    </label>
    <button class="button button-primary" type="submit">
      Sign in
    </button>
    <div id="sign-in-alert" role="alert" />
  </form>
);
