/**
 * A titled part of the kitchen. Its body starts in the loading state and belongs to the client script from then on;
 * news about it goes to a live region of its own.
 */

import type { Child, FC } from "hono/jsx";
import type { KitchenTexts } from "../texts/kitchen/en.ts";

/** The texts of one language, chosen by the request. */
export interface KitchenProps {
  readonly texts: KitchenTexts;
}

interface SectionProps extends KitchenProps {
  /** Prefix of the ids: `reviews` gives `reviews`, `reviews-body` and `reviews-status`. */
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** Who it is for, where that is not everybody in the kitchen. */
  readonly needs?: "review" | "admin";
  /** Whether it is a place by itself: then its title is the page's. */
  readonly isPlace?: boolean;
  /** Shown between the heading and the body. */
  readonly children?: Child;
}

/** `needs` is the least role that sees it; `id` names the parts that the script fills. */
export const Section: FC<SectionProps> = ({ texts, id, title, note, needs, isPlace, children }) => (
  <section class="section" id={id} data-needs={needs} aria-labelledby={`${id}-title`}>
    <div class="section-head">
      {isPlace ? (
        <h1 class="place-title" id={`${id}-title`} tabindex={-1}>
          {title}
        </h1>
      ) : (
        <h2 id={`${id}-title`} tabindex={-1}>
          {title}
        </h2>
      )}
      <p class="soft section-note">{note}</p>
    </div>
    {children}
    <p class="section-status soft" id={`${id}-status`} role="status" />
    <div id={`${id}-body`}>
      <div class="skeleton" aria-hidden="true" />
      <p class="visually-hidden">{texts.words.loading}</p>
    </div>
  </section>
);

interface FoldProps extends KitchenProps {
  /** `runs` gives the ids `runs` and `runs-body`. */
  readonly id: string;
  readonly title: string;
  /** Who it is for, where that is not everybody who sees what is around it. */
  readonly needs?: "admin";
  readonly children?: Child;
}

/** `needs` is the least role that sees it. */
export const Fold: FC<FoldProps> = ({ texts, id, title, needs, children }) => (
  <details class="fold" id={id} data-needs={needs}>
    <summary>{title}</summary>
    <div id={`${id}-body`}>
      <p class="soft">{texts.words.loading}…</p>
    </div>
    {children}
  </details>
);
