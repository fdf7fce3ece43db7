/**
 * Where the buttons for a photo stand. Where the page is one column, the answer comes right under its photo and the way to another
 * photo after it; in the document too, so that Tab goes where the eye goes.
 */
import { find } from "./dom.ts";

const isNarrow = matchMedia("(width < 54rem)");
const chooser = find("chooser");

/** Asked whenever a photo comes or goes; a turned phone is followed by itself. */
export function placeChooser(): void {
  const place = find(isNarrow.matches && document.body.dataset.stage === "photo" ? "chooser-below" : "chooser-home");
  if (chooser.parentElement === place) return;
  const focused = document.activeElement;
  place.append(chooser);
  // Moving an element takes the focus from it.
  if (focused instanceof HTMLElement && chooser.contains(focused)) focused.focus({ preventScroll: true });
}

isNarrow.addEventListener("change", placeChooser);
