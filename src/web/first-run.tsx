/** What greets the owner of an empty deployment: four steps, or an example menu. Shown by `client/first-run.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** Beside the example's items: what they are, and the one step that takes them away. Shown by `client/example-removal.ts`. */
export const ExampleNote: FC<KitchenProps> = ({ texts }) => (
  <div class="notice example-note" id="example" data-needs="admin" hidden>
    <p id="example-words" />
    <button class="button" type="button" id="remove-example">
      {texts.firstRun.removal.button}
    </button>
    <div id="example-alert" role="alert" />
  </div>
);

/** Starts hidden; the script shows it where the menu is empty. */
export const FirstRun: FC<KitchenProps> = ({ texts }) => (
  <section class="section card next-step" id="first-run" data-needs="admin" aria-labelledby="first-run-title" hidden>
    <h2 id="first-run-title">{texts.firstRun.title}</h2>
    <ol class="first-steps">
      {texts.firstRun.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
      <li>
        {texts.firstRun.tryIt.before}
        <a href="/">{texts.firstRun.tryIt.link}</a>
        {texts.firstRun.tryIt.after}
      </li>
    </ol>
    <div class="example-offer" id="example-offer">
      <p class="soft">{texts.firstRun.example}</p>
      <button class="button" type="button" id="load-example">
        {texts.firstRun.load}
      </button>
    </div>
    <p class="outcome" id="first-run-status" role="status" />
    <div id="first-run-alert" role="alert" />
  </section>
);
