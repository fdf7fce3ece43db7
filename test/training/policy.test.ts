import { describe, expect, it } from "vitest";
import { explainMissingHead, needsNewHead } from "../../src/training/policy.ts";

const live = { statisticsVersion: 4, archiveRevision: 1 };
const state = { statisticsVersion: 4, archiveRevision: 1, trainableClasses: 3, live };

describe("a new head", () => {
  it.each([
    ["is made when there is none", { ...state, live: null }, true],
    ["is made when labels were absorbed", { ...state, statisticsVersion: 5 }, true],
    ["is made when an item was archived or restored", { ...state, archiveRevision: 2 }, true],
    ["is not made when nothing has changed", state, false],
    ["is not made of one item", { ...state, statisticsVersion: 5, trainableClasses: 1 }, false],
    ["is not made of nothing", { ...state, live: null, trainableClasses: 0 }, false],
  ])("%s", (_name, input, expected) => {
    expect(needsNewHead(input)).toBe(expected);
  });
});

describe("a missing head", () => {
  it.each([
    [0, 0, 0, "the menu has 0 items, 2 are needed"],
    [1, 1, 9, "the menu has 1 item, 2 are needed"],
    [3, 1, 9, "1 item with photos, 2 are needed"],
    [3, 2, 9, "9 labels wait for the next training run"],
  ])("is explained with %i items, %i with photos, %i labels waiting", (active, withPhotos, pending, words) => {
    expect(explainMissingHead(active, withPhotos, pending)).toContain(words);
  });
});
