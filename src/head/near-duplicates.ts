/**
 * Photos that show the same picture: one shrunk, saved again, cropped a little. Their bytes differ, their embeddings
 * hardly do. Pure; the threshold was measured and a test holds it (`test/real/near-duplicates.test.ts`).
 */
import { type Embedding, integerProduct } from "./embedding.ts";

/** Two photos whose embeddings have at least this cosine count as one picture; figures in docs/benchmarks.md. */
export const NEAR_DUPLICATE_COSINE = 0.94;

/** `a . b`, the cosine of two unit vectors of D components. */
export function cosineOf(a: Embedding, b: Embedding): number {
  if (a.values.length !== b.values.length) {
    throw new RangeError(`An embedding of ${a.values.length} numbers met one of ${b.values.length}.`);
  }
  return integerProduct(a.values, 0, b.values) * a.scale * b.scale;
}

/**
 * Groups items around leaders: each item joins the first group whose leader it nearly equals, or leads a new one. An
 * item is only ever compared with leaders, so no chain of small steps can tie two different pictures together.
 * Takes at most items x groups cosines; groups and their members keep the order of `items`.
 */
export function groupNearDuplicates<T extends { readonly embedding: Embedding }>(
  items: readonly T[],
  threshold = NEAR_DUPLICATE_COSINE,
): T[][] {
  const groups: { leader: T; members: T[] }[] = [];
  for (const item of items) {
    const group = groups.find(({ leader }) => cosineOf(leader.embedding, item.embedding) >= threshold);
    if (group === undefined) groups.push({ leader: item, members: [item] });
    else group.members.push(item);
  }
  return groups.map(({ members }) => members);
}
