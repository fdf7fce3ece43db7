import { describe, expect, it } from "vitest";
import { MAX_PREVIEW_CHARACTERS, previewText } from "../../src/text/text-preview.ts";

describe("the copy of a text", () => {
  it("is the text where it is short enough", () => {
    for (const length of [1, MAX_PREVIEW_CHARACTERS]) expect(previewText("a".repeat(length))).toBe("a".repeat(length));
  });

  it("ends with an ellipsis where it is cut, and is never too long", () => {
    const cut = previewText("a".repeat(MAX_PREVIEW_CHARACTERS + 1));
    expect(cut).toBe(`${"a".repeat(MAX_PREVIEW_CHARACTERS - 1)}…`);
  });

  it("cuts no character in half", () => {
    for (const before of ["", "a"]) {
      const cut = previewText(`${before}${"🍕".repeat(MAX_PREVIEW_CHARACTERS)}`);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut.length).toBeGreaterThanOrEqual(MAX_PREVIEW_CHARACTERS - 1);
      expect(cut.length).toBeLessThanOrEqual(MAX_PREVIEW_CHARACTERS);
    }
  });
});
