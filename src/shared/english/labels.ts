/** Problems of labels: receipts, corrections and what staff decide, suggestions, the pool. */
import { problemOf } from "../problem.ts";

/** Its seal does not fit, which a change of the secret causes too. */
export const receiptForged = problemOf(
  "receipt_invalid",
  "receipt_forged",
  () => "This receipt was not issued here, or somebody has changed it. Classify again.",
);
/** A receipt lives for an hour. */
export const receiptTooOld = problemOf(
  "receipt_expired",
  "receipt_too_old",
  () => "This receipt has expired. Classify again, then correct that answer.",
);
/** The receipt holds an embedding that no label here can stand beside. */
export const backboneChangedSince = problemOf(
  "backbone_mismatch",
  "backbone_changed_since",
  () => "The backbone has changed since this answer. Classify again.",
);

/** The limit of all senders together. */
export const queueFull = problemOf(
  "review_queue_full",
  "queue_full",
  () => "Too many corrections are waiting for staff to take another. Try again later.",
);
/** The limit of one sender, so that nobody fills the queue alone. */
export const tooManyWaiting = problemOf(
  "too_many_corrections",
  "too_many_waiting",
  ({ limit }: { limit: number }) =>
    `At most ${limit} corrections from one network, and a few times as many from all networks around it, ` +
    "may wait for staff. Send more when staff have looked at these.",
);
/** The limit of one sender. */
export const tooManySuggestions = problemOf(
  "too_many_corrections",
  "too_many_suggestions",
  ({ limit }: { limit: number }) => `At most ${limit} suggestions from one network may wait for staff.`,
);
/** The limit of all senders together. */
export const suggestionsFull = problemOf(
  "review_queue_full",
  "suggestions_full",
  () => "Too many suggestions are waiting for staff to take another. Try again later.",
);

/** It never waited, or has been forgotten. */
export const noSuchCorrection = problemOf("not_found", "no_such_correction", () => "There is no such correction.");
/** Staff have dismissed it, or it never was. */
export const noSuchSuggestion = problemOf("not_found", "no_such_suggestion", () => "There is no such suggestion.");
/** The sample has no label, or has lost it. */
export const noSuchExample = problemOf(
  "not_found",
  "no_such_example",
  () => "There is no such example. GET /v1/admin/examples?class=<id> lists those of an item.",
);
/** The operator keeps none, or none came with the sample. */
export const noPictureKept = problemOf("not_found", "no_picture_kept", () => "No copy of this example is kept.");
/** Only a sample whose embedding is stored can be explained. */
export const nothingToExplain = problemOf(
  "not_found",
  "nothing_to_explain",
  () => "No example and no waiting correction has this id.",
);
/** It has left the pool between the list and the click. */
export const notInPool = problemOf(
  "not_found",
  "not_in_pool",
  () =>
    "There is no such sample in the pool. Somebody may have labelled, dismissed or forgotten it, or its time is up.",
);
/** To a sender whose sample waits no more. */
export const decidedBefore = problemOf(
  "already_decided",
  "decided_before",
  () => "Staff have already decided on this correction; their decision stays.",
);
/** To staff, of whom two looked at the same card. */
export const decidedAlready = problemOf(
  "already_decided",
  "decided_already",
  () => "Staff have already decided on this correction.",
);

/** The correction still waits, or never was. */
export const noDecision = problemOf(
  "not_found",
  "no_decision",
  () => "There is no decision on this correction to undo.",
);
/** What undoing needs is kept for a day. */
export const decisionTooOld = problemOf(
  "cannot_undo",
  "decision_too_old",
  () => "The decision is more than a day old: what would undo it has been deleted.",
);
/** Undoing would take away what somebody has said after the decision. */
export const labelChangedSince = problemOf(
  "cannot_undo",
  "label_changed_since",
  () => "The label has changed since. Relabel or forget the example instead.",
);
/** Undoing would give the example back to an item that no longer is. */
export const formerItemGone = problemOf(
  "cannot_undo",
  "former_item_gone",
  () => "The item that the example belonged to before is gone. Relabel the example instead.",
);
/** Undoing would let the correction wait again, for an item that no longer is. */
export const correctedItemGone = problemOf(
  "cannot_undo",
  "corrected_item_gone",
  () => "The item that the correction named is gone. Relabel the example instead.",
);
