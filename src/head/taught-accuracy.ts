/** How many of its own lessons a head knows: beside leave-one-out, the accuracy on the same examples shows what it has learnt by heart. Pure. */
import type { JudgedRows } from "./evaluate.ts";
import { bestClass, type Head } from "./predict.ts";
import type { LabelledEmbedding } from "./statistics.ts";

/**
 * Share of the rows that leave-one-out judged to which this head, which has seen them, answers with their label; 0 to 1. `sample` is
 * what the fit was given. Costs `2 n K D` operations on int8 for n rows: the products that one shrinkage needs, of the several tried.
 */
export function taughtAccuracy(
  head: Head,
  { labels, classIds, sampleIndex }: JudgedRows,
  sample: readonly LabelledEmbedding[],
): number {
  let right = 0;
  sampleIndex.forEach((at, i) => {
    if (bestClass(head, sample[at].embedding) === classIds[labels[i]]) right += 1;
  });
  return right / labels.length;
}
