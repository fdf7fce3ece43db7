/** What the encoder of three languages reads: the same numbers as in its training, and which texts go where. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { hashGrams } from "../../src/text/grams.ts";
import { createTokeniser } from "../../src/text/tokeniser.ts";

/** Made by tools/sentences/grams.py. */
const FIXTURE: { text: string; hashes: number[] }[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../fixtures/hashed-grams.json"), "utf8"),
);

describe("hashed grams", () => {
  it.each(FIXTURE)("are those of the training for $text", ({ text, hashes }) => {
    expect(hashGrams(text)).toEqual(hashes);
  });

  it("hear the same stem under other endings, in Korean and in Russian", () => {
    const shared = (a: string, b: string) => {
      const known = new Set(hashGrams(a));
      return hashGrams(b).filter((hash) => known.has(hash)).length;
    };
    expect(shared("예쁜", "예뻤다")).toBeLessThan(shared("예쁜", "예쁘다"));
    expect(shared("скучный", "скучная")).toBeGreaterThan(5);
    expect(shared("скучный", "весёлый")).toBeLessThan(5);
  });

  it("take many signs in a row for two, and no digits", () => {
    expect(hashGrams("ура!!!!!")).toEqual(hashGrams("ура!!"));
    expect(hashGrams("1000")).not.toEqual(hashGrams("100"));
  });
});

const GRAMS = {
  version: "1.0",
  model: { type: "HashedGrams", rows: 100, firstId: 3, scripts: ["Cyrillic", "Hangul"] },
};
const PIECES = {
  version: "1.0",
  normalizer: { type: "NFKC" },
  pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: false },
  added_tokens: [],
  post_processor: null,
  decoder: null,
  model: {
    type: "Unigram",
    unk_id: 0,
    vocab: [
      ["?", 0],
      ["▁", -8],
      ["▁refund", -2],
    ],
  },
};

describe("a tokeniser of grams", () => {
  const tokenise = createTokeniser({ ...GRAMS, latin: PIECES });

  it("gives rows of the table behind the pieces", () => {
    const { ids } = tokenise("возврат");
    expect(ids.length).toBeGreaterThan(10);
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...ids)).toBeLessThan(103);
  });

  it("leaves a text in Latin letters to the pieces, and no other", () => {
    expect(tokenise("refund").ids).toEqual([2]);
    expect(tokenise("iPhone 환불해 주세요").ids.every((id) => id >= 3)).toBe(true);
    expect(tokenise("👍").ids.every((id) => id >= 3)).toBe(true);
  });

  it("says how much of a text is in a script that it was not taught", () => {
    expect(tokenise("возврат 환불").unreadShare).toBe(0);
    expect(tokenise("返金").unreadShare).toBe(1);
    expect(tokenise("👍").unreadShare).toBe(0);
  });

  it("reads the longest text that may be sent", () => {
    const { ids, atOnce } = tokenise("환불".repeat(10_000));
    expect(ids.length).toBeGreaterThan(20_000);
    expect(atOnce).toBe(4_096);
  });
});
