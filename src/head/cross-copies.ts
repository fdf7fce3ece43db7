/**
 * Copies of one picture under two items. Leaving one of them out leaves the other in, and nothing in the pictures tells their
 * labels apart; yet leave-one-out judges its own class, one example smaller, more leniently, and that one wins. So both labels get the same
 * probability: a tie, which favours neither (`evaluate.ts`). Pure.
 */
import type { JudgedRows } from "./evaluate.ts";
import { cosineOf } from "./near-duplicates.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/**
 * From this cosine on a photo of another item is a copy, if no other photo of its own item is nearer: no two different photos of
 * 718 in 18 items of which some look alike, but all that were saved again or cropped to 95 % (docs/benchmarks.md).
 */
export const COPY_COSINE = 0.98;

/**
 * For each row its best answer other than the label, if an example of that class is a copy of it; -1 otherwise. At most one
 * cosine per row and example of that class, and of its own class if there is a copy.
 */
export function findCrossCopies(rows: JudgedRows, sample: readonly LabelledEmbedding[]): Int32Array {
  const byClass = Map.groupBy(sample, ({ classId }) => classId);
  return rows.labels.map((label, i) => {
    const row = sample[rows.sampleIndex[i]];
    const rival = bestRival(rows, i, label);
    const nearest = largestCosine(row, byClass.get(rows.classIds[rival]));
    return nearest >= COPY_COSINE && nearest >= largestCosine(row, byClass.get(row.classId)) ? rival : -1;
  });
}

/** To all of these but itself; -1 where there is none. */
function largestCosine(row: LabelledEmbedding, others: readonly LabelledEmbedding[] = []): number {
  return others.reduce(
    (most, other) => (other === row ? most : Math.max(most, cosineOf(other.embedding, row.embedding))),
    -1,
  );
}

/** `p_c = p_k = (p_c + p_k) / 2` where row i of class c has a copy in class k and `p_c > p_k`. Changes the probabilities. */
export function tieCopiesInPlace({ labels, classIds, probabilities }: JudgedRows, copies: Int32Array): void {
  copies.forEach((rival, i) => {
    const [own, other] = [i * classIds.length + labels[i], i * classIds.length + rival];
    if (rival < 0 || probabilities[own] <= probabilities[other]) return;
    const mean = (probabilities[own] + probabilities[other]) / 2;
    probabilities[own] = mean;
    probabilities[other] = mean;
  });
}

function bestRival({ classIds, probabilities }: JudgedRows, row: number, label: number): number {
  let best = -1;
  for (let k = 0; k < classIds.length; k++) {
    if (k === label) continue;
    if (best < 0 || probabilities[row * classIds.length + k] > probabilities[row * classIds.length + best]) best = k;
  }
  return best;
}
