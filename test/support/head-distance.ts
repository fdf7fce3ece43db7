/** How far two heads are apart as they are served. */
import { expect } from "vitest";
import type { Head } from "../../src/head/predict.ts";

/** Largest difference of any weight or bias as served, relative to the largest weight. */
export function headDistance(a: Head, b: Head): number {
  expect(a.classIds).toEqual(b.classIds);
  const weight = (head: Head, i: number) => head.weights[i] * head.scales[Math.floor(i / head.dimension)];
  const largest = a.weights.reduce((top, _, i) => Math.max(top, Math.abs(weight(a, i))), 0);
  const weights = Array.from(a.weights, (_, i) => Math.abs(weight(a, i) - weight(b, i)));
  const biases = Array.from(a.biases, (bias, k) => Math.abs(bias - b.biases[k]));
  return Math.max(...weights, ...biases) / largest;
}
