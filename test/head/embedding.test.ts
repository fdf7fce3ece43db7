import { describe, expect, it } from "vitest";
import { dequantiseInto, quantiseEmbedding, squaredNorm } from "../../src/head/embedding.ts";
import { embed, normalNumbers } from "./synthetic.ts";

describe("quantiseEmbedding", () => {
  it.each([
    ["wrong_length", new Float32Array(3)],
    ["not_finite", Float32Array.of(1, Number.NaN, 0, 0)],
    ["not_finite", Float32Array.of(1, Number.POSITIVE_INFINITY, 0, 0)],
    ["not_finite", Float32Array.of(1, 0, 0, Number.NEGATIVE_INFINITY)],
    ["wrong_length", new Float32Array(0)],
    ["zero_vector", new Float32Array(4)],
  ])("refuses by name: %s", (code, raw) => {
    const result = quantiseEmbedding(raw, 4);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  it("keeps unit length and direction", () => {
    const normal = normalNumbers(1);
    const raw = Float32Array.from({ length: 512 }, normal);
    const embedding = embed(raw);
    expect(squaredNorm(embedding)).toBeCloseTo(1, 6);
    const x = new Float64Array(512);
    dequantiseInto(embedding, x);
    const length = Math.hypot(...raw);
    const cosine = x.reduce((sum, value, d) => sum + (value * raw[d]) / length, 0);
    expect(cosine).toBeGreaterThan(0.9999);
  });

  it.each([1e-44, 1e-20, 1e20, 3e38])("does not depend on the magnitude %f of the raw vector", (magnitude) => {
    expect(embed([magnitude, 0, -magnitude, 0])).toEqual(embed([1, 0, -1, 0]));
  });

  it("stores a scale that float32 can hold", () => {
    const { scale } = embed([0.3, 0.1, -0.7]);
    expect(Math.fround(scale)).toBe(scale);
  });
});

describe("dequantiseInto", () => {
  it("writes at the offset and nowhere else", () => {
    const out = new Float32Array(5).fill(9);
    dequantiseInto({ values: Int8Array.of(2, -4), scale: 0.5 }, out, 2);
    expect([...out]).toEqual([9, 9, 1, -2, 9]);
  });
});
