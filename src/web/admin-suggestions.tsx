/** What guests miss on the menu; not there while they miss nothing. Filled by `client/suggestions-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

export const SuggestionsSection: FC<KitchenProps> = ({ texts }) => (
  <section class="section" id="suggestions" data-needs="review" aria-labelledby="suggestions-title" hidden>
    <div class="section-head">
      <h2 id="suggestions-title" tabindex={-1}>
        What guests miss
      </h2>
      <p class="soft section-note">
        In their own words.<span data-needs="admin"> Add it to the menu, or take it off this list.</span>
      </p>
    </div>
    <p class="section-status soft" id="suggestions-status" role="status" />
    <ul class="card doubts" id="suggestions-body" aria-labelledby="suggestions-title" />
  </section>
);
