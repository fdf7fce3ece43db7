/** Stands in place of `text-drop.ts` where the deployment reads photos: its pages carry nothing for texts. */
import type { SampleDrop } from "./sample-drop.ts";

/** Throws: no page for photos asks for it. */
export function createTextDrop(): SampleDrop {
  throw new Error("This deployment reads photos.");
}
