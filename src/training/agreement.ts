/**
 * The optional rule by which corrections count without staff: independent sources say the same of one picture, nobody
 * says differently, and the live head finds it plausible. Pure. What it guards against is listed in docs/decisions/0022.
 */
import { cosineOf, groupNearDuplicates, NEAR_DUPLICATE_COSINE } from "../head/near-duplicates.ts";
import { countIndependent } from "../shared/contributor.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import type { PendingReview } from "../store/reviews/reviews.ts";
import { assessCorrection } from "./reviews.ts";

/** What the operator's `AUTO_ACCEPT_...` variables say. */
export interface AutoAcceptRule {
  /** Independent sources that must agree; 0 turns the rule off. */
  readonly sources: number;
  /** Probability that the live head must give the label. */
  readonly minScore: number;
  /** Unreviewed examples that one contributor may have at a time. */
  readonly maxPerSource: number;
}

/** A plausible label must be among so many best answers of the head, however low `minScore` is. */
const PLAUSIBLE_RANK = 3;

/** A picture and a label that enough sources agree on. */
interface Agreement {
  /** The correction that becomes the example: the earliest of a contributor who may still have one. */
  readonly chosen: PendingReview;
  readonly label: string;
  /** The samples of the picture to whose corrections the agreement is the answer. */
  readonly photos: readonly string[];
}

/** Groups that the rule would accept as far as the corrections themselves say, earliest first. `all`: in order of arrival. */
export function findCandidates(
  all: readonly PendingReview[],
  served: ServedHead | null,
  rule: AutoAcceptRule,
): PendingReview[][] {
  const plausible = all.filter((review) => review.origin === "server" && isPlausible(review, served, rule));
  const byLabel = Map.groupBy(plausible, (review) => review.label);
  return [...byLabel.values()]
    .flatMap((reviews) => groupNearDuplicates(reviews))
    .filter((group) => independentSources(group) >= rule.sources && !isContested(group, all));
}

/**
 * Candidates that may count. `stored`: samples that have a label already, which staff or this rule gave. `spent`: unreviewed
 * examples of each contributor; a contributor who has used up the allowance is no witness either.
 */
export function chooseAgreements(
  candidates: readonly (readonly PendingReview[])[],
  stored: ReadonlySet<string>,
  spent: ReadonlyMap<string, number>,
  rule: AutoAcceptRule,
): Agreement[] {
  const used = new Map(spent);
  const agreements: Agreement[] = [];
  for (const group of candidates) {
    if (group.some(({ photo }) => stored.has(photo))) continue;
    const witnesses = group.filter(({ contributor }) => (used.get(contributor) ?? 0) < rule.maxPerSource);
    if (independentSources(witnesses) < rule.sources) continue;
    const [chosen] = witnesses;
    used.set(chosen.contributor, (used.get(chosen.contributor) ?? 0) + 1);
    agreements.push({ chosen, label: chosen.label, photos: [...new Set(group.map(({ photo }) => photo))] });
  }
  return agreements;
}

function isPlausible(review: PendingReview, served: ServedHead | null, { minScore }: AutoAcceptRule): boolean {
  if (served === null || served.backboneId !== review.backboneId) return false;
  const { scores, given } = assessCorrection(served, review);
  if (given === undefined || given < minScore) return false;
  return scores.filter(({ classId, score }) => classId !== review.label && score > given).length < PLAUSIBLE_RANK;
}

/** True when anybody, on whatever device, says something else of one of these samples or of one like it. */
function isContested(group: readonly PendingReview[], all: readonly PendingReview[]): boolean {
  const [{ label, backboneId }] = group;
  const others = all.filter((review) => review.label !== label);
  return group.some((member) =>
    others.some(
      (other) =>
        other.photo === member.photo ||
        (other.backboneId === backboneId && cosineOf(other.embedding, member.embedding) >= NEAR_DUPLICATE_COSINE),
    ),
  );
}

function independentSources(reviews: readonly PendingReview[]): number {
  return countIndependent(reviews.map(({ contributor }) => contributor));
}
