import { expect, it } from "vitest";
import { isReadable } from "../../src/operations/class-fields.ts";

it.each([
  ["plain words", "Four Cheese & Basil (25 cm)"],
  ["any script", "दाल मखनी, بيتزا, ピザ, 김치, Пицца"],
  ["a joiner where letters need it", "ক্‍ষ, می‌خواهم"],
  ["emoji, joined and coloured", "👩‍🍳🏽 👩🏽‍🍳 🍕"],
  ["the flag of England", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
])("takes %s", (_name, text) => {
  expect(isReadable(text)).toBe(true);
});

it.each([
  ["a line break", "Four\nCheese"],
  ["a line separator", "Four\u2028Cheese"],
  ["NUL", "Four\u0000Cheese"],
  ["a tab", "Four\tCheese"],
  ["a space of no width", "Four\u200BCheese"],
  ["a byte order mark", "\uFEFFCheese"],
  ["a soft hyphen", "Piz\u00ADza"],
  ["a joiner between Latin letters", "Piz\u200Dza"],
  ["a joiner alone", "\u200D"],
  ["an override of direction", "Pizza \u202Eeseehc"],
  ["an isolate", "\u2067Pizza\u2069"],
  ["a filler that looks like nothing", "\u3164"],
  ["hidden tags", "Pizza\u{E0041}"],
  ["half a character", "Pizza \uD83C"],
])("refuses %s", (_name, text) => {
  expect(isReadable(text)).toBe(false);
});
