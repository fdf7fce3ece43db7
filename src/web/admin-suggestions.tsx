/** What guests miss on the menu; not there while they miss nothing. Filled by `client/suggestions-section.ts`. */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

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
    <ul class="card doubts" id="suggestions-body" aria-labelledby="suggestions-title" />
  </section>
);
