/** Shows the samples of the guests' page while the example is on the menu and has been learned, and says which one was tapped. */
import type { MenuItems } from "./answers.ts";
import { find } from "./dom.ts";

/** Both examples have as many items; where fewer are left, their owner has taken it away. */
const EXAMPLE_ITEMS = 3;

/** `notes` describe the example's items. Gives back what is to be told of every menu that is read. */
export function offerSamples(notes: readonly string[], onPick: (sample: HTMLButtonElement) => void) {
  const samples = find("samples");
  for (const button of samples.querySelectorAll("button")) button.addEventListener("click", () => onPick(button));
  return function showSamples({ items, headVersion }: MenuItems): void {
    const ofExample = items.filter(({ description }) => description !== null && notes.includes(description));
    samples.hidden = headVersion === null || ofExample.length < EXAMPLE_ITEMS;
  };
}
