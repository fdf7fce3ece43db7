/** Guests' corrections and staff's decisions on them. */

import type { Context } from "hono";
import { toInnerProblem } from "../../application/each-row.ts";
import { keepsPictures } from "../../config.ts";
import { reviewOperations } from "../../operations/reviews.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Result } from "../../shared/result.ts";
import { ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { findLabels } from "../../store/labels.ts";
import { decideReviews, type ReviewDecision } from "../../store/review-decisions.ts";
import { REVIEW_PAGE, REVIEW_WINDOW } from "../../store/review-limits.ts";
import { countPendingReviews, fetchPreviews, listPendingReviews, skipReviews } from "../../store/reviews.ts";
import { undoDecisions } from "../../store/undo-decisions.ts";
import { type AssessedReview, groupReviews, type ReviewGroup } from "../../training/review-groups.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";
import { NO_PREVIEW, type ShownPreview, showPreview } from "./shown-preview.ts";

/** Answers of the head that are shown beside a correction. */
const SHOWN_SCORES = 3;

/** Of `reviewOperations`. */
export const reviewHandlers = [
  serve(reviewOperations.listReviews, async (c) => {
    const { groups, pending } = await readQueue(c);
    const page = takePage(groups);
    const shown = page.flatMap(({ members }) => members);
    const previews = await readPreviews(c, shown);
    return ok({
      groups: page.map((group) => groupBody(group, previews)),
      reviews: shown.map((review) => reviewBody(review, previews)),
      pending,
    });
  }),
  serve(reviewOperations.readNextReview, async (c) => {
    const { groups, pending } = await readQueue(c);
    const [group] = takePage(groups.slice(0, 1));
    if (group === undefined) return ok({ group: null, reviews: [], pending });
    const previews = await readPreviews(c, group.members);
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
    const results = await decide(c, body.decisions);
    const done = results.filter(({ status }) => status === "done").length;
    return ok({ results, done, refused: results.length - done });
  }),
  serve(reviewOperations.decideReview, async (c, { params, body }) => {
    const { photo, label } = params;
    const [decided] = await decideAll(c, [{ photo, label, ...body }]);
    return decided.ok ? ok({ photo, label, ...body }) : decided;
  }),
];

function decideAll(c: Context<AppEnv>, wanted: readonly ReviewDecision[]) {
  const { config, db, clock } = c.get("services");
  return decideReviews(db, wanted, c.get("actor"), clock(), { keepsPictures: keepsPictures(config) });
}

async function decide<D extends ReviewDecision>(c: Context<AppEnv>, wanted: readonly D[]) {
  const verdicts = await decideAll(c, wanted);
  return wanted.map((item, i) => ({ ...item, ...toVerdict(verdicts[i]) }));
}

const DONE = { status: "done" } as const;

function toVerdict(verdict: Result<void, Problem>) {
  return verdict.ok ? DONE : { status: "refused" as const, problem: toInnerProblem(verdict.error) };
}

/** All that waits within the window, as groups in the order in which staff should see them. */
async function readQueue(c: Context<AppEnv>): Promise<{ groups: ReviewGroup[]; pending: number }> {
  const { db, readServedHead, clock } = c.get("services");
  const [waiting, pending, served] = await Promise.all([
    listPendingReviews(db, REVIEW_WINDOW),
    countPendingReviews(db),
    readServedHead(db, clock()),
  ]);
  const photos = [...new Set(waiting.map(({ photo }) => photo))];
  const storedLabels = new Map((await findLabels(db, photos)).map(({ photo, label }) => [photo, label]));
  return { groups: groupReviews(waiting, served, storedLabels), pending };
}

async function readPreviews(
  c: Context<AppEnv>,
  shown: readonly AssessedReview[],
): Promise<ReadonlyMap<string, ShownPreview>> {
  const modality = await findModality(c);
  const previews = await fetchPreviews(c.get("services").db, [...new Set(shown.map(({ photo }) => photo))]);
  return new Map([...previews].map(([photo, preview]) => [photo, showPreview(modality, preview)]));
}

/** Whole groups, as many as fit a page; a single one that does not is cut. */
function takePage(groups: readonly ReviewGroup[]): ReviewGroup[] {
  const page: ReviewGroup[] = [];
  let room = REVIEW_PAGE;
  for (const group of groups) {
    if (room <= 0 || (page.length > 0 && group.members.length > room)) break;
    page.push({ ...group, members: group.members.slice(0, REVIEW_PAGE) });
    room -= group.members.length;
  }
  return page;
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
