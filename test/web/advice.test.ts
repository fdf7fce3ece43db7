import { describe, expect, it } from "vitest";
import type { ItemClass, Overview } from "../../src/web/client/admin-answers.ts";
import { adviseNextStep, adviseReviewer } from "../../src/web/client/advice.ts";
import { EXAMPLE_NOTES } from "../../src/web/example-note.ts";

const HEAD = {
  version: 3,
  evaluation: { accuracy: 0.9, examples: 80, strangers: null, fewPhotos: null },
};
const SETTLED: Overview = {
  backbone: { name: "tiny" },
  liveHead: HEAD,
  held: false,
  rebuilding: false,
  examples: 80,
  pendingLabels: 0,
  pendingReviews: 0,
  webhooksEnded: 0,
  training: { atWork: null, last: null },
  backup: null,
};

function item(name: string, examples: number, archived = false): ItemClass {
  return {
    id: name.toLowerCase(),
    name,
    description: null,
    aliases: [],
    examples,
    archived,
    byDescription: false,
    mergedInto: null,
  };
}

const TWO = [item("Pepperoni", 40), item("Hawaiian", 40)];

/** As the example menu is loaded, in the kitchen's language of that day. */
const EXAMPLE = Object.values(EXAMPLE_NOTES).map((description, i) => ({ ...item(`Drawn ${i}`, 8), description }));

describe("adviseNextStep", () => {
  it.each<[string, Partial<Overview>, readonly ItemClass[], string, string | null]>([
    ["starts with the menu", { liveHead: null }, [], "Put the first items on the menu", "items"],
    ["asks for a second item", { liveHead: null }, [TWO[0]], "Add a second item", "items"],
    ["does not count archived items", { liveHead: null }, [TWO[0], item("Old", 9, true)], "Add a second item", "items"],
    ["asks for the missing photos", { liveHead: null }, [TWO[0], item("Tuna", 0)], "Show photos of Tuna", "items"],
    ["then for the first training", { liveHead: null, pendingLabels: 80 }, TWO, "Train the first version", "train"],
    [
      "puts guests first",
      { pendingReviews: 2, pendingLabels: 5 },
      TWO,
      "2 corrections from guests to look at",
      "reviews",
    ],
    ["tells of new labels", { pendingLabels: 1 }, TWO, "1 new label to learn", "train"],
    ["sees an item without photos", {}, [...TWO, item("Tuna", 0)], "Tuna has no photos yet", "items"],
    [
      "names a few of many items without photos",
      {},
      [...TWO, ...["Tuna", "Salami", "Funghi", "Diavola", "Bianca"].map((name) => item(name, 0))],
      "Tuna, Salami, Funghi and 2 others have no photos yet",
      "items",
    ],
    ["sees an item with few", {}, [...TWO, item("Tuna", 3)], "A few more photos of Tuna", "items"],
    ["asks for no photos of the example", {}, EXAMPLE, "Now put an item of your own on the menu", "items"],
    ["asks for those beside it", {}, [...EXAMPLE, item("Tuna", 9)], "A few more photos of Tuna", "items"],
    ["is content with enough beside it", {}, [...EXAMPLE, item("Tuna", 10)], "All is well", null],
    ["is content otherwise", {}, TWO, "All is well", null],
  ])("%s", (_, change, classes, title, where) => {
    expect(adviseNextStep({ ...SETTLED, ...change }, classes)).toMatchObject({ title, where });
  });

  it("needs no example of what is described where texts are read", () => {
    const described = TWO.map((one) => ({ ...one, examples: 0, byDescription: true }));
    expect(adviseNextStep({ ...SETTLED, liveHead: null, examples: 0 }, described)).toEqual({
      title: "Train the first version",
      detail: "The descriptions will do for a first version.",
      where: "train",
    });
    expect(adviseNextStep(SETTLED, described)).toMatchObject({ title: "A few more photos of Pepperoni" });
  });

  it("points at a version that was held back, after what guests said and new labels", () => {
    expect(adviseNextStep(SETTLED, TWO, 7)).toMatchObject({ title: "Version 7 was held back", where: "versions" });
    expect(adviseNextStep({ ...SETTLED, pendingLabels: 1 }, TWO, 7)).toMatchObject({ where: "train" });
  });

  it("says how often a weak version is right", () => {
    const weak = {
      ...SETTLED,
      liveHead: { ...HEAD, evaluation: { accuracy: 0.62, examples: 80, strangers: null, fewPhotos: null } },
    };
    expect(adviseNextStep(weak, TWO).detail).toContain("62%");
  });
});

describe("adviseReviewer", () => {
  it("speaks of corrections alone", () => {
    expect(adviseReviewer({ ...SETTLED, liveHead: null, pendingLabels: 5 })).toMatchObject({
      title: "Nothing to decide",
      where: null,
    });
    expect(adviseReviewer({ ...SETTLED, pendingReviews: 1 })).toMatchObject({
      title: "1 correction from guests to look at",
      where: "reviews",
    });
  });
});
