/** Shapes of the API's answers about versions of the head, as `docs/api.md` lists them. Pure. */
import type { headOperations } from "../../operations/heads.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, pair, text } from "./decode.ts";
import { sentences } from "./sentences.ts";

/** What people's labels, and the test set where there is one, say of labels that no person gave. */
export const judgedLabels = object({
  labels: number,
  isAllowed: flag,
  judged: number,
  rightWithout: number,
  rightWith: number,
  tested: nullable(object({ examples: number, rightWithout: number, rightWith: number })),
});
export type JudgedLabels = Decoded<typeof judgedLabels>;

const evaluation = object({
  accuracy: number,
  macroF1: number,
  logLoss: number,
  expectedCalibrationError: number,
  examples: number,
  /** On the same examples, by the version that has seen them; null in older versions. */
  taughtAccuracy: nullable(number),
  /** What its own answers to unlabelled samples gave; null if there was nothing to learn from. */
  pool: nullable(judgedLabels),
});
/** Leave-one-out figures; accuracy and macro-F1 are in [0, 1]. */
export type HeadEvaluation = Decoded<typeof evaluation>;

const headFields = {
  version: number,
  createdAt: text,
  classIds: list(text),
  examples: number,
  evaluation: nullable(evaluation),
  /** On the examples that were set aside when it was made. */
  tested: nullable(object({ examples: number, right: number })),
  gate: nullable(object({ passed: flag, reason: text, says: sentences })),
  startedBy: text,
  pinnedAt: nullable(text),
  purgedAt: nullable(text),
  live: flag,
};
const headVersion = object(headFields);
/** A version as the timeline shows it. */
export type HeadVersion = Decoded<typeof headVersion>;

/** The answer of `GET /v1/admin/heads`, newest first; `next` is null on the last page. */
export const headList = answerOf<typeof headOperations.listHeads>()(
  object({
    heads: list(headVersion),
    next: nullable(number),
    liveVersion: nullable(number),
    held: flag,
  }),
);
/** One page of the timeline. */
export type HeadList = Decoded<typeof headList>;

const replay = object({
  replayed: number,
  changed: number,
  changes: list(object({ photo: text, from: text, to: text })),
});
/** How the newest stored photos are answered by this version and by the one that was live. */
export type Replay = Decoded<typeof replay>;

const classQuality = object({
  classId: text,
  examples: number,
  precision: number,
  recall: number,
  /** By the version that was live when this one was made; null where it did not measure the item. */
  recallBefore: nullable(number),
  /** Photos and recall at a quarter, a half and all of them; null in older versions. */
  curve: nullable(list(pair)),
});
/** How well one item is told apart; its curve is missing in older versions and on long menus. */
export type ClassQuality = Decoded<typeof classQuality>;

const details = object({
  perClass: list(classQuality),
  confusions: list(object({ given: text, answered: text, examples: number })),
});
/** The part of the evaluation that grows with the menu. */
export type HeadDetails = Decoded<typeof details>;

/** The answer of `GET /v1/admin/heads/{version}`. */
export const headReport = answerOf<typeof headOperations.readHead>()(
  object({ ...headFields, replay: nullable(replay), details: nullable(details) }),
);
/** `replay` and `details` are null once the version has been purged. */
export type HeadReport = Decoded<typeof headReport>;

const recallChange = object({ classId: text, recallFrom: nullable(number), recallTo: nullable(number) });

/** The answer of `GET /v1/admin/heads/compare`. */
export const headComparison = answerOf<typeof headOperations.compareHeads>()(
  object({
    from: number,
    to: number,
    evaluationFrom: nullable(evaluation),
    evaluationTo: nullable(evaluation),
    addedClasses: list(text),
    removedClasses: list(text),
    changedClasses: list(recallChange),
    examplesFrom: number,
    examplesTo: number,
    test: nullable(object({ examples: number, rightFrom: number, rightTo: number })),
  }),
);
/** What changes for guests from one version to another. */
export type HeadComparison = Decoded<typeof headComparison>;

/** The answer to making a version live. */
export const activation = answerOf<typeof headOperations.activateHead>()(object({ liveVersion: number, held: flag }));
