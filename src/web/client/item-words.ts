/** What merging and deleting an item will do, said before it is done. Pure. */
import type { ItemClass } from "./admin-answers.ts";
import { countOf } from "./numbers.ts";

export function describeMerge(from: ItemClass, into: ItemClass): string {
  const photos =
    from.examples === 0
      ? ""
      : `${capitalise(allPhotos(from.examples))} of ${from.name} will count as ${into.name}, and `;
  const rest = `corrections that wait for ${from.name} will be about ${into.name}.`;
  const start = photos === "" ? capitalise(rest) : photos + rest;
  return `${start} ${from.name} leaves the menu. This cannot be undone in one step.`;
}

export function describeDelete({ name, examples }: ItemClass): string {
  const photos = examples === 0 ? "It has no photos." : `${capitalise(allPhotos(examples))} will be forgotten.`;
  return `${name} and the corrections that wait for it will be deleted for good. ${photos} The next training makes a version that has never seen it; the older ones go. There is no way back.`;
}

/** Whether what was typed is the item's name, as far as case and spaces leave it clear. */
export function isSameName(typed: string, name: string): boolean {
  const fold = (text: string) => text.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
  return fold(typed) === fold(name);
}

function allPhotos(count: number): string {
  return count === 1 ? "its 1 photo" : `all ${countOf(count, "photo")}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
