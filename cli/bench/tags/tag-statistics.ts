/**
 * What tags need beside what items have: one Gram matrix over all rows, whatever is said of them, and of each tag two sums, of the rows that
 * have it and of those that do not. A silent row is in neither. A prototype: no Worker keeps this.
 */
import type { Embedding } from "../../../src/head/embedding.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { addExamples, type ClassSum, createStatistics, type Statistics } from "../../../src/head/statistics.ts";

/** A sample, and whether it has each tag; a missing tag means that nobody has said. */
export interface TaggedRow {
  readonly embedding: Embedding;
  readonly said: ReadonlyMap<string, boolean>;
}

export interface TagSums {
  readonly yes: ClassSum;
  readonly no: ClassSum;
}

export interface TagStatistics {
  /** Of all rows, as one class. */
  readonly all: Statistics;
  readonly tags: ReadonlyMap<string, TagSums>;
}

const ALL = "all";

/** `G = sum_i x_i x_i^T`, `S = sum_i x_i`, and `S_t+`, `n_t+`, `S_t-`, `n_t-` of each tag. Cost `n D^2`. */
export function sumTagged(rows: readonly TaggedRow[], tags: readonly string[], kernels: Kernels): TagStatistics {
  const dimension = rows[0]?.embedding.values.length ?? 0;
  const all = createStatistics(dimension);
  addExamples(
    all,
    rows.map(({ embedding }) => ({ classId: ALL, embedding })),
    kernels,
  );
  const empty = (): ClassSum => ({ count: 0, sum: new Float64Array(dimension) });
  const sums = new Map<string, TagSums>(tags.map((tag) => [tag, { yes: empty(), no: empty() }]));
  for (const { embedding, said } of rows) {
    for (const [tag, has] of said) {
      const own = sums.get(tag);
      if (own !== undefined) addTo(has ? own.yes : own.no, embedding);
    }
  }
  return { all, tags: sums };
}

/** All rows as one class: what the scatter around the common mean is made of. */
export function wholeOf({ all }: TagStatistics): ClassSum {
  return all.classes.get(ALL) ?? { count: 0, sum: new Float64Array(all.dimension) };
}

function addTo(target: ClassSum, { values, scale }: Embedding): void {
  target.count += 1;
  for (let d = 0; d < values.length; d++) target.sum[d] += values[d] * scale;
}
