/** What the map decides without a page: where things lie in the picture, and where a key leads. */
import { describe, expect, it } from "vitest";
import { fitScale, nearestTo, stepFrom } from "../../src/web/client/map-scale.ts";

describe("the scale of a map", () => {
  it("is the same both ways, keeps a margin, and has upwards up", () => {
    const spots = [
      { x: -5, y: 0 },
      { x: 5, y: 2 },
    ];
    const { unit, place } = fitScale(spots, 220, 100, 10);
    expect(unit).toBe(20);
    expect(spots.map(place)).toEqual([
      { x: 10, y: 70 },
      { x: 210, y: 30 },
    ]);
  });

  it("does not blow up what lies on one spot", () => {
    const { unit, place } = fitScale([{ x: 3, y: 3 }], 200, 100, 10);
    expect(unit).toBe(80);
    expect(place({ x: 3, y: 3 })).toEqual({ x: 100, y: 50 });
  });
});

describe("the next mark", () => {
  const spots = [
    { x: 0, y: 0 },
    { x: 10, y: 1 },
    { x: 4, y: 9 },
    { x: -3, y: 0 },
    { x: 100, y: 0 },
  ];

  it.each([
    ["ArrowRight", 0, 1],
    ["ArrowRight", 1, 4],
    ["ArrowRight", 4, null],
    ["ArrowLeft", 0, 3],
    ["ArrowDown", 0, 2],
    ["ArrowUp", 0, null],
    ["Enter", 0, null],
    ["toString", 0, null],
  ])("that %s leads to from %i is %s", (key, at, to) => {
    expect(stepFrom(at, key, spots)).toBe(to);
  });

  it("to a place is found, and is another one where that is asked for", () => {
    expect(nearestTo({ x: 9, y: 0 }, spots)).toBe(1);
    expect(nearestTo(spots[0], spots, 0)).toBe(3);
    expect(nearestTo(spots[0], [])).toBe(-1);
  });
});
