import { describe, expect, it } from "vitest";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { joinEmbeddings } from "../../src/head/join-embeddings.ts";

function embed(...values: number[]) {
  const embedding = quantiseEmbedding(Float32Array.from(values), values.length);
  if (!embedding.ok) throw new Error(embedding.error.message);
  return embedding.value;
}

describe("the mean of embeddings", () => {
  it("points between them, at unit length, and is the embedding itself of equal ones", () => {
    const mean = joinEmbeddings([embed(1, 0), embed(0, 1)]);
    expect([...mean.values]).toEqual([127, 127]);
    expect(mean.scale * Math.hypot(...mean.values)).toBeCloseTo(1, 6);
    const one = embed(3, -4, 1);
    expect(joinEmbeddings([one, one, one])).toEqual(one);
  });

  it("does not exist of what cancels out, nor of nothing", () => {
    expect(() => joinEmbeddings([embed(1, 0), embed(-1, 0)])).toThrow(RangeError);
    expect(() => joinEmbeddings([])).toThrow(RangeError);
  });
});
