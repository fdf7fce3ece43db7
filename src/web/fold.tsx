/** A part of the kitchen that is folded away; its body belongs to the client script, which fills it when it opens. */
import type { Child, FC } from "hono/jsx";

export interface FoldProps {
  /** `runs` gives the ids `runs` and `runs-body`. */
  readonly id: string;
  readonly title: string;
  /** Who it is for, where that is not everybody who sees what is around it. */
  readonly needs?: "admin";
  readonly children?: Child;
}

export const Fold: FC<FoldProps> = ({ id, title, needs, children }) => (
  <details class="fold" id={id} data-needs={needs}>
    <summary>{title}</summary>
    <div id={`${id}-body`}>
      <p class="soft">Loading…</p>
    </div>
    {children}
  </details>
);
