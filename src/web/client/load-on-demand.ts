/** A fold that few ever open: its script comes with the first opening, and then its controls can be used. */
import { findElement } from "./dom.ts";

/** `id` is the fold's. */
export function loadOnDemand(id: string, load: () => Promise<void>): void {
  const fold = findElement(id, HTMLDetailsElement);
  if (fold.open) void load();
  else fold.addEventListener("toggle", () => void load(), { once: true });
}
