import { describe, expect, it } from "vitest";
import { type Embedding, quantiseEmbedding } from "../../src/head/embedding.ts";
import { cosineOf, groupNearDuplicates } from "../../src/head/near-duplicates.ts";

/** A unit vector in the plane, `degrees` from the first axis. */
function at(degrees: number): { embedding: Embedding; degrees: number } {
  const radians = (degrees * Math.PI) / 180;
  const made = quantiseEmbedding(new Float32Array([Math.cos(radians), Math.sin(radians)]), 2);
  if (!made.ok) throw new Error(made.error.message);
  return { embedding: made.value, degrees };
}

describe("the cosine of two embeddings", () => {
  it.each([0, 10, 45, 90, 180])("that stand %s degrees apart is that of the angle", (degrees) => {
    expect(cosineOf(at(0).embedding, at(degrees).embedding)).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 2);
  });

  it("is 1 of an embedding with itself, whatever its direction", () => {
    for (const degrees of [0, 33, 77]) expect(cosineOf(at(degrees).embedding, at(degrees).embedding)).toBeCloseTo(1, 6);
  });

  it("of two lengths is refused: the caller mixed two backbones", () => {
    const three = quantiseEmbedding(new Float32Array([1, 0, 0]), 3);
    expect(() => cosineOf(at(0).embedding, three.ok ? three.value : at(0).embedding)).toThrow(RangeError);
  });
});

describe("groups of near-duplicates", () => {
  const group = (...degrees: number[]) =>
    groupNearDuplicates(degrees.map(at), 0.95).map((members) => members.map((member) => member.degrees));

  it("hold what nearly equals the first of them, in the order given", () => {
    expect(group(0, 90, 10, 95, 45)).toEqual([[0, 10], [90, 95], [45]]);
  });

  it("are not chained: small steps never lead to another picture", () => {
    expect(group(0, 15, 30, 45, 60)).toEqual([[0, 15], [30, 45], [60]]);
  });

  it("are none for nothing", () => {
    expect(groupNearDuplicates([])).toEqual([]);
  });
});
