/** The answer to one labelled row: right or not, and how far its own class is from certain. Pure. */
import { type Head, predict } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/** What a probability counts as at least, so that one impossible answer does not make a mean infinite. */
const SMALLEST_PROBABILITY = 1e-15;

/** `-log p` of the row's own class. */
export function lossOf(probability: number): number {
  return -Math.log(Math.max(SMALLEST_PROBABILITY, probability));
}

/** Whether the row's own class, at `label`, is ahead of every other: a tie is not a right answer. */
export function isAhead(probabilities: Float32Array | Float64Array, label: number): boolean {
  return probabilities.every((other, k) => k === label || other < probabilities[label]);
}

/** `loss` is that of the row's own class, by all scores of the head. */
export function judgeRow(head: Head, { classId, embedding }: LabelledEmbedding): { isRight: boolean; loss: number } {
  const { scores } = predict(head, embedding);
  const own = scores.find((score) => score.classId === classId)?.score ?? 0;
  return { isRight: scores[0].classId === classId, loss: lossOf(own) };
}
