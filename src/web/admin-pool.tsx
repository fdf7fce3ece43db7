/** What the head is least sure of; not there while the operator keeps none of it. Filled by `client/pool-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

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
