/** What greets the owner of an empty deployment: four steps, or an example menu. Shown by `client/first-run.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const FirstRun: FC<KitchenProps> = ({ texts }) => (
  <section class="section card next-step" id="first-run" data-needs="admin" aria-labelledby="first-run-title" hidden>
    <h2 id="first-run-title">Welcome. Teach it in a minute</h2>
    <ol class="first-steps">
      <li>Name two items under “Menu” below.</li>
      <li>Drop a few photos on each. Ten are a good start.</li>
      <li>Press “Train now”.</li>
      <li>
        Try it on the <a href="/">guests’ page</a>.
      </li>
    </ol>
    <p class="soft">
      No photos at hand? Start with three pizzas that this project drew, eight pictures each. You can delete them later.
    </p>
    <div class="button-row">
      <button class="button" type="button" id="load-example">
        Load the example menu
      </button>
    </div>
    <p class="outcome" id="first-run-status" role="status" />
    <div id="first-run-alert" role="alert" />
  </section>
);
