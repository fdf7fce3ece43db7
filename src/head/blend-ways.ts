/**
 * Several ways to answer in a place, asked together: the mean of their log-probabilities, which is linear in the embedding again and so one
 * head. Few labels choose among ways by chance; the mean of them needs none, and was no worse than the best of them (decision 75). Pure.
 *
 *   z_k(x) = mean_j [ w_jk . (x + s_j) + b_jk ]
 */
import { compareLosses } from "./compare-losses.ts";
import { dequantiseInto } from "./embedding.ts";
import { foldScores, quantiseRows } from "./fold.ts";
import { lossesOf } from "./new-place.ts";
import { type LeftOutAnswers, logOf, type PlaceHead } from "./place-ways.ts";
import type { Head } from "./predict.ts";
import { softmaxInPlace } from "./softmax.ts";

/** A single way has to lose less than all of them together by so many standard errors of the difference, label by label. */
const SURE_ERRORS = 2;

/** The mean of the heads, for embeddings that `base` moves; one at least, all of the same classes and dimension. It knows no strangers. */
export function blendHeads(parts: readonly PlaceHead[], base: Pick<PlaceHead, "shift">): Head {
  const [{ head: first }] = parts;
  const { classIds, dimension } = first;
  const weights = new Float64Array(classIds.length * dimension);
  const offsets = new Float64Array(classIds.length);
  for (const { head, shift } of parts) {
    const row = new Float64Array(dimension);
    classIds.forEach((_, k) => {
      const values = head.weights.subarray(k * dimension, (k + 1) * dimension);
      dequantiseInto({ values, scale: head.scales[k] }, row);
      offsets[k] += head.biases[k] / parts.length;
      row.forEach((weight, d) => {
        weights[k * dimension + d] += weight / parts.length;
        offsets[k] += (weight * ((shift?.[d] ?? 0) - (base.shift?.[d] ?? 0))) / parts.length;
      });
    });
  }
  const entropyThreshold = parts.reduce((sum, { head }) => sum + head.entropyThreshold / parts.length, 0);
  const rows = quantiseRows(weights, classIds.length);
  return foldScores(
    { classIds, weights: rows, temperature: 1, offsets, mean: new Float64Array(dimension) },
    entropyThreshold,
  );
}

/** As `blendHeads` would answer the labels that were left out; one answer at least, all of the same classes. */
export function blendAnswers(parts: readonly LeftOutAnswers[]): LeftOutAnswers {
  const [{ classIds, rows }] = parts;
  return {
    classIds,
    rows: rows.map(({ classId }, i) => {
      const means = classIds.map((_, k) => parts.reduce((sum, part) => sum + part.rows[i].logs[k] / parts.length, 0));
      return { classId, logs: Array.from(softmaxInPlace(Float64Array.from(means)), logOf) };
    }),
  };
}

/** The one that is surely better than all of them together, the best of several; undefined where none is. */
export function findSurelyBetter<T extends { readonly answers: LeftOutAnswers }>(
  together: LeftOutAnswers,
  single: readonly T[],
): T | undefined {
  const losses = lossesOf(together);
  const gains = single.map((way) => ({ way, ...compareLosses(losses, lossesOf(way.answers)) }));
  const sure = gains.filter(({ mean, standardError }) => mean > SURE_ERRORS * standardError);
  return sure.toSorted((a, b) => b.mean - a.mean)[0]?.way;
}
