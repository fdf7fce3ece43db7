/** What becomes of a text before the encoder sees it: normalisation, limits, windows, what could not be read. */
import { describe, expect, it } from "vitest";
import {
  averageWindows,
  MAX_TEXT_CHARACTERS,
  MAX_TEXT_TOKENS,
  normaliseText,
  readText,
  splitIntoWindows,
} from "../../src/text/read-text.ts";
import { createTokeniser } from "../../src/text/tokeniser.ts";

/** Words that begin with a space, and one that does not. */
const VOCABULARY = [
  ["?", 0],
  ["▁", -8],
  ["▁where", -2],
  ["▁is", -2],
  ["▁it", -2],
  ["s", -3],
];
const tokenise = createTokeniser({
  version: "1.0",
  normalizer: { type: "NFKC" },
  pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: false },
  added_tokens: [],
  post_processor: null,
  decoder: null,
  model: { type: "Unigram", unk_id: 0, vocab: VOCABULARY },
});

describe("normalising a text", () => {
  it.each([
    ["line ends and tabs", "a\r\nb\tc\u2028d", "a b c d"],
    ["spaces of all kinds", "\u00A0 a \u3000 b\u2009c ", "a b c"],
    ["what cannot be seen", "\uFEFFre\u00ADfund\u200B \u202Enow\u202C", "refund now"],
    ["control characters", "a\u0000b\u0007c\u009Fd", "a b c d"],
    ["letters with marks apart", "cafe\u0301", "caf\u00E9"],
    ["half a surrogate pair", "a\uD83Db", "a\uFFFDb"],
    ["joined emoji, which stay", "👩‍🍳 ok", "👩‍🍳 ok"],
  ])("makes one text of %s", (_what, raw, expected) => {
    expect(normaliseText(raw)).toEqual({ ok: true, value: expected });
  });

  it.each(["", " \n\t", "\u200B\uFEFF", "\u0000"])("refuses %j, in which there is nothing to read", (raw) => {
    expect(normaliseText(raw)).toMatchObject({ ok: false, error: { code: "empty_body" } });
  });

  it("takes a text at the limit and refuses one above it", () => {
    expect(normaliseText("a".repeat(MAX_TEXT_CHARACTERS)).ok).toBe(true);
    const refused = normaliseText("a".repeat(MAX_TEXT_CHARACTERS + 1));
    expect(refused).toMatchObject({ ok: false, error: { code: "body_too_large" } });
    expect(refused.ok ? "" : refused.error.detail).toContain(`at most ${MAX_TEXT_CHARACTERS}`);
  });
});

describe("reading a text", () => {
  it("gives its tokens in one window, its grams, and how much could not be read", () => {
    const read = readText(" where\nis it ", tokenise, 128);
    if (!read.ok) throw new Error(read.error.detail);
    expect(read.value).toMatchObject({ text: "where is it", windows: [[2, 3, 4]], unreadShare: 0 });
    expect(Math.hypot(...read.value.grams)).toBeCloseTo(1, 5);
  });

  it("counts the characters that no piece covers", () => {
    expect(tokenise("where где").unreadShare).toBeCloseTo(3 / 8);
    expect(tokenise("где это").unreadShare).toBe(1);
  });

  it("refuses a text of more tokens than are read", () => {
    const text = "s".repeat(MAX_TEXT_TOKENS + 1);
    expect(readText(text, tokenise, 128)).toMatchObject({ ok: false, error: { code: "body_too_large" } });
  });
});

describe("windows", () => {
  it.each([1, 127, 128, 129, 256, 257, 1_000])("hold all of %i tokens in order, of nearly equal length", (count) => {
    const ids = Array.from({ length: count }, (_, i) => i);
    const windows = splitIntoWindows(ids, 128);
    const lengths = windows.map(({ length }) => length);
    expect(windows.flat()).toEqual(ids);
    expect(windows.length).toBe(Math.ceil(count / 128));
    expect(Math.max(...lengths)).toBeLessThanOrEqual(128);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  });

  it("weigh as much as they have tokens", () => {
    const mean = averageWindows([[1, 2, 3], [4]], [Float32Array.of(1, 0), Float32Array.of(0, 1)]);
    expect([...mean]).toEqual([0.75, 0.25]);
  });
});
