import { describe, expect, it } from "vitest";
import type { StoredScorecard } from "../../src/store/heads/head-record.ts";
import { judgeCandidate, judgeNewItems, MIN_GATE_PHOTOS, makeScorecard } from "../../src/training/gate.ts";
import { uniformNumbers } from "../head/synthetic.ts";

/** A card of `n` photos, the first `wrong` of which were answered wrongly. */
function card(n: number, wrong: number, { from = 0, loss = 0.2 } = {}): StoredScorecard {
  return Array.from({ length: n }, (_, i) => {
    const isWrong = i < wrong;
    return [`photo-${from + i}`, isWrong ? 3 : loss, isWrong ? 0 : 1] as const;
  });
}

describe("the gate", () => {
  it("lets a head through that is as good on the photos both were judged on", () => {
    const verdict = judgeCandidate(4, card(100, 20), card(100, 21));
    expect(verdict).toMatchObject({ passed: true, reason: expect.stringContaining("Not worse than version 4") });
    expect(verdict.reason).toContain("accuracy 79.0 % against 80.0 %");
    expect(verdict.reason).toContain("on 100 examples that both were judged on");
  });

  it("holds back a head that is wrong more often than chance explains, and says by how much", () => {
    const verdict = judgeCandidate(4, card(100, 20), card(100, 60));
    expect(verdict).toMatchObject({ passed: false, reason: expect.stringContaining("Worse than version 4") });
    expect(verdict.reason).toContain("accuracy 40.0 % against 80.0 %");
  });

  it("holds back a head that is as often right but far less sure", () => {
    const verdict = judgeCandidate(4, card(200, 40, { loss: 0.1 }), card(200, 40, { loss: 0.9 }));
    expect(verdict.passed).toBe(false);
  });

  it("lets one photo turn hopeless, and not ten of a hundred", () => {
    expect(judgeCandidate(1, card(100, 0, { loss: 0.01 }), card(100, 1, { loss: 0.01 })).passed).toBe(true);
    expect(judgeCandidate(1, card(100, 0, { loss: 0.01 }), card(100, 10, { loss: 0.01 })).passed).toBe(false);
  });

  it("lets a small menu learn a correction that makes every answer a little less sure", () => {
    expect(judgeCandidate(1, card(12, 0, { loss: 0.037 }), card(12, 0, { loss: 0.144 })).passed).toBe(true);
    expect(judgeCandidate(1, card(90, 0, { loss: 0.009 }), card(90, 0, { loss: 0.02 })).passed).toBe(true);
    expect(judgeCandidate(1, card(90, 0, { loss: 0.009 }), card(90, 0, { loss: 0.3 })).passed).toBe(false);
  });

  it("does not punish a head for hard photos that only it was judged on", () => {
    const hard = card(100, 90, { from: 1000 });
    expect(judgeCandidate(1, card(100, 10), [...card(100, 10), ...hard]).passed).toBe(true);
  });

  it.each([
    ["no card of the live head", null, card(50, 50)],
    ["no card of the new head", card(50, 0), null],
    ["too few common photos", card(50, 0), card(50, 50, { from: 51 - MIN_GATE_PHOTOS })],
  ])("lets a head through with %s, and says why", (_name, live, candidate) => {
    expect(judgeCandidate(7, live, candidate)).toMatchObject({ passed: true, reason: expect.stringContaining("only") });
  });
});

describe("new items", () => {
  const eleven = { count: 11, mayTake: 0.2 };

  it("that take most of the old ones' answers wait for somebody's decision", () => {
    const verdict = judgeNewItems(3, card(100, 36), card(100, 84), eleven);
    expect(verdict).toMatchObject({ passed: false, reason: expect.stringContaining("Waits for your decision") });
    expect(verdict?.reason).toContain(
      "with 11 new items it answers 16.0 % of 100 examples of the others right, version 3 64.0 %; NEW_ITEMS_MAY_TAKE lets them take 20.0 %.",
    );
  });

  it.each([
    ["take less than they may", card(100, 36), card(100, 50), eleven],
    ["take what they may, as the owner has set it", card(100, 0), card(100, 90), { count: 1, mayTake: 1 }],
    ["take no more than chance explains", card(12, 1), card(12, 4), eleven],
    ["are none, whatever else has changed", card(100, 0), card(100, 90), { count: 0, mayTake: 0.2 }],
    ["meet too few photos that both heads judged", card(50, 0), card(50, 50, { from: 51 - MIN_GATE_PHOTOS }), eleven],
  ])("that %s go live", (_name, live, candidate, items) => {
    expect(judgeNewItems(3, live, candidate, items)).toBeNull();
  });
});

describe("a scorecard", () => {
  const rows = {
    classIds: ["a", "b", "new"],
    labels: Int32Array.of(0, 1, 2),
    sampleIndex: Int32Array.of(1, 0, 2),
    probabilities: Float64Array.of(0.3, 0.2, 0.5, 0.1, 0.6, 0.3, 0, 0, 1),
  };
  const ids = ["x".repeat(64), "y".repeat(64), "z".repeat(64)];

  it("holds each photo's loss and whether its label came first", () => {
    expect(makeScorecard(rows, ids)).toEqual([
      ["y".repeat(16), 1.204, 0],
      ["x".repeat(16), 0.5108, 1],
      ["z".repeat(16), 0, 1],
    ]);
  });

  it("leaves out what only the new head knows, and keeps which answer came first", () => {
    const card = makeScorecard(rows, ids, new Set(["a", "b"]));
    expect(card.map(([photo, , correct]) => [photo, correct])).toEqual([
      ["y".repeat(16), 1],
      ["x".repeat(16), 1],
    ]);
  });

  it("is empty where the heads share less than two classes", () => {
    expect(makeScorecard(rows, ids, new Set(["a"]))).toEqual([]);
    expect(makeScorecard(rows, ids, new Set())).toEqual([]);
  });

  it("judges old classes at a temperature of their own: a new one that made all answers unsure costs them nothing", () => {
    const uniform = uniformNumbers(5);
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2);
    /** Two classes told apart four times out of five, at any common temperature, with a third one that takes a share of all. */
    const judge = (temperature: number, share: number) => {
      const random = uniformNumbers(6);
      const probabilities = new Float64Array(180);
      for (const [i, label] of labels.entries()) {
        const margin = temperature * (random() < 0.8 ? 1 : -1) * (0.5 + random());
        const own = (1 - share) / (1 + Math.exp(-margin));
        probabilities[i * 3 + label] = own;
        probabilities[i * 3 + 1 - label] = 1 - share - own;
        probabilities[i * 3 + 2] = share;
      }
      return { classIds: ["a", "b", "new"], labels, sampleIndex: Int32Array.from(labels.keys()), probabilities };
    };
    const photos = Array.from(labels, () =>
      Math.floor(uniform() * 1e9)
        .toString(16)
        .padStart(16, "0"),
    );
    const among = new Set(["a", "b"]);
    const sure = makeScorecard(judge(1.3, 0.001), photos, among);
    const unsure = makeScorecard(judge(0.4, 0.3), photos, among);
    const meanLoss = (card: StoredScorecard) => card.reduce((sum, row) => sum + row[1], 0) / card.length;
    expect(meanLoss(unsure)).toBeCloseTo(meanLoss(sure), 2);
    expect(judgeCandidate(1, sure, unsure).passed).toBe(true);
  });
});
