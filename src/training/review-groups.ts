/**
 * The review queue as staff go through it: corrections of the same picture are one group, whatever they say and whoever
 * sent them, and the groups come in the order of what deciding them is worth. Pure.
 *
 *   priority(group) = max over its corrections of [ usefulness * h / (h + r) ] * (1 + log2 s)
 *
 * r: how many corrections of the same contributor came before this one; s: sources independent of each other that the
 * group has; h = SOURCE_HALF_LIFE. So nobody buries the others by sending much, and what many people see comes first.
 */
import { groupNearDuplicates } from "../head/near-duplicates.ts";
import { countIndependent } from "../shared/contributor.ts";
import type { ServedHead } from "../store/head-cache.ts";
import { SOURCE_HALF_LIFE } from "../store/review-limits.ts";
import type { PendingReview } from "../store/reviews.ts";
import { type Assessment, assessCorrection } from "./usefulness.ts";

/** A correction with what the live head says of it. */
export interface AssessedReview extends PendingReview, Assessment {}

/** The corrections of one picture, whatever they say. */
export interface ReviewGroup {
  /** The most useful one first; all of them show the picture of the first. */
  readonly members: readonly AssessedReview[];
  /** Labels that were given, the one with the most independent sources first. */
  readonly proposals: readonly { readonly label: string; readonly name: string; readonly sources: number }[];
  /** Independent sources of the whole group. */
  readonly sources: number;
  readonly priority: number;
  /** When the last of its corrections was put back (Unix ms); null while there is one that staff have not skipped. */
  readonly skippedAt: number | null;
  /** Every label that somebody gave this picture, staff among them, where they are not all the same; otherwise none. */
  readonly conflicts: readonly string[];
}

/** Groups and orders. `storedLabels`: what those of the samples that are examples are examples of. */
export function groupReviews(
  reviews: readonly PendingReview[],
  served: ServedHead | null,
  storedLabels: ReadonlyMap<string, string>,
): ReviewGroup[] {
  const assessed = reviews.map((review) => ({ ...review, ...assessCorrection(served, review) }));
  const discounted = discountBySource(assessed).sort((a, b) => b.usefulness - a.usefulness);
  const byBackbone = Map.groupBy(discounted, (review) => review.backboneId);
  const groups = [...byBackbone.values()].flatMap((rows) => groupNearDuplicates(rows));
  return groups.map((members) => describeGroup(members, storedLabels)).sort(compareGroups);
}

/** Skipped groups come last, the longest skipped first. */
function compareGroups(a: ReviewGroup, b: ReviewGroup): number {
  return (a.skippedAt ?? 0) - (b.skippedAt ?? 0) || b.priority - a.priority;
}

function lastSkip(members: readonly AssessedReview[]): number | null {
  const times = members.map(({ skippedAt }) => skippedAt);
  return times.includes(null) ? null : Math.max(...times.map(Number));
}

function discountBySource(reviews: readonly AssessedReview[]): AssessedReview[] {
  const bySource = Map.groupBy(reviews, (review) => review.contributor);
  return [...bySource.values()].flatMap((own) =>
    own
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .map((review, earlier) => ({
        ...review,
        usefulness: (review.usefulness * SOURCE_HALF_LIFE) / (SOURCE_HALF_LIFE + earlier),
      })),
  );
}

function describeGroup(members: readonly AssessedReview[], storedLabels: ReadonlyMap<string, string>): ReviewGroup {
  const sources = countIndependent(members.map((member) => member.contributor));
  const proposals = [...Map.groupBy(members, (member) => member.label)]
    .map(([label, same]) => ({
      label,
      name: same[0].name,
      sources: countIndependent(same.map((member) => member.contributor)),
    }))
    .sort((a, b) => b.sources - a.sources);
  const stored = members.flatMap(({ photo }) => storedLabels.get(photo) ?? []);
  const labels = [...new Set([...proposals.map(({ label }) => label), ...stored])];
  return {
    members,
    proposals,
    sources,
    skippedAt: lastSkip(members),
    priority: members[0].usefulness * (1 + Math.log2(sources)),
    conflicts: labels.length > 1 ? labels : [],
  };
}
