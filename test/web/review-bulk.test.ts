import { describe, expect, it } from "vitest";
import type { ReviewGroup } from "../../src/web/client/admin-answers.ts";
import { describeSelection, MAX_DECISIONS, planBulk, splitDecisions } from "../../src/web/client/review-bulk.ts";

function group(photo: string, labels: readonly string[]): ReviewGroup {
  return {
    photo,
    thumbnail: null,
    text: null,
    guess: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    origin: "server",
    sources: labels.length,
    proposals: labels.map((label) => ({ label, name: label, sources: 1 })),
    conflicts: labels.length > 1 ? labels : [],
    doubted: false,
    why: { disagreement: 0, entropy: 0, suspicion: 0 },
    answers: [],
    members: labels.map((label) => ({ photo, label })),
  };
}

const agreed = group("a", ["hawaiian"]);
const disputed = group("b", ["hawaiian", "pepperoni"]);

describe("many corrections decided at once", () => {
  it("takes the guests' word where nobody says differently, and leaves the rest", () => {
    const plan = planBulk([agreed, disputed], { kind: "accept" });
    expect(plan.decided).toEqual([agreed]);
    expect(plan.decisions).toEqual([{ photo: "a", label: "hawaiian", decision: "accept" }]);
    expect(plan.words).toBe("Accepted: 1 picture. 1 picture with a disagreement stays.");
  });

  it("rejects all that was said of each", () => {
    const plan = planBulk([agreed, disputed], { kind: "reject" });
    expect(plan.decided).toEqual([agreed, disputed]);
    expect(plan.decisions).toHaveLength(3);
    expect(plan.decisions.every(({ decision }) => decision === "reject")).toBe(true);
    expect(plan.words).toBe("Rejected: 2 pictures.");
  });

  it("makes all of them examples of one item, disputed or not", () => {
    const plan = planBulk([agreed, disputed], { kind: "relabel", to: "pepperoni", name: "Pepperoni" });
    expect(plan.decisions).toEqual([
      { photo: "a", label: "hawaiian", decision: "relabel", to: "pepperoni" },
      { photo: "b", label: "pepperoni", decision: "accept" },
    ]);
    expect(plan.words).toBe("Accepted as Pepperoni: 2 pictures.");
  });

  it("cuts what one request may not carry into several, in order and without loss", () => {
    const groups = Array.from({ length: 250 }, (_, i) => group(`p${i}`, ["hawaiian"]));
    const { decisions } = planBulk(groups, { kind: "reject" });
    const requests = splitDecisions(decisions);
    expect(requests.map(({ length }) => length)).toEqual([MAX_DECISIONS, MAX_DECISIONS, 50]);
    expect(requests.flat()).toEqual(decisions);
    expect(splitDecisions([])).toEqual([]);
  });

  it("says how many are selected, and how many of them accepting leaves out", () => {
    expect(describeSelection([agreed])).toBe("1 selected");
    expect(describeSelection([agreed, disputed])).toBe("2 selected, 1 with a disagreement");
  });
});
