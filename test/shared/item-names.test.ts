/** Ids that are made of names: one per item, whatever the names have in common. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ITEM_ID_CHARACTERS, makeItemId, toNameKey } from "../../src/shared/item-names.ts";

/** Ids of items that are added one after the other. */
function idsOf(names: readonly string[]): string[] {
  const ids = new Set<string>();
  for (const name of names) ids.add(makeItemId(name, (id) => ids.has(id)));
  return [...ids];
}

describe("an item's id", () => {
  it.each([
    ["Four Cheese!", "four-cheese"],
    ["Пицца «Маргарита»", "пицца-маргарита"],
    ["पनीर टिक्का", "पनीर-टिक्का"],
    ["Cafe\u0301", "café"],
    ["__proto__", "proto"],
    ["constructor", "constructor"],
    ["🧀", "item"],
    ["..", "item"],
  ])("is made from the name %s", (name, id) => {
    expect(makeItemId(name, () => false)).toBe(id);
  });

  const long = "Pizza with everything that was left in the kitchen on that evening, ";
  it.each([
    ["differ only in combining marks", ["दाल", "दिल"], ["दाल", "दिल"]],
    ["differ only in signs", ["C++", "C#", "C"], ["c", "c-2", "c-3"]],
    ["hold signs alone", ["🧀", "🍕"], ["item", "item-2"]],
    [
      "begin with the same 64 characters",
      [`${long}small`, `${long}large`],
      [
        "pizza-with-everything-that-was-left-in-the-kitchen-on-that-eveni",
        "pizza-with-everything-that-was-left-in-the-kitchen-on-that-eve-2",
      ],
    ],
    ["end in a number that another one's id got", ["Cola", "Cola+", "Cola 2"], ["cola", "cola-2", "cola-2-2"]],
  ])("is another one where names %s", (_case, names, ids) => {
    expect(idsOf(names)).toEqual(ids);
  });

  it("is always one that the API takes, and never one that is taken", () => {
    const names = fc.array(fc.string({ unit: "binary", minLength: 1, maxLength: 90 }), { minLength: 1, maxLength: 8 });
    const check = (given: readonly string[]) => {
      const ids = idsOf(given);
      expect(ids).toHaveLength(given.length);
      for (const id of ids) {
        expect(id).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_-]*$/u);
        expect(id.length).toBeLessThanOrEqual(MAX_ITEM_ID_CHARACTERS);
        expect(id.normalize("NFC")).toBe(id);
      }
    };
    fc.assert(fc.property(names, check));
    fc.assert(
      fc.property(fc.constantFrom("़", "é", "𠀀", "ΐ", "ﬁ", "İ"), (unit) => check([unit.repeat(90), unit.repeat(91)])),
    );
  });
});

describe("a name's key", () => {
  it.each(["Coca-Cola", "COCA-COLA", " coca-cola ", "ｃｏｃａ-ｃｏｌａ"])("is the same for %j", (name) => {
    expect(toNameKey(name)).toBe("coca-cola");
  });
});
