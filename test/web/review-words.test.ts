import { describe, expect, it } from "vitest";
import type { ReviewGroup } from "../../src/web/client/admin-answers.ts";
import {
  acceptAs,
  describeMarks,
  describeProposals,
  describeReasons,
  rejectAll,
} from "../../src/web/client/review-words.ts";

const hawaiian = { label: "hawaiian", name: "Hawaiian", sources: 1 };
const mushroom = { label: "mushroom", name: "Mushroom", sources: 1 };
const names = new Map([
  ["hawaiian", "Hawaiian"],
  ["pepperoni", "Pepperoni"],
]);

function group(changes: Partial<ReviewGroup> = {}): ReviewGroup {
  return {
    photo: "a",
    thumbnail: null,
    text: null,
    guess: "pepperoni",
    createdAt: "2026-01-01T00:00:00.000Z",
    origin: "server",
    sources: 1,
    proposals: [hawaiian],
    conflicts: [],
    doubted: false,
    why: { disagreement: 0.9, entropy: 0.1, suspicion: 0.8 },
    answers: [{ label: "pepperoni", score: 0.9 }],
    members: [{ photo: "a", label: "hawaiian" }],
    ...changes,
  };
}

describe("a group of corrections in words", () => {
  it("says who says what", () => {
    expect(describeProposals(group())).toEqual({ who: "A guest says", what: "Hawaiian" });
    expect(describeProposals(group({ sources: 3 })).who).toBe("3 guests say");
    const disputed = describeProposals(group({ proposals: [hawaiian, mushroom], sources: 2 }));
    expect(disputed).toEqual({ who: "Guests disagree", what: "Hawaiian or Mushroom?" });
  });

  it.each<[string, Partial<ReviewGroup>, string[]]>([
    ["nothing", {}, []],
    ["that guests disagree", { conflicts: ["a", "b"] }, ["conflict"]],
    ["what is perhaps a mistake", { doubted: true }, ["suspect"]],
    [
      "how many photos look alike",
      {
        members: [
          { photo: "a", label: "hawaiian" },
          { photo: "b", label: "hawaiian" },
        ],
      },
      ["alike"],
    ],
  ])("marks %s", (_, changes, kinds) => {
    expect(describeMarks(group(changes)).map(({ kind }) => kind)).toEqual(kinds);
  });

  it("counts photos, not corrections", () => {
    const twice = ["hawaiian", "mushroom"].map((label) => ({ photo: "a", label }));
    const members = [...twice, { photo: "b", label: "hawaiian" }];
    expect(describeMarks(group({ members })).map(({ text }) => text)).toContain("2 alike");
    expect(describeMarks(group({ members: twice })).map(({ kind }) => kind)).not.toContain("alike");
  });

  it.each<[string, Partial<ReviewGroup>, string[]]>([
    ["what the head had thought", {}, ["I had thought Pepperoni."]],
    ["that it had thought the same", { guess: "hawaiian" }, ["I had thought so too."]],
    ["what it thinks of a photo that it had not seen", { guess: null }, ["I think Pepperoni."]],
    ["nothing without a head", { guess: null, answers: [] }, []],
    [
      "that staff said something else",
      { conflicts: ["hawaiian", "pepperoni"] },
      ["You taught me Pepperoni.", "I had thought Pepperoni."],
    ],
    [
      "that it is unsure",
      { why: { disagreement: 0.6, entropy: 0.9, suspicion: 0 } },
      ["I had thought Pepperoni.", "I’m not sure at all."],
    ],
    [
      "that a device cannot be trusted",
      { origin: "device" },
      ["I had thought Pepperoni.", "Worked out on the guest’s device: I can’t check it."],
    ],
  ])("says %s", (_name, changes, reasons) => {
    expect(describeReasons(group(changes), names)).toEqual(reasons);
  });
});

describe("a decision on a group", () => {
  const disputed = group({
    members: [
      { photo: "a", label: "hawaiian" },
      { photo: "a", label: "mushroom" },
      { photo: "a", label: "hawaiian" },
      { photo: "b", label: "mushroom" },
    ],
  });

  it("accepts a label once per photo, and relabels photos that nobody gave it", () => {
    expect(acceptAs(disputed, "hawaiian")).toEqual([
      { photo: "a", label: "hawaiian", decision: "accept" },
      { photo: "b", label: "mushroom", decision: "relabel", to: "hawaiian" },
    ]);
  });

  it("rejects each label of each photo once", () => {
    expect(rejectAll(disputed)).toEqual([
      { photo: "a", label: "hawaiian", decision: "reject" },
      { photo: "a", label: "mushroom", decision: "reject" },
      { photo: "b", label: "mushroom", decision: "reject" },
    ]);
  });
});
