/** Which examples of an item to set aside for a test: a share of them, pictures of the same thing together. Pure. */
import type { Embedding } from "./embedding.ts";
import { groupNearDuplicates } from "./near-duplicates.ts";

/** An example that may be set aside. */
export interface TestCandidate {
  readonly sampleId: string;
  readonly embedding: Embedding;
}

/**
 * Up to `wanted` of the candidates, in their order. Near copies go together or stay together: one is no test for a head
 * that has learnt the other. A group that is larger than what is still wanted stays, so a small item may give fewer. Where
 * no group fits, as in an item whose pictures all look alike, its first candidates go without their copies.
 */
export function chooseTest(candidates: readonly TestCandidate[], wanted: number): string[] {
  const chosen: string[] = [];
  for (const group of groupNearDuplicates(candidates)) {
    if (chosen.length >= wanted) break;
    if (chosen.length + group.length <= wanted) chosen.push(...group.map(({ sampleId }) => sampleId));
  }
  if (chosen.length > 0) return chosen;
  return candidates.slice(0, Math.max(0, wanted)).map(({ sampleId }) => sampleId);
}

/** How many more of an item's examples to set aside, so that `share` of all of them are; rounded down. */
export function missingFromTest(learnt: number, aside: number, share: number): number {
  return Math.max(0, Math.floor(share * (learnt + aside)) - aside);
}
