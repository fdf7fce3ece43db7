/** The first thing staff see: what to do next, and four figures. Filled by `client/overview-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** Says that it is looking until the script has asked. */
export const OverviewSection: FC<KitchenProps> = ({ texts }) => (
  <section class="overview" id="overview" data-needs="review" aria-label={texts.overview.name}>
    <div class="card next-step">
      <p class="eyebrow">{texts.overview.next}</p>
      <h2 id="advice-title" tabindex={-1}>
        {texts.overview.looking}
      </h2>
      <p class="soft" id="advice-detail" />
      <div class="button-row">
        <a class="button" id="advice-link" href="#items" hidden>
          {texts.overview.goThere}
        </a>
        <button class="button button-primary" type="button" id="train" data-needs="admin">
          {texts.training.train}
        </button>
      </div>
      <p class="soft small" id="train-note" />
      <p class="outcome" id="train-outcome" role="status" />
      <div class="notice change-note" id="change" data-needs="admin" hidden>
        <p id="change-words" role="status" />
        <div class="button-row" id="change-choice" hidden>
          <button class="button" type="button" id="change-back" />
          <button class="button" type="button" id="change-keep">
            {texts.change.keep}
          </button>
        </div>
        <div id="change-alert" role="alert" />
      </div>
      <p class="outcome" id="run-news" role="status" />
      <p class="soft small" id="run-progress" />
      <div id="train-alert" role="alert" />
      <p class="soft small" id="last-run" />
      <p class="soft small" id="unknown-share" />
      <p class="drift-warning small" id="drift-warning" role="status" />
      <p class="drift-warning small" id="backup-warning" role="status" />
      <p class="drift-warning small" id="webhook-warning" role="status" />
    </div>
    <dl class="figures" id="overview-figures" aria-busy="true">
      <Figure id="accuracy" name={texts.overview.figures.accuracy} />
      <Figure id="version" name={texts.overview.figures.version} />
      <Figure id="examples" name={texts.overview.figures.examples} />
      <Figure id="waiting" name={texts.overview.figures.waiting} />
    </dl>
  </section>
);

const Figure: FC<{ readonly id: string; readonly name: string }> = ({ id, name }) => (
  <div class="card figure">
    <dt>{name}</dt>
    <dd>
      <span class="figure-value" id={`figure-${id}`}>
        –
      </span>
      <span class="soft" id={`figure-${id}-note`} />
    </dd>
  </div>
);
