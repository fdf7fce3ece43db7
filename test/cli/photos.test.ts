/** The drawn photos that other tests rely on. */
import { expect, it } from "vitest";
import { readImageHeader } from "../../src/image/header.ts";
import { makePhoto, PHOTO_KINDS } from "../support/photos.ts";

it("draws the same bytes for the same arguments, and others for another seed or kind", () => {
  expect(makePhoto("pepperoni", 1, 64)).toEqual(makePhoto("pepperoni", 1, 64));
  const all = PHOTO_KINDS.flatMap((kind) =>
    [1, 2, 3].map((seed) => Buffer.from(makePhoto(kind, seed, 64)).toString("hex")),
  );
  expect(new Set(all).size).toBe(15);
});

it("draws PNG files of the size that was asked for", () => {
  const header = readImageHeader(makePhoto("mushroom", 7, 96));
  expect(header).toMatchObject({ ok: true, value: { format: "png", width: 96, height: 96 } });
});

it("refuses a kind without a recipe", () => {
  expect(() => makePhoto("calzone", 1)).toThrow("no recipe for calzone");
});
