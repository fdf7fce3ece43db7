/** The character block: what it hears, and what it does not mind. */
import { describe, expect, it } from "vitest";
import { characterGrams, GRAM_NUMBERS } from "../../src/text/grams.ts";

function likeness(a: string, b: string): number {
  const [x, y] = [characterGrams(a), characterGrams(b)];
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

describe("character grams", () => {
  it("are 512 numbers of unit length, the same every time", () => {
    const block = characterGrams("Where is my order?");
    expect(block.length).toBe(GRAM_NUMBERS);
    expect(Math.hypot(...block)).toBeCloseTo(1, 6);
    expect(characterGrams("Where is my order?")).toEqual(block);
  });

  it.each([
    ["case", "REFUND please", "refund Please", 1],
    ["the order of words", "refund please", "please refund", 1],
    ["full stops and commas", "refund, please.", "refund please", 1],
    ["wide forms of letters", "ｒｅｆｕｎｄ", "refund", 1],
  ])("do not mind %s", (_what, a, b, expected) => {
    expect(likeness(a, b)).toBeCloseTo(expected, 6);
  });

  it("hear a misspelling as nearly the same, and another word as another", () => {
    expect(likeness("my delivery is late", "my delivry is late")).toBeGreaterThan(0.6);
    expect(Math.abs(likeness("delivery", "pepperoni"))).toBeLessThan(0.3);
  });

  it("hear any script, and signs", () => {
    expect(likeness("Где мой заказ?", "где мои заказы")).toBeGreaterThan(0.3);
    expect(likeness("ok 😡", "ok 😍")).toBeLessThan(0.95);
    expect(Math.hypot(...characterGrams("환불해 주세요"))).toBeCloseTo(1, 6);
  });

  it("are zeros where there is no word", () => {
    expect(characterGrams("... - ;").every((value) => value === 0)).toBe(true);
  });

  it("keep their numbers: what is stored was made with them", () => {
    const block = characterGrams("Where is my order?");
    const checksum = block.reduce((sum, value, i) => (sum + Math.round(value * 1e4) * (i + 1)) | 0, 0);
    expect(checksum).toMatchInlineSnapshot(`-1295472`);
  });
});
