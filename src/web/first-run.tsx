/** What greets the owner of an empty deployment: four steps, or an example menu. Shown by `client/first-run.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

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
    <p class="soft">{texts.firstRun.example}</p>
    <div class="button-row">
      <button class="button" type="button" id="load-example">
        {texts.firstRun.load}
      </button>
    </div>
    <p class="outcome" id="first-run-status" role="status" />
    <div id="first-run-alert" role="alert" />
  </section>
);
