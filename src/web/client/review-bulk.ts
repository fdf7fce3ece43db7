/** Many groups of corrections decided at once: which decisions that makes, which groups stay, and the words for it. Pure. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ReviewGroup } from "./admin-answers.ts";
import { acceptAs, type Deed, nameDeed, type ReviewDecision, rejectAll } from "./review-words.ts";

const texts = kitchen.reviewQueue.bulk;

/** What one request may carry, as the API has it. */
export const MAX_DECISIONS = 100;

/** What is to become of all selected groups. */
export type BulkWish =
  | { readonly kind: "accept" }
  | { readonly kind: "reject" }
  | { readonly kind: "relabel"; readonly to: string; readonly name: string };

interface BulkPlan extends Deed {
  readonly decided: readonly ReviewGroup[];
  readonly decisions: readonly ReviewDecision[];
}

/**
 * Accepting takes the guests' word, so groups in which somebody says something else stay: nobody should settle a
 * disagreement without having seen it.
 */
export function planBulk(groups: readonly ReviewGroup[], wish: BulkWish): BulkPlan {
  if (wish.kind !== "accept") {
    const decide = wish.kind === "reject" ? rejectAll : (group: ReviewGroup) => acceptAs(group, wish.to);
    const name = wish.kind === "reject" ? texts.rejected(groups.length) : nameAccepted(wish, groups.length);
    return { decided: groups, decisions: groups.flatMap(decide), ...nameDeed(name) };
  }
  const decided = groups.filter(({ conflicts }) => conflicts.length === 0);
  const left = groups.length - decided.length;
  return {
    decided,
    decisions: decided.flatMap((group) => acceptAs(group, group.proposals[0]?.label ?? "")),
    ...nameDeed(texts.accepted(decided.length), left === 0 ? "" : texts.stay(left)),
  };
}

function nameAccepted({ to, name }: BulkWish & { readonly kind: "relabel" }, pictures: number): string {
  return to === NONE_ID ? kitchen.none.acceptedMany(pictures) : texts.acceptedAs(name, pictures);
}

/** Cuts the decisions into requests, in order. */
export function splitDecisions(decisions: readonly ReviewDecision[]): readonly (readonly ReviewDecision[])[] {
  const requests = Math.ceil(decisions.length / MAX_DECISIONS);
  return Array.from({ length: requests }, (_, at) => decisions.slice(at * MAX_DECISIONS, (at + 1) * MAX_DECISIONS));
}

/** `3 selected`, and what of them accepting would leave out. */
export function describeSelection(groups: readonly ReviewGroup[]): string {
  const disputed = groups.filter(({ conflicts }) => conflicts.length > 0).length;
  return kitchen.reviewQueue.bar.selected(groups.length, disputed);
}
