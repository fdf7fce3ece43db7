import { describe, expect, it } from "vitest";
import { readItemId } from "../../src/web/client/item-address.ts";

describe("the id in the address of an item's place", () => {
  it.each([
    ["an id as it stands", "four_cheese", "four_cheese"],
    ["other scripts", "%D0%BF%D0%B8%D1%86%D1%86%D0%B0", "пицца"],
    ["a letter with its accent apart", "cre%CC%81me", "créme"],
    ["what is on no menu", "%3Anone", ":none"],
    ["a slash and an emoji", "a%2F%F0%9F%8D%95", "a/🍕"],
    ["an escape that is no UTF-8", "%E0%A4", "%E0%A4"],
    ["a bare percent sign", "100%", "100%"],
  ])("is read from %s", (_, written, id) => {
    expect(readItemId(`/admin/menu/${written}`)).toBe(id);
  });
});
