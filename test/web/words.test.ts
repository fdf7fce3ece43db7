import { describe, expect, it } from "vitest";
import { describeProgress, describeRun, nameOutcome, shouldGoOn } from "../../src/web/client/train-outcome.ts";
import { addResults, describeSummary, EMPTY_SUMMARY, refuseSample } from "../../src/web/client/uploader.ts";
import { describeReadiness } from "../../src/web/guests/wording.ts";
import { texts } from "../../src/web/texts/en.ts";
import { count, words } from "../../src/web/texts/kitchen/en/words.ts";

describe("numbers", () => {
  it.each([
    [0, "<1%"],
    [0.0099, "<1%"],
    [0.01, "1%"],
    [0.914, "91%"],
    [0.99, "99%"],
    [0.9999, ">99%"],
  ])("shows the score %d as %s, and never as certainty", (score, shown) => {
    expect(words.formatScore(score)).toBe(shown);
  });

  it("lets a measured share be all", () => expect(words.formatShare(1)).toBe("100%"));

  it.each([
    [0, "0 photos"],
    [1, "1 photo"],
    [1200, "1,200 photos"],
  ])("counts %d in words", (photos, counted) => {
    expect(count(photos, { one: "photo", other: "photos" })).toBe(counted);
  });

  it.each([
    [[], ""],
    [["A"], "A"],
    [["A", "B"], "A and B"],
    [["A", "B", "C"], "A, B and C"],
  ])("joins %j", (names, joined) => expect(words.joinNames(names)).toBe(joined));
});

describe("an upload's summary", () => {
  const problem = { code: "not_an_image", detail: "Not an image.", says: [] };
  const batch = {
    results: [
      { file: "a.jpg", status: "stored", problem: null },
      { file: "b.txt", status: "refused", problem },
    ],
    stored: 1,
    relabelled: 0,
    pending: 0,
    duplicates: 2,
    refused: 1,
  };

  it("adds up over batches and keeps the reasons", () => {
    const summary = refuseSample(addResults(addResults(EMPTY_SUMMARY, batch), batch), {
      file: "c.heic",
      reason: "Too large.",
    });
    expect(describeSummary(summary)).toBe("2 photos added, 4 known already, 3 refused.");
    expect(summary.refused.map(({ file }) => file)).toEqual(["b.txt", "b.txt", "c.heic"]);
  });

  it("says so when nothing came of it", () => expect(describeSummary(EMPTY_SUMMARY)).toBe("Nothing was added."));
});

describe("describeRun", () => {
  const run = { outcome: "published", headVersion: 4, absorbed: 12, remaining: 0, message: null, says: [] };

  it.each([
    ["published", run, "Version 4 is live. It learned from 12 new labels."],
    ["published without new labels", { ...run, absorbed: 0 }, "Version 4 is live."],
    [
      "stopped half-way",
      { ...run, remaining: 3 },
      "Version 4 is live. It learned from 12 new labels. 3 labels still wait for the next run.",
    ],
    [
      "absorbed",
      { ...run, outcome: "absorbed", message: "Two items are needed." },
      "12 labels taken in. Two items are needed.",
    ],
    [
      "held its version back",
      { ...run, outcome: "held", remaining: 1 },
      "Version 4 was made but is not live. Look at it under Versions and make it live if you like. 1 label still waits for the next run.",
    ],
    [
      "found another one at work",
      { ...run, outcome: "busy", message: "Another run is at work." },
      "Another run is at work.",
    ],
    ["idle", { ...run, outcome: "idle" }, "Nothing new to learn: the live version knows every label."],
  ])("finds words for a run that %s", (_, value, text) => {
    expect(describeRun(value)).toEqual({ isProblem: false, text });
  });

  it("shows a failed run as a problem with its reason", () => {
    const failed = { ...run, outcome: "failed", message: "The labels contradict." };
    expect(describeRun(failed)).toEqual({ isProblem: true, text: "The labels contradict." });
  });
});

describe("training run after run", () => {
  const run = { outcome: "published", headVersion: 4, absorbed: 10_000, remaining: 0, message: null, says: [] };

  it.each([
    ["all is learned", run, false],
    ["labels are left", { ...run, remaining: 5 }, true],
    ["labels are left and the version was held back", { ...run, outcome: "held", remaining: 5 }, true],
    ["labels are left, but none was taken in", { ...run, remaining: 5, absorbed: 0 }, false],
    ["a rebuild is unfinished", { ...run, outcome: "rebuilding", absorbed: 0 }, true],
    ["another run is at work", { ...run, outcome: "busy", remaining: 5 }, false],
    ["it failed", { ...run, outcome: "failed", remaining: 5 }, false],
  ])("when %s: %#", (_, value, expected) => expect(shouldGoOn(value)).toBe(expected));

  it("says meanwhile how far it is", () => {
    expect(describeProgress({ ...run, remaining: 12_000 })).toBe("Going on: 12,000 labels still wait.");
    const message = "40000 examples read so far.";
    expect(describeProgress({ ...run, outcome: "rebuilding", message })).toBe(message);
  });

  it("goes by a word or two in the table, by its own name when it is new", () => {
    expect(["published", "held", "new"].map(nameOutcome)).toEqual(["went live", "held back", "new"]);
  });
});

describe("describeReadiness", () => {
  const item = { id: "a", name: "A", description: null, aliases: [] };

  it("has nothing to say once a head is live", () => {
    expect(describeReadiness({ items: [item], headVersion: 1 }, texts)).toEqual({ headline: "", detail: "" });
  });

  it("tells an empty menu from one that is not learned yet", () => {
    expect(describeReadiness({ items: [], headVersion: null }, texts).headline).toBe("The menu is still empty");
    expect(describeReadiness({ items: [item], headVersion: null }, texts).headline).toBe("I’m still learning");
  });
});
