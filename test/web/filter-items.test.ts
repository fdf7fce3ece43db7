import { describe, expect, it } from "vitest";
import { filterItems } from "../../src/web/client/filter-items.ts";

const MENU = [
  { id: "salami", name: "Salami Calabrese", description: "Spicy", aliases: ["Spianata", "Hot one"] },
  { id: "four_cheese", name: "Four Cheese", description: "Gorgonzola, parmesan", aliases: [] },
  { id: "creme", name: "Crème fraîche", description: null, aliases: [] },
  { id: "cheese", name: "Cheese", description: null, aliases: [] },
];

const find = (query: string) => filterItems(MENU, query).map(({ id }) => id);

describe("filterItems", () => {
  it.each([
    ["keeps everything in order for an empty query", "  ", ["salami", "four_cheese", "creme", "cheese"]],
    ["ignores case", "FOUR", ["four_cheese"]],
    ["ignores accents in the menu and in the query", "creme fraiche", ["creme"]],
    ["looks into descriptions", "gorgon", ["four_cheese"]],
    ["takes the words in any order", "cheese four", ["four_cheese"]],
    ["puts names that start with the query first", "cheese", ["cheese", "four_cheese"]],
    ["finds an item by another name of it", "spian", ["salami"]],
    ["finds nothing where nothing fits", "tuna", []],
  ])("%s", (_, query, expected) => {
    expect(find(query)).toEqual(expected);
  });
});
