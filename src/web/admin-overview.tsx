/** The first thing staff see: what to do next, and four figures. Filled by `client/overview-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const OverviewSection: FC<KitchenProps> = ({ texts }) => (
  <section class="overview" id="overview" data-needs="review" aria-label="Overview">
    <div class="card next-step">
      <p class="eyebrow">Next</p>
      <h2 id="advice-title">Looking around…</h2>
      <p class="soft" id="advice-detail" />
      <div class="button-row">
        <a class="button" id="advice-link" href="#items" hidden>
          Go there
        </a>
        <button class="button button-primary" type="button" id="train" data-needs="admin">
          Train now
        </button>
      </div>
      <p class="soft small" id="train-note" />
      <p class="outcome" id="train-outcome" role="status" />
      <p class="outcome" id="run-news" role="status" />
      <p class="soft small" id="run-progress" />
      <div id="train-alert" role="alert" />
      <p class="soft small" id="last-run" />
      <p class="soft small" id="unknown-share" />
      <p class="drift-warning small" id="drift-warning" role="status" />
    </div>
    <dl class="figures" id="overview-figures" aria-busy="true">
      <Figure id="accuracy" name="Accuracy" />
      <Figure id="version" name="Live version" />
      <Figure id="examples" name="Labelled photos" />
      <Figure id="waiting" name="New labels" />
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
