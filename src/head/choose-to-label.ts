/**
 * Which unlabelled examples a person should look at first: those the head is least sure of, chosen to differ from each
 * other, so that ten labels do not say the same thing ten times. Pure.
 */
import type { Embedding } from "./embedding.ts";
import { cosineOf } from "./near-duplicates.ts";
import { UNSURE_PER_LABEL } from "./policy.ts";
import { type ClassScore, type Head, predict } from "./predict.ts";

/** `log p_1 - log p_2` never says more: `e^-745` is where a double ends. */
const MAX_MARGIN = 745;

/** An example and how unsure the head is of it. */
export interface UnsureExample {
  readonly embedding: Embedding;
  /** `log p_1 - log p_2` of the two best classes. */
  readonly margin: number;
}

/** Indices into `unlabelled`, the most useful first, at most `count`: `chooseUnsure` by the margins of `head`. */
export function chooseToLabel(head: Head, unlabelled: readonly Embedding[], count: number): number[] {
  return chooseUnsure(
    unlabelled.map((embedding) => ({ embedding, margin: marginOf(predict(head, embedding).scores) })),
    count,
  );
}

/**
 * Indices into `examples`, the most useful first, at most `count`. Of the `UNSURE_PER_LABEL * count` with the smallest margins takes the
 * least sure one, then again and again the one farthest from all those taken (greedy k-centre on the cosine).
 */
export function chooseUnsure(examples: readonly UnsureExample[], count: number): number[] {
  const unsure: Candidate[] = examples
    .map(({ embedding, margin }, index) => ({ embedding, margin, index, nearest: Number.NEGATIVE_INFINITY }))
    .sort((a, b) => a.margin - b.margin || a.index - b.index)
    .slice(0, UNSURE_PER_LABEL * count);
  const taken: number[] = [];
  while (taken.length < count && unsure.length > 0) {
    const [chosen] = unsure.splice(farthestOf(unsure), 1);
    taken.push(chosen.index);
    for (const row of unsure) row.nearest = Math.max(row.nearest, cosineOf(row.embedding, chosen.embedding));
  }
  return taken;
}

/** `log p_1 - log p_2` of scores that are sorted, best first, and at most 745; 0 where there are fewer than two classes to lie between. */
export function marginOf([best, next]: readonly ClassScore[]): number {
  if (next === undefined) return 0;
  // Beyond every doubt: the second is lost to rounding, or both are because it is none of them.
  if (next.score === 0) return MAX_MARGIN;
  return Math.min(Math.log(best.score) - Math.log(next.score), MAX_MARGIN);
}

interface Candidate extends UnsureExample {
  readonly index: number;
  /** The largest cosine to anything that is taken. */
  nearest: number;
}

/** The first of equal ones, which is the least sure one. */
function farthestOf(rows: readonly Candidate[]): number {
  return rows.reduce((best, row, i) => (row.nearest < rows[best].nearest ? i : best), 0);
}
