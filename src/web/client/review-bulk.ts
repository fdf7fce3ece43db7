/** Many groups of corrections decided at once: which decisions that makes, which groups stay, and the words for it. Pure. */
import type { ReviewGroup } from "./admin-answers.ts";
import { countOf } from "./numbers.ts";
import { acceptAs, type ReviewDecision, rejectAll } from "./review-words.ts";

/** What one request may carry, as the API has it. */
export const MAX_DECISIONS = 100;

/** What is to become of all selected groups. */
export type BulkWish =
  | { readonly kind: "accept" }
  | { readonly kind: "reject" }
  | { readonly kind: "relabel"; readonly to: string; readonly name: string };

export interface BulkPlan {
  readonly decided: readonly ReviewGroup[];
  readonly decisions: readonly ReviewDecision[];
  /** What is said when it has been done. */
  readonly words: string;
}

/**
 * Accepting takes the guests' word, so groups in which somebody says something else stay: nobody should settle a
 * disagreement without having seen it.
 */
export function planBulk(groups: readonly ReviewGroup[], wish: BulkWish): BulkPlan {
  if (wish.kind !== "accept") {
    const decide = wish.kind === "reject" ? rejectAll : (group: ReviewGroup) => acceptAs(group, wish.to);
    const said = wish.kind === "reject" ? "Rejected" : `Accepted as ${wish.name}`;
    return { decided: groups, decisions: groups.flatMap(decide), words: `${said}: ${countPictures(groups.length)}.` };
  }
  const decided = groups.filter(({ conflicts }) => conflicts.length === 0);
  const left = groups.length - decided.length;
  const stays = left === 0 ? "" : ` ${countPictures(left)} with a disagreement ${left === 1 ? "stays" : "stay"}.`;
  return {
    decided,
    decisions: decided.flatMap((group) => acceptAs(group, group.proposals[0]?.label ?? "")),
    words: `Accepted: ${countPictures(decided.length)}.${stays}`,
  };
}

/** Cuts the decisions into requests, in order. */
export function splitDecisions(decisions: readonly ReviewDecision[]): readonly (readonly ReviewDecision[])[] {
  const requests = Math.ceil(decisions.length / MAX_DECISIONS);
  return Array.from({ length: requests }, (_, at) => decisions.slice(at * MAX_DECISIONS, (at + 1) * MAX_DECISIONS));
}

/** `3 selected`, and what of them accepting would leave out. */
export function describeSelection(groups: readonly ReviewGroup[]): string {
  const disputed = groups.filter(({ conflicts }) => conflicts.length > 0).length;
  const selected = `${groups.length.toLocaleString("en")} selected`;
  return disputed === 0 ? selected : `${selected}, ${disputed} with a disagreement`;
}

function countPictures(count: number): string {
  return countOf(count, "picture");
}
