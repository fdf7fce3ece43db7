/** What it means to look through guests' corrections: the queue, the order in which staff see it, and their decisions. */
import { keepsPictures } from "../config.ts";
import type { Services } from "../services.ts";
import type { Problem } from "../shared/problem.ts";
import type { Result } from "../shared/result.ts";
import { findLabels } from "../store/labels/labels.ts";
import { decideReviews, type ReviewDecision } from "../store/reviews/review-decisions.ts";
import { REVIEW_PAGE, REVIEW_WINDOW } from "../store/reviews/review-limits.ts";
import { countPendingReviews, listPendingReviews } from "../store/reviews/reviews.ts";
import { groupReviews, type ReviewGroup } from "../training/reviews.ts";
import type { Caller } from "./caller.ts";

/** Corrections of one sample each, as staff should see them; `pending` also counts those beyond the window. */
export interface ReviewQueue {
  readonly groups: readonly ReviewGroup[];
  readonly pending: number;
}

/** What waits within the window, what teaches most first. */
export async function readQueue({ db, readServedHead, clock }: Services): Promise<ReviewQueue> {
  const [waiting, pending, served] = await Promise.all([
    listPendingReviews(db, REVIEW_WINDOW),
    countPendingReviews(db),
    readServedHead(db, clock()),
  ]);
  const photos = [...new Set(waiting.map(({ photo }) => photo))];
  const storedLabels = new Map((await findLabels(db, photos)).map(({ photo, label }) => [photo, label]));
  return { groups: groupReviews(waiting, served, storedLabels), pending };
}

/** Whole groups, as many as fit a page; a single one that does not is cut. */
export function takePage(groups: readonly ReviewGroup[]): ReviewGroup[] {
  const page: ReviewGroup[] = [];
  let room = REVIEW_PAGE;
  for (const group of groups) {
    if (room <= 0 || (page.length > 0 && group.members.length > room)) break;
    page.push({ ...group, members: group.members.slice(0, REVIEW_PAGE) });
    room -= group.members.length;
  }
  return page;
}

/** Each has its own outcome, in its place. */
export function decide(
  { config, db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  decisions: readonly ReviewDecision[],
): Promise<Result<void, Problem>[]> {
  return decideReviews(db, decisions, actor, clock(), { keepsPictures: keepsPictures(config) });
}
