/**
 * Today, the first thing staff see: what to do next, four figures, what the head is least sure of, what guests miss,
 * what a teacher said. `client/overview-section.ts` and its neighbours fill it, and show the last three only where
 * there is something.
 */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./section.tsx";

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

/** Starts hidden; the script shows it where the pool is open. */
export const PoolSection: FC<KitchenProps> = ({ texts }) => (
  <section class="section" id="pool" data-needs="review" aria-labelledby="pool-title" hidden>
    <div class="section-head">
      <h2 id="pool-title" tabindex={-1}>
        {texts.reviews.poolSection.title}
      </h2>
      <p class="soft section-note">{texts.reviews.poolSection.note}</p>
    </div>
    <p class="section-status soft" id="pool-status" role="status" />
    <div id="pool-body" />
  </section>
);

/** Starts hidden; the script shows it once there is something on the list. */
export const SuggestionsSection: FC<KitchenProps> = ({ texts }) => (
  <section class="section" id="suggestions" data-needs="review" aria-labelledby="suggestions-title" hidden>
    <div class="section-head">
      <h2 id="suggestions-title" tabindex={-1}>
        {texts.reviews.suggestions.title}
      </h2>
      <p class="soft section-note">
        {texts.reviews.suggestions.note}
        <span data-needs="admin"> {texts.reviews.suggestions.noteForAdmin}</span>
      </p>
    </div>
    <p class="section-status soft" id="suggestions-status" role="status" />
    <div id="suggestions-body" />
  </section>
);

/** Empty and hidden; `client/teacher-section.ts` fills and shows it where a teacher is configured, words and all. */
export const TeacherSection: FC = () => (
  <section class="section" id="teacher" data-needs="review" aria-labelledby="teacher-title" hidden />
);
