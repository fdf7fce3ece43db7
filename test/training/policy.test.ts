import { describe, expect, it } from "vitest";
import { explainMissingHead, hasSeenForgotten, needsNewHead } from "../../src/training/policy.ts";

const newest = { statisticsVersion: 4, archiveRevision: 1 };
const state = { ...newest, forgetVersion: 0, trainableClasses: 3, newest, live: newest };

describe("a new head", () => {
  it.each([
    ["is made when there is none", { ...state, newest: null, live: null }, true],
    ["is made when labels were absorbed", { ...state, statisticsVersion: 5 }, true],
    ["is made when an item was archived or restored", { ...state, archiveRevision: 2 }, true],
    ["is not made when nothing has changed", state, false],
    [
      "is not made again when the newest one was held back",
      { ...state, live: { ...newest, statisticsVersion: 2 } },
      false,
    ],
    ["is not made of one item", { ...state, statisticsVersion: 5, trainableClasses: 1 }, false],
    ["is not made of nothing", { ...state, live: null, trainableClasses: 0 }, false],
  ])("%s", (_name, input, expected) => {
    expect(needsNewHead(input)).toBe(expected);
  });
});

describe("a live head", () => {
  it.each([
    ["is fine when nothing was ever forgotten", { ...state, forgetVersion: 0 }, false],
    ["is fine when it was made after the forgetting", { ...state, forgetVersion: 4 }, false],
    ["must go when it has seen what was forgotten since", { ...state, forgetVersion: 5 }, true],
    ["is not missed where there is none", { ...state, forgetVersion: 5, live: null }, false],
  ])("%s", (_name, input, expected) => {
    expect(hasSeenForgotten(input)).toBe(expected);
  });
});

describe("a missing head", () => {
  it.each([
    [0, 0, 0, "there are only 0 items, and a version needs 2"],
    [1, 1, 9, "there is only 1 item, and a version needs 2"],
    [3, 1, 9, "only 1 item has examples, and a version needs 2"],
    [3, 2, 9, "9 labels wait for the next training run"],
    [3, 2, 0, "the descriptions wait for the next training run"],
  ])("is explained with %i items, %i with photos, %i labels waiting", (active, withPhotos, pending, words) => {
    const missing = { activeClasses: active, knownClasses: withPhotos, pendingLabels: pending, goByWords: false };
    expect(explainMissingHead(missing).detail).toContain(words);
  });

  it("is explained by examples or descriptions where texts are read", () => {
    const missing = { activeClasses: 3, knownClasses: 1, pendingLabels: 0, goByWords: true };
    expect(explainMissingHead(missing).detail).toContain(
      "only 1 item has examples or a description, and a version needs 2",
    );
  });
});
