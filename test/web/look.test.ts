/** What the place that looks through many examples decides without a page: its addresses, where keys lead, what is selected, which tiles show. */
import { describe, expect, it } from "vitest";
import { moveBy } from "../../src/web/client/grid-keys.ts";
import { extendTo, keepOnly, NOTHING_SELECTED, selectAll, toggleOne } from "../../src/web/client/grid-selection.ts";
import { addressOf, type Look, readLook } from "../../src/web/client/look-address.ts";
import type { Tile } from "../../src/web/client/look-tile.tsx";
import { appendTiles, changeTiles, idsOf, NO_TILES } from "../../src/web/client/look-tiles.ts";

const LOOKS: readonly Look[] = [
  { kind: "doubted" },
  { kind: "twins" },
  { kind: "item", item: "four_cheese" },
  { kind: "item", item: "четыре-сыра" },
  { kind: "item", item: ":none" },
  { kind: "mistakes", version: 12, label: "a", said: "b" },
  { kind: "mistakes", version: 12, label: null, said: null },
  { kind: "near", photo: "0f".repeat(32) },
  { kind: "missing", backbone: "e1".repeat(32) },
];

describe("the address of a list of examples", () => {
  it.each(LOOKS)("leads back to the very list: %j", (look) => {
    expect(readLook(new URL(addressOf(look), "https://kitchen.test").search)).toEqual(look);
  });

  it.each(["", "?show=nothing", "?near=../..", "?version=0", "?version=1e9", "?item="])(
    "leads to the doubted labels where it asks for nothing that there is: %s",
    (search) => {
      expect(readLook(search)).toEqual({ kind: "doubted" });
    },
  );
});

describe("keys in a grid of 10 tiles, 4 in a row", () => {
  const shape = { count: 10, columns: 4, pageRows: 2 };

  it.each([
    ["ArrowRight", 0, 1],
    ["ArrowRight", 9, 9],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 5],
    ["ArrowDown", 7, 9],
    ["ArrowUp", 5, 1],
    ["ArrowUp", 3, 3],
    ["Home", 7, 0],
    ["End", 0, 9],
    ["PageDown", 0, 8],
    ["PageDown", 5, 9],
    ["PageUp", 9, 1],
    ["PageUp", 5, 0],
    ["x", 5, null],
    ["constructor", 5, null],
  ])("%s leads from %i to %s", (key, at, to) => {
    expect(moveBy(key, at, shape)).toBe(to);
  });

  it("lead nowhere where there is no tile", () => {
    expect(moveBy("End", 0, { ...shape, count: 0 })).toBeNull();
  });
});

describe("a selection", () => {
  const ids = ["a", "b", "c", "d", "e"];

  it("takes one in and out again", () => {
    const one = toggleOne(NOTHING_SELECTED, "b");
    expect([...one.chosen]).toEqual(["b"]);
    expect([...toggleOne(one, "b").chosen]).toEqual([]);
  });

  it("extends from where it began, both ways, and keeps what was chosen before", () => {
    const begun = toggleOne(toggleOne(NOTHING_SELECTED, "a"), "c");
    expect([...extendTo(begun, ids, "e").chosen].sort()).toEqual(["a", "c", "d", "e"]);
    expect([...extendTo(begun, ids, "b").chosen].sort()).toEqual(["a", "b", "c"]);
    expect([...extendTo(extendTo(begun, ids, "e"), ids, "b").chosen].sort()).toEqual(ids);
  });

  it("begins at the tile itself where nothing was chosen, or that has gone", () => {
    expect(extendTo(NOTHING_SELECTED, ids, "d")).toEqual({ chosen: new Set(["d"]), anchor: "d" });
    const gone = keepOnly(toggleOne(NOTHING_SELECTED, "x"), new Set(ids));
    expect(gone).toEqual({ chosen: new Set(), anchor: null });
    expect([...extendTo(gone, ids, "b").chosen]).toEqual(["b"]);
  });

  it("takes all", () => {
    expect([...selectAll(ids).chosen]).toEqual(ids);
  });
});

describe("the tiles of a list", () => {
  const toTiles = (photos: string): readonly Tile[] =>
    [...photos].map((photo) => ({
      photo,
      label: "a",
      listedAs: "a",
      purpose: "learn",
      confirmedAt: null,
      picture: true,
      text: null,
      about: "",
      mark: "",
    }));
  const five = appendTiles(NO_TILES, toTiles("abcde"));
  const move = (photos: string, label: string) => toTiles(photos).map((tile) => ({ ...tile, label }));
  const belongs = ({ label, listedAs }: Tile) => label === listedAs;

  it("come page by page, each once, with the first as the stop of the Tab key", () => {
    const more = appendTiles(five, toTiles("efg"));
    expect(idsOf(more).join("")).toBe("abcdefg");
    expect(more.stop).toBe("a");
  });

  it("leave when they no longer belong, with their selection, and come back to their place", () => {
    const moved = changeTiles({ ...five, selection: selectAll(idsOf(five)) }, move("bd", "b"), belongs);
    expect(idsOf(moved).join("")).toBe("ace");
    expect([...moved.selection.chosen].join("")).toBe("ace");
    expect(idsOf(changeTiles(moved, move("d", "a"), belongs)).join("")).toBe("acde");
  });

  it.each([
    ["c", "b", "c"],
    ["c", "cd", "e"],
    ["d", "de", "c"],
    ["a", "abcde", null],
  ])("hand the stop at %s to the nearest when %s leave: %s", (stop, leaving, next) => {
    expect(changeTiles({ ...five, stop }, move(leaving, "b"), belongs).stop).toBe(next);
  });

  it("have a stop again when the last that left comes back", () => {
    const empty = changeTiles(five, move("abcde", "b"), belongs);
    expect(changeTiles(empty, move("c", "a"), belongs).stop).toBe("c");
  });
});
