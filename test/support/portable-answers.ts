/** What the examples of `examples/portable` print, compared with what a deployment answered. */
import { expect } from "vitest";

/** Below it float64 and float32 round to 0 at different places: all of the probability goes to none of the items. */
const NEGLIGIBLE = 1e-9;

/** The part of an answer that both give. */
export interface PortableAnswer {
  readonly predictions: readonly { readonly label: string; readonly score: number }[];
  readonly none: number;
  readonly unknown: boolean;
}

/** Expects the same item, the same unknown and scores within the tolerance of each; prints how far they were apart. */
export function expectSameAnswers(
  runtime: string,
  output: string,
  expected: readonly PortableAnswer[],
  tolerance = 1e-3,
): void {
  const answers: PortableAnswer[] = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers).toHaveLength(expected.length);
  const largest = Math.max(...answers.map((answer, i) => differenceOf(answer, expected[i])));
  console.log(`${runtime}: of ${answers.length} answers no score differs by more than ${largest.toExponential(1)}`);
  expect(answers.map(({ unknown }) => unknown)).toEqual(expected.map(({ unknown }) => unknown));
  expect(answers.map(firstItem)).toEqual(expected.map(firstItem));
  expect(largest).toBeLessThan(tolerance);
}

function firstItem({ predictions: [best] }: PortableAnswer): string | null {
  return best.score < NEGLIGIBLE ? null : best.label;
}

/** The largest difference of a score, or of the share for none of the items. */
function differenceOf(answer: PortableAnswer, expected: PortableAnswer): number {
  const scores = new Map(answer.predictions.map(({ label, score }) => [label, score]));
  const all = expected.predictions.map(({ label, score }) => Math.abs(score - (scores.get(label) ?? Number.NaN)));
  return Math.max(Math.abs(answer.none - expected.none), ...all);
}
