/** Problems of labels: receipts, corrections and what staff decide, suggestions, the pool. */
import { problemOf } from "../problem.ts";

export const receiptForged = problemOf(
  "receipt_invalid",
  "receipt_forged",
  () => "This receipt was not issued here or was changed. Classify again.",
);
export const receiptTooOld = problemOf(
  "receipt_expired",
  "receipt_too_old",
  () => "This receipt has expired. Classify the photo again, then correct it.",
);
export const backboneChangedSince = problemOf(
  "backbone_mismatch",
  "backbone_changed_since",
  () => "The backbone has changed since this answer. Classify the photo again.",
);

export const queueFull = problemOf(
  "review_queue_full",
  "queue_full",
  () => "So many corrections wait for the staff that no more can be taken. Try again later.",
);
export const tooManyWaiting = problemOf(
  "too_many_corrections",
  "too_many_waiting",
  ({ limit }: { limit: number }) =>
    `At most ${limit} corrections of one network, and a few times as many of all networks around it, ` +
    "may wait for the staff. Send more when they have looked at these.",
);
export const tooManySuggestions = problemOf(
  "too_many_corrections",
  "too_many_suggestions",
  ({ limit }: { limit: number }) => `At most ${limit} suggestions of one network may wait for the staff.`,
);
export const suggestionsFull = problemOf(
  "review_queue_full",
  "suggestions_full",
  () => "So many suggestions wait that no more can be taken.",
);

export const noSuchCorrection = problemOf("not_found", "no_such_correction", () => "There is no such correction.");
export const noSuchSuggestion = problemOf("not_found", "no_such_suggestion", () => "There is no such suggestion.");
export const noSuchExample = problemOf(
  "not_found",
  "no_such_example",
  () => "There is no such example. GET /v1/admin/examples?class=<id> lists those of an item.",
);
export const noPictureKept = problemOf("not_found", "no_picture_kept", () => "No picture of this example is kept.");
export const nothingToExplain = problemOf(
  "not_found",
  "nothing_to_explain",
  () => "No example and no correction that waits has this photo.",
);
export const notInPool = problemOf(
  "not_found",
  "not_in_pool",
  () => "There is no such sample in the pool. It may have been labelled, dismissed or forgotten, or its time is over.",
);
export const decidedBefore = problemOf(
  "already_decided",
  "decided_before",
  () => "Staff have decided on this photo and label before; theirs stays.",
);
export const decidedAlready = problemOf(
  "already_decided",
  "decided_already",
  () => "This correction was decided already.",
);

export const noDecision = problemOf(
  "not_found",
  "no_decision",
  () => "There is no decision on this photo and label that could be undone.",
);
export const decisionTooOld = problemOf(
  "cannot_undo",
  "decision_too_old",
  () => "The decision is more than a day old: what it was about has been deleted.",
);
export const labelChangedSince = problemOf(
  "cannot_undo",
  "label_changed_since",
  () => "The photo's label has been changed since. Relabel or forget it instead.",
);
export const formerItemGone = problemOf(
  "cannot_undo",
  "former_item_gone",
  () => "The item that the photo belonged to before is gone. Relabel it instead.",
);
export const correctedItemGone = problemOf(
  "cannot_undo",
  "corrected_item_gone",
  () => "The item that the correction named is gone. Relabel the photo instead.",
);
