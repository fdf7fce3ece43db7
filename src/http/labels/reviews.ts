/** Guests' corrections and staff's decisions on them. */
import { toInnerProblem } from "../../application/each-row.ts";
import { decide, readQueue, takePage } from "../../application/review.ts";
import { reviewOperations } from "../../operations/reviews.ts";
import type { Services } from "../../services.ts";
import type { Problem } from "../../shared/problem.ts";
import { ok, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { fetchPreviews, skipReviews } from "../../store/reviews/reviews.ts";
import { undoDecisions } from "../../store/reviews/undo-decisions.ts";
import type { AssessedReview, ReviewGroup } from "../../training/reviews.ts";
import { callerOf } from "../access/caller.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";
import { NO_PREVIEW, type ShownPreview, showPreview } from "./pictures.ts";

/** Answers of the head that are shown beside a correction. */
const SHOWN_SCORES = 3;

/** Of `reviewOperations`. */
export const reviewHandlers = [
  serve(reviewOperations.listReviews, async (c) => {
    const { groups, pending } = await readQueue(c.get("services"));
    const page = takePage(groups);
    const shown = page.flatMap(({ members }) => members);
    const previews = await readPreviews(c.get("services"), shown);
    return ok({
      groups: page.map((group) => groupBody(group, previews)),
      reviews: shown.map((review) => reviewBody(review, previews)),
      pending,
    });
  }),
  serve(reviewOperations.readNextReview, async (c) => {
    const { groups, pending } = await readQueue(c.get("services"));
    const [group] = takePage(groups.slice(0, 1));
    if (group === undefined) return ok({ group: null, reviews: [], pending });
    const previews = await readPreviews(c.get("services"), group.members);
    const reviews = group.members.map((review) => reviewBody(review, previews));
    return ok({ group: groupBody(group, previews), reviews, pending });
  }),
  serve(reviewOperations.skipReviews, async (c, { body }) => {
    const { db, clock } = c.get("services");
    return ok({ skipped: await skipReviews(db, body.reviews, c.get("actor"), clock()) });
  }),
  serve(reviewOperations.undoReviews, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const verdicts = await undoDecisions(db, body.reviews, c.get("actor"), clock());
    const results = body.reviews.map((key, i) => ({ ...key, ...toVerdict(verdicts[i]) }));
    const done = results.filter(({ status }) => status === "done").length;
    return ok({ results, done, refused: results.length - done });
  }),
  serve(reviewOperations.decideReviews, async (c, { body }) => {
    const { decisions } = body;
    const verdicts = await decide(c.get("services"), callerOf(c), decisions);
    const results = decisions.map((decision, i) => ({ ...decision, ...toVerdict(verdicts[i]) }));
    const done = results.filter(({ status }) => status === "done").length;
    return ok({ results, done, refused: results.length - done });
  }),
  serve(reviewOperations.decideReview, async (c, { params, body }) => {
    const { photo, label } = params;
    const [decided] = await decide(c.get("services"), callerOf(c), [{ photo, label, ...body }]);
    return decided.ok ? ok({ photo, label, ...body }) : decided;
  }),
];

const DONE = { status: "done" } as const;

function toVerdict(verdict: Result<void, Problem>) {
  return verdict.ok ? DONE : { status: "refused" as const, problem: toInnerProblem(verdict.error) };
}

async function readPreviews(
  services: Services,
  shown: readonly AssessedReview[],
): Promise<ReadonlyMap<string, ShownPreview>> {
  const modality = await findModality(services);
  const previews = await fetchPreviews(services.db, [...new Set(shown.map(({ photo }) => photo))]);
  return new Map([...previews].map(([photo, preview]) => [photo, showPreview(modality, preview)]));
}

function groupBody({ members, skippedAt, ...group }: ReviewGroup, previews: ReadonlyMap<string, ShownPreview>) {
  const [leader] = members;
  const { disagreement, entropy, suspicion, isDoubted, scores, photo, guess, origin } = leader;
  return {
    photo,
    ...firstPreview(members, previews),
    guess,
    origin,
    createdAt: new Date(Math.min(...members.map((member) => member.createdAt))).toISOString(),
    ...group,
    skippedAt: toIsoTime(skippedAt),
    why: { disagreement, entropy, suspicion },
    doubted: isDoubted,
    answers: scores.slice(0, SHOWN_SCORES).map(({ classId, score }) => ({ label: classId, score })),
    members: members.map((member) => ({ photo: member.photo, label: member.label, origin: member.origin })),
  };
}

function firstPreview(members: readonly AssessedReview[], previews: ReadonlyMap<string, ShownPreview>): ShownPreview {
  for (const { photo } of members) {
    const preview = previews.get(photo);
    if (preview !== undefined) return preview;
  }
  return NO_PREVIEW;
}

function reviewBody(review: AssessedReview, previews: ReadonlyMap<string, ShownPreview>) {
  const { photo, label, name, guess, contributor, origin, usefulness } = review;
  const createdAt = new Date(review.createdAt).toISOString();
  const preview = previews.get(photo) ?? NO_PREVIEW;
  return { photo, label, name, guess, ...preview, createdAt, contributor, origin, usefulness };
}
