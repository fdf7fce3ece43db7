/** The kitchen's door: one field for a key or the admin token. It goes to the API once and never into the page. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const SignIn: FC<KitchenProps> = ({ texts }) => (
  <form class="card sign-in" id="sign-in" method="post">
    <h1>{texts.frame.door.heading}</h1>
    <p class="soft">
      {texts.frame.door.note.before}
      <code>npm start</code>
      {texts.frame.door.note.between}
      <code>ADMIN_TOKEN</code>
      {texts.frame.door.note.after}
    </p>
    <label class="field" for="token">
      <span class="field-name">{texts.frame.door.field}</span>
      <input id="token" name="token" type="password" autocomplete="current-password" spellcheck={false} required />
    </label>
    <button class="button button-primary" type="submit">
      {texts.frame.door.submit}
    </button>
    <div id="sign-in-alert" role="alert" />
  </form>
);
