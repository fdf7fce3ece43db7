/**
 * The review queue as staff go through it: corrections of the same picture are one group, whatever they say and whoever
 * sent them, and the groups come in the order of what deciding them is worth. Pure.
 *
 *   priority(group) = max over its corrections of [ usefulness * h / (h + r) ] * (1 + log2 s)
 *
 * r: how many corrections of the same contributor came before this one; s: sources independent of each other that the
 * group has; h = SOURCE_HALF_LIFE. So nobody buries the others by sending much, and what many people see comes first.
 */
import { isLabelDoubted } from "../head/doubts.ts";
import type { Embedding } from "../head/embedding.ts";
import { groupNearDuplicates } from "../head/near-duplicates.ts";
import { type ClassScore, type Prediction, predict } from "../head/predict.ts";
import { countIndependent } from "../shared/contributor.ts";
import { NONE_ID } from "../shared/none-label.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import { SOURCE_HALF_LIFE } from "../store/reviews/review-limits.ts";
import type { PendingReview } from "../store/reviews/reviews.ts";

/*
 * What staff learn from looking at a correction: much where the live head disagrees, wavers, or may be wrong. Pure.
 *
 *   usefulness = trust * (.4 disagreement + .3 entropy + .3 suspicion)                                  in [0, 1]
 *   disagreement = 1 - p(label)
 *   entropy      = H(p) / log K                                K answers that the head can give; 0 where there is one
 *   suspicion    = max(0, p(best) - p(label))                  the head is sure of another answer: one of the two is wrong
 *   trust        = 1 for an embedding of the server, 1/2 for a device's, which can be forged
 */

const WEIGHTS = { disagreement: 0.4, entropy: 0.3, suspicion: 0.3 } as const;
const DEVICE_TRUST = 0.5;

/** `usefulness` and the three parts that it weighs, all in [0, 1]. A correction of a device counts half. */
export interface Assessment {
  readonly usefulness: number;
  readonly disagreement: number;
  readonly entropy: number;
  readonly suspicion: number;
  /** Whether the label may be a mistake. About one right label in ten is called so (doubts.ts). */
  readonly isDoubted: boolean;
  /** The head's answers, best first; empty without a head. */
  readonly scores: readonly ClassScore[];
  /** Probability that the head gives the label; undefined where it does not know it. */
  readonly given: number | undefined;
}

/** A correction as far as its worth depends on it. */
interface AssessedCorrection {
  readonly embedding: Embedding;
  readonly backboneId: string;
  readonly origin: "server" | "device";
  readonly label: string;
}

/** Without a head of the same backbone nothing is known of a correction, and every one is as useful as can be unsure. */
export function assessCorrection(served: ServedHead | null, correction: AssessedCorrection): Assessment {
  if (served === null || served.backboneId !== correction.backboneId) {
    return weigh(correction, {
      disagreement: 1,
      entropy: 1,
      suspicion: 0,
      isDoubted: false,
      scores: [],
      given: undefined,
    });
  }
  const prediction = predict(served.head, correction.embedding, (classId) => !served.names.has(classId));
  const { scores, entropy } = prediction;
  const given = scoreOf(prediction, correction.label);
  return weigh(correction, {
    disagreement: 1 - (given ?? 0),
    entropy: scores.length > 1 ? entropy / Math.log(scores.length) : 0,
    // A label that the head does not know yet is news, not a mistake.
    suspicion: given === undefined || scores.length === 0 ? 0 : Math.max(0, scores[0].score - given),
    isDoubted: isLabelDoubted(prediction, correction.label, served.doubtBelow),
    scores,
    given,
  });
}

/** Undefined where the head does not know the label; a head from before distances knows nothing of what is not on the menu. */
function scoreOf({ scores, none, strangeness }: Prediction, label: string): number | undefined {
  if (label === NONE_ID) return strangeness === null ? undefined : none;
  return scores.find(({ classId }) => classId === label)?.score;
}

function weigh({ origin }: AssessedCorrection, parts: Omit<Assessment, "usefulness">): Assessment {
  const { disagreement, entropy, suspicion } = parts;
  const sum = WEIGHTS.disagreement * disagreement + WEIGHTS.entropy * entropy + WEIGHTS.suspicion * suspicion;
  return { ...parts, usefulness: (origin === "device" ? DEVICE_TRUST : 1) * sum };
}

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
