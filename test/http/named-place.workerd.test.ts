/** A language as a place. */
import { describe, expect, it } from "vitest";
import { placeOfLanguage } from "../../src/application/named-place.ts";

const korean = { isOn: true, photos: 40, shift: null, backboneId: null };
const places = new Map([["ko", korean]]);

describe("a text that names no place", () => {
  it("is answered in place of its language where staff have made one", () => {
    expect(placeOfLanguage({ places }, "ko")).toEqual({ id: "ko", ...korean });
    expect(placeOfLanguage({ places }, "ru")).toBeUndefined();
  });

  it("is answered as taught where its language cannot be told, as a photo is", () => {
    expect(placeOfLanguage({ places }, null)).toBeUndefined();
    expect(placeOfLanguage({ places }, undefined)).toBeUndefined();
  });
});
