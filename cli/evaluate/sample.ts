/** The rows that a fit leaves out one by one, where all rows are at hand: as many of each class as its share allows. */
import { sampleCapPerClass } from "../../src/head/policy.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";

/** The first rows of each class, class by class, at most `sampleCapPerClass` of each. */
export function takeStratified(
  rows: readonly LabelledEmbedding[],
  classIds: readonly string[],
): readonly LabelledEmbedding[] {
  const cap = sampleCapPerClass(classIds.length);
  const byClass = new Map<string, LabelledEmbedding[]>(classIds.map((classId) => [classId, []]));
  for (const row of rows) {
    const own = byClass.get(row.classId);
    if (own !== undefined && own.length < cap) own.push(row);
  }
  return [...byClass.values()].flat();
}
