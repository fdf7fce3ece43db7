import { describe, expect, it } from "vitest";
import type { StoredScorecard } from "../../src/store/schema.ts";
import { judgeCandidate, MIN_GATE_PHOTOS, makeScorecard } from "../../src/training/gate.ts";

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
    expect(verdict).toMatchObject({ passed: true, reason: expect.stringContaining("Not worse than head 4") });
    expect(verdict.reason).toContain("accuracy 79.0 % against 80.0 %");
    expect(verdict.reason).toContain("on 100 photos that both were judged on");
  });

  it("holds back a head that is wrong more often than chance explains, and says by how much", () => {
    const verdict = judgeCandidate(4, card(100, 20), card(100, 60));
    expect(verdict).toMatchObject({ passed: false, reason: expect.stringContaining("Worse than head 4") });
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

  it("judges among the classes that both heads know, as if there were no other", () => {
    expect(makeScorecard(rows, ids, new Set(["a", "b"]))).toEqual([
      ["y".repeat(16), Number((-Math.log(0.6)).toFixed(4)), 1],
      ["x".repeat(16), Number((-Math.log(6 / 7)).toFixed(4)), 1],
    ]);
  });
});
