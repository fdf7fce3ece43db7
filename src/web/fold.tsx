/** A part of the kitchen that is folded away; its body belongs to the client script, which fills it when it opens. */
import type { Child, FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

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
