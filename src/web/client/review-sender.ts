/**
 * Sends decisions behind the reviewer's back: cards leave at once, the requests follow one after the other, and the page is
 * looked at afresh when the reviewer pauses. What was refused is told, and comes back with that look.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { DecisionResults, ReviewGroup } from "./admin-answers.ts";
import { decideReviews, undoReviews } from "./admin-api.ts";
import { splitDecisions } from "./review-bulk.ts";
import { type ReviewDecision, reviewKey } from "./review-words.ts";

/** Long enough not to come between two decisions, short enough not to be waited for. */
const PAUSE_MS = 700;

interface ReviewSenderOptions {
  readonly refresh: () => Promise<void>;
  /** Hears why decisions were not carried out. */
  readonly onProblem: (detail: string) => void;
}

/** Keeps the order of what it is given. */
export interface ReviewSender {
  send(groups: readonly ReviewGroup[], decisions: readonly ReviewDecision[]): void;
  /** Takes these decisions back and looks afresh at once; gives back whether all of them could be. */
  undo(decisions: readonly ReviewDecision[]): Promise<boolean>;
  /** Whether the group's decision is on its way: a list that was asked for before it still has the group. */
  isUnderWay(group: ReviewGroup): boolean;
}

/** Sends one request at a time, in the order of the decisions. */
export function createReviewSender({ refresh, onProblem }: ReviewSenderOptions): ReviewSender {
  const underWay = new Set<string>();
  let queue: Promise<void> = Promise.resolve();
  let pause: ReturnType<typeof setTimeout> | undefined;

  const sendAll = async (groups: readonly ReviewGroup[], decisions: readonly ReviewDecision[]) => {
    for (const part of splitDecisions(decisions)) {
      const problem = await sendPart(part);
      if (problem !== null) onProblem(problem);
    }
    for (const group of groups) underWay.delete(reviewKey(group));
    clearTimeout(pause);
    pause = setTimeout(() => void refresh(), PAUSE_MS);
  };
  const undoAll = async (decisions: readonly ReviewDecision[]) => {
    let isUndone = true;
    // The last part first: what was decided last is what the others built on.
    for (const part of splitDecisions(decisions).toReversed()) {
      const keys = part.map(({ photo, label }) => ({ photo, label }));
      const answer = await undoReviews(keys);
      const problem = answer.ok ? findProblem(answer.value) : answer.error.detail;
      if (problem !== null) onProblem(problem);
      isUndone &&= problem === null;
    }
    clearTimeout(pause);
    await refresh();
    return isUndone;
  };
  return {
    undo: (decisions) => {
      const undone = queue.then(() => undoAll(decisions));
      queue = undone.then(() => undefined);
      return undone;
    },
    send: (groups, decisions) => {
      for (const group of groups) underWay.add(reviewKey(group));
      clearTimeout(pause);
      queue = queue.then(() => sendAll(groups, decisions));
    },
    isUnderWay: (group) => underWay.has(reviewKey(group)),
  };
}

async function sendPart(decisions: readonly ReviewDecision[]): Promise<string | null> {
  const answer = await decideReviews(decisions);
  if (!answer.ok) return answer.error.detail;
  if (answer.value.results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
  return findProblem(answer.value);
}

/** Where somebody else was faster the correction is just as done. */
function findProblem({ results }: DecisionResults): string | null {
  const failed = results.find(({ problem }) => problem !== null && problem.code !== "already_decided");
  return failed?.problem ? kitchen.frame.explain(failed.problem) : null;
}
