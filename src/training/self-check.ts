/** What must hold of statistics whatever happened before. A fault calls for a rebuild; it is never repaired in place. */

import { checkInvariants, countExamples, type Statistics } from "../head/statistics.ts";
import { normsMismatch } from "../shared/english/sums.ts";
import type { Told } from "../shared/sentence.ts";

/** A quarter of one unit-length example, plus what float32 sums may drift by. */
const COUNT_TOLERANCE = { examples: 0.25, share: 1e-5 } as const;

/**
 * Null when sound; otherwise what is wrong. Beside `checkInvariants`: stored embeddings have unit length, so the
 * sum of squared norms must equal the number of examples.
 */
export function findFault(statistics: Statistics): Told | null {
  const sound = checkInvariants(statistics);
  if (!sound.ok) return sound.error.told;
  const examples = countExamples(statistics);
  const allowed = COUNT_TOLERANCE.examples + COUNT_TOLERANCE.share * examples;
  if (Math.abs(statistics.squaredNorms - examples) <= allowed) return null;
  return normsMismatch({ examples, norms: statistics.squaredNorms });
}
