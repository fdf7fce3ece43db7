/** A fold that few ever open: its script and its words come with the first opening, and then its controls can be used. */
import { find, findElement } from "./dom.ts";
import { loadPart } from "./load-part.ts";

/**
 * `id` is the fold's; `load` gives back what fills it. Where something of it does not come, `alert` says so, and opening the fold again
 * asks again.
 */
export function loadOnDemand(id: string, load: () => Promise<() => void>, alert = find(`${id}-body`)): void {
  const fold = findElement(id, HTMLDetailsElement);
  let isComing = false;
  const open = async () => {
    if (!fold.open || isComing) return;
    isComing = true;
    const fill = await loadPart(load, alert);
    isComing = false;
    if (fill === null) return;
    fold.removeEventListener("toggle", open);
    fill();
  };
  fold.addEventListener("toggle", open);
  void open();
}
