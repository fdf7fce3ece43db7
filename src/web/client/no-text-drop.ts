/** Stands in place of `text-drop.tsx` where the deployment reads photos: its pages carry nothing for texts. */

/** Throws: no page for photos shows it. */
export function TextDrop(): never {
  throw new Error("This deployment reads photos.");
}
