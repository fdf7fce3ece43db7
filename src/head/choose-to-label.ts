/**
 * Which examples that nobody has labelled a person should look at first: those the head is least sure of, and of these such as are unlike
 * each other, so that ten labels do not say the same thing ten times. Pure.
 */
import type { Embedding } from "./embedding.ts";
import { cosineOf } from "./near-duplicates.ts";
import { UNSURE_PER_LABEL } from "./policy.ts";
import { type Head, predict } from "./predict.ts";

/**
 * Indices into `unlabelled`, the most useful first, at most `count`. Of the `UNSURE_PER_LABEL * count` with the smallest margins
 * `log p_1 - log p_2` takes the least sure one, then again and again the one that is farthest from all that are taken (greedy k-centre on
 * the cosine).
 */
export function chooseToLabel(head: Head, unlabelled: readonly Embedding[], count: number): number[] {
  const unsure: Unsure[] = unlabelled
    .map((embedding, index) => ({ embedding, index, margin: marginOf(head, embedding) }))
    .sort((a, b) => a.margin - b.margin || a.index - b.index)
    .slice(0, UNSURE_PER_LABEL * count)
    .map((row) => ({ ...row, nearest: Number.NEGATIVE_INFINITY }));
  const taken: number[] = [];
  while (taken.length < count && unsure.length > 0) {
    const [chosen] = unsure.splice(farthestOf(unsure), 1);
    taken.push(chosen.index);
    for (const row of unsure) row.nearest = Math.max(row.nearest, cosineOf(row.embedding, chosen.embedding));
  }
  return taken;
}

interface Unsure {
  readonly embedding: Embedding;
  readonly index: number;
  /** The largest cosine to anything that is taken. */
  nearest: number;
}

function marginOf(head: Head, embedding: Embedding): number {
  const [best, next] = predict(head, embedding).scores;
  return Math.log(best.score) - Math.log(next.score);
}

/** The first of equal ones, which is the least sure one. */
function farthestOf(rows: readonly Unsure[]): number {
  return rows.reduce((best, row, i) => (row.nearest < rows[best].nearest ? i : best), 0);
}
