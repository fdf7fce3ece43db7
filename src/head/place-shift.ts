/**
 * The shift from a place to where the menu was taught: it moves the mean of what is seen there onto the mean of what was taught. Pure.
 *
 *   shift = m_taught - m_place;   as w_k . (x + shift) + b_k = w_k . x + (b_k + w_k . shift), a shift is K biases and nothing else
 */

import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import { meanEmbedding, quantiseVector } from "./descriptions.ts";
import type { Embedding } from "./embedding.ts";
import { judgeRow } from "./evaluate.ts";
import { MIN_PLACE_PHOTOS } from "./policy.ts";
import type { Head } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/** What a place comes to; both are null below `MIN_PLACE_PHOTOS`. */
export interface PlaceShift {
  /** Of any length. */
  readonly shift: Embedding | null;
  /** `|m_place - m_taught|` in units of the root of the mean of `|x - m_taught|^2` over what was taught. */
  readonly distance: number | null;
}

/** @param taught the mean of what was taught, D numbers */
export function measureShift(seen: readonly Embedding[], taught: Float64Array): PlaceShift {
  if (seen.length < MIN_PLACE_PHOTOS) return { shift: null, distance: null };
  const difference = meanEmbedding(seen).map((value, d) => taught[d] - value);
  // For unit vectors with mean m, the mean of |x - m|^2 is 1 - |m|^2.
  const spread = Math.max(Number.EPSILON, 1 - sumOfSquares(taught));
  return { shift: quantiseVector(difference), distance: Math.sqrt(sumOfSquares(difference) / spread) };
}

/** The embedding as the head would have seen it where people taught it, of any length; unchanged without a shift. */
export function applyShift(embedding: Embedding, shift: Embedding | null): Embedding {
  if (shift === null) return embedding;
  const { values, scale } = embedding;
  return quantiseVector(Float64Array.from(values, (value, d) => value * scale + shift.values[d] * shift.scale));
}

function sumOfSquares(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/* What people's labels at a place say of moving its answers: judged by a head that has seen none of them. Pure. */

/** Labels of a place, and how many of them a head answers right. */
export interface PlaceLabels {
  readonly judged: number;
  readonly rightAsTaught: number;
  /** With the shift; null where there is none to judge. */
  readonly rightMoved: number | null;
}

/** `head` must not have seen these rows; skips those of classes that it does not know. */
export function judgeShift(head: Head, rows: readonly LabelledEmbedding[], shift: Embedding | null): PlaceLabels {
  const known = rows.filter(({ classId }) => head.classIds.includes(classId));
  const countRight = (by: Embedding | null) =>
    known.filter(({ classId, embedding }) => judgeRow(head, { classId, embedding: applyShift(embedding, by) }).isRight)
      .length;
  const rightMoved = shift === null ? null : countRight(shift);
  return { judged: known.length, rightAsTaught: countRight(null), rightMoved };
}

/** Whether enough labels get worse answers moved than as taught: then answers stay as taught. Fewer labels speak by chance. */
export function isRefused({ judged, rightAsTaught, rightMoved }: PlaceLabels): boolean {
  return judged >= MIN_JUDGING_LABELS && rightMoved !== null && rightMoved < rightAsTaught;
}
