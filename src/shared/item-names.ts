/**
 * When two names are the same to a person, and the id that an item gets from its name. The Worker and the commands both go by
 * these, so that an import finds and makes the items that the API would.
 */

/** The longest name and description of an item, in UTF-16 code units. */
export const MAX_NAME_CHARACTERS = 80;
/** The longest description of an item, in UTF-16 code units. */
export const MAX_DESCRIPTION_CHARACTERS = 500;

/** The longest id, in UTF-16 code units. */
export const MAX_ITEM_ID_CHARACTERS = 64;

/** What a name is compared by: two that differ only in case, width or spacing are the same item to a person. */
export function toNameKey(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/**
 * "Four Cheese!" -> "four-cheese", in any script; a name of symbols alone gives "item". Where `isTaken` says that an id is,
 * the first free one of "four-cheese-2", "four-cheese-3" and so on: "C++" and "C#" are two items.
 */
export function makeItemId(name: string, isTaken: (id: string) => boolean): string {
  const words = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^[-\p{M}]+/u, "");
  const plain = cutId(words, MAX_ITEM_ID_CHARACTERS) || "item";
  let id = plain;
  for (let number = 2; isTaken(id); number++) {
    const suffix = `-${number}`;
    id = cutId(plain, MAX_ITEM_ID_CHARACTERS - suffix.length) + suffix;
  }
  return id;
}

/** The beginning of it in NFC, without half a character or a dash at its end. */
function cutId(text: string, characters: number): string {
  return text
    .slice(0, characters)
    .replace(/[\uD800-\uDBFF]$/, "") // a letter of two code units may have been cut
    .replace(/-+$/, "")
    .normalize("NFC");
}
