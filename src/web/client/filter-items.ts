/** Finding a menu item by a few typed letters, without regard to case, accents and order of words. Pure. */
import type { MenuItem } from "./answers.ts";

/** Keeps the items that contain every word of `query`; those with a name or an alias that starts with it come first. */
export function filterItems(items: readonly MenuItem[], query: string): readonly MenuItem[] {
  const wanted = fold(query);
  if (wanted === "") return items;
  const words = wanted.split(" ");
  const found = items.filter((item) => {
    const haystack = fold(`${[item.name, ...item.aliases].join(" ")} ${item.description ?? ""}`);
    return words.every((word) => haystack.includes(word));
  });
  const starting = found.filter(({ name, aliases }) =>
    [name, ...aliases].some((known) => fold(known).startsWith(wanted)),
  );
  return [...starting, ...found.filter((item) => !starting.includes(item))];
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}
