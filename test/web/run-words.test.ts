import { describe, expect, it } from "vitest";
import type { PastRun } from "../../src/web/client/history-answers.ts";
import { IDLE_PAUSE_MS, nextPause } from "../../src/web/client/keep-looking.ts";
import { describeRecord, describeStart, tellNews } from "../../src/web/client/run-words.ts";

function run(changes: Partial<PastRun> = {}): PastRun {
  const counts = { absorbed: 12, remaining: 0, headVersion: 3, durationMs: 1_234 };
  const fields = {
    id: 7,
    startedAt: "2026-03-01T12:00:00.000Z",
    trigger: "cron",
    outcome: "published",
    message: null,
    says: [],
  };
  return { ...fields, ...counts, ...changes };
}

describe("a recorded training run in words", () => {
  it.each([
    [run(), "It made version 3, which went live, and learned from 12 new labels."],
    [run({ absorbed: 0 }), "It made version 3, which went live."],
    [
      run({ outcome: "held", absorbed: 1, remaining: 1 }),
      "It made version 3 and learned from 1 new label. That was held back: Worse. It left 1 label for the next one.",
    ],
    [
      run({ outcome: "absorbed", message: "Took in 12 labels; a version needs two active items with examples." }),
      "Took in 12 labels; a version needs two active items with examples.",
    ],
    [run({ outcome: "failed", message: "No version could be computed." }), "It failed: No version could be computed."],
  ])("%#", (record, words) => {
    expect(describeRecord(record, "Worse.")).toBe(words);
  });

  it("says who started it and how long it took", () => {
    expect(describeStart(run())).toBe("on schedule, in 1.2 s");
    expect(describeStart(run({ trigger: "admin", durationMs: 40 }))).toBe("by staff, in under 0.1 s");
  });
});

describe("the news of training runs", () => {
  const IDLE = { atWork: null, last: null };
  const AT_WORK = { atWork: "run", last: null };
  const DONE = { atWork: null, last: run() };

  it("tells the start once and the end once", () => {
    expect(tellNews(null, IDLE)).toBeNull();
    expect(tellNews(IDLE, AT_WORK)).toMatch(/^A training run is at work/);
    expect(tellNews(AT_WORK, AT_WORK)).toBeNull();
    expect(tellNews(AT_WORK, DONE)).toBe(`A training run has ended. ${describeRecord(run())}`);
    expect(tellNews(DONE, DONE)).toBeNull();
  });

  it("tells of a run that nobody saw at work, and of one that left no record", () => {
    expect(tellNews(IDLE, DONE)).toMatch(/^A training run has ended/);
    expect(tellNews(DONE, { ...DONE, last: run({ id: 8, outcome: "failed", message: "Why." }) })).toContain("Why.");
    expect(tellNews(AT_WORK, IDLE)).toBe("The training run is over and has changed nothing.");
  });

  it("tells of a run that is at work when the page opens, and not of an old one", () => {
    expect(tellNews(null, AT_WORK)).toMatch(/^A training run is at work/);
    expect(tellNews(null, DONE)).toBeNull();
  });

  it("tells a restore from a run", () => {
    expect(tellNews(IDLE, { atWork: "restore", last: null })).toMatch(/^A restore is at work/);
    expect(tellNews({ atWork: "restore", last: null }, IDLE)).toMatch(/^The restore is over/);
  });
});

describe("the pause between two looks", () => {
  it("is short once something is at work, grows from look to look, and is long again after it", () => {
    const pauses = [nextPause(IDLE_PAUSE_MS, true)];
    for (let look = 0; look < 8; look++) pauses.push(nextPause(pauses.at(-1) ?? 0, true));
    expect(pauses).toEqual([1_000, 1_500, 2_250, 3_375, 5_062.5, 7_593.75, 10_000, 10_000, 10_000]);
    expect(nextPause(10_000, false)).toBe(IDLE_PAUSE_MS);
  });
});
