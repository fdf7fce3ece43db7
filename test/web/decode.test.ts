import { describe, expect, it } from "vitest";
import { menu } from "../../src/web/client/answers.ts";
import { DecodeError, list, nullable, number, object, text } from "../../src/web/client/decode.ts";

describe("decoders", () => {
  it("read the answer that docs/api.md describes, and ignore fields that are new", () => {
    const limits = { maxImageBytes: 1, maxImagePixels: 2, inputPixels: 3 };
    const answer = {
      items: [{ id: "a", name: "A", description: null, aliases: [], photos: 4 }],
      headVersion: null,
      limits,
    };
    expect(menu(answer, "answer")).toEqual({
      items: [{ id: "a", name: "A", description: null, aliases: [] }],
      headVersion: null,
      limits,
      picturesKept: null,
    });
  });

  it("name the path of what is wrong", () => {
    const decoder = object({ items: list(object({ name: text })) });
    expect(() => decoder({ items: [{ name: "A" }, { name: 7 }] }, "answer")).toThrow(
      "answer.items[1].name is not a text",
    );
  });

  it.each([
    ["a text for a number", number, "1"],
    ["NaN for a number", number, Number.NaN],
    ["null for an object", object({}), null],
    ["an object for a list", list(text), {}],
    ["an absent field", object({ a: text }), {}],
  ])("refuse %s", (_, decoder, value) => {
    expect(() => decoder(value, "answer")).toThrow(DecodeError);
  });

  it("take an absent field for null where null is allowed", () => {
    expect(object({ a: nullable(text) })({}, "answer")).toEqual({ a: null });
  });
});
