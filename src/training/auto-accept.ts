/** Applies the optional rule of `agreement.ts` to all that waits: the step before a training run. */

import type { Database } from "../store/database.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import { findLabels } from "../store/labels/labels.ts";
import { countUnreviewed, storeAgreedLabels } from "../store/reviews/auto-accept.ts";
import { listAllPendingReviews } from "../store/reviews/reviews.ts";
import { type AutoAcceptRule, chooseAgreements, findCandidates } from "./agreement.ts";

/** Examples made by one step: two statements each, in one transaction of D1's 1,000 at most. */
const MAX_AGREEMENTS_PER_STEP = 200;

/**
 * Returns how many examples it made. Reads nothing while the rule is off, and every waiting correction while it is on;
 * writes one transaction or nothing. Safe to run twice at once.
 *
 * @param readHead gives the live head; without one nothing is plausible
 */
export async function acceptAgreedCorrections(
  db: Database,
  readHead: () => Promise<ServedHead | null>,
  rule: AutoAcceptRule & { readonly keepsPictures: boolean },
  now: number,
): Promise<number> {
  if (rule.sources === 0) return 0;
  const candidates = findCandidates(await listAllPendingReviews(db), await readHead(), rule);
  if (candidates.length === 0) return 0;
  const members = candidates.flat();
  const [labels, spent] = await Promise.all([
    findLabels(db, distinct(members.map(({ photo }) => photo))),
    countUnreviewed(db, distinct(members.map(({ contributor }) => contributor))),
  ]);
  const stored = new Set(labels.map(({ photo }) => photo));
  const agreements = chooseAgreements(candidates, stored, spent, rule).slice(0, MAX_AGREEMENTS_PER_STEP);
  const agreed = agreements.map(({ chosen, label, photos }) => ({
    photo: chosen.photo,
    contributor: chosen.contributor,
    label,
    photos,
  }));
  return storeAgreedLabels(db, agreed, rule, now);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
