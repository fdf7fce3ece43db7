/** Shapes of the API's answers about versions of the head, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, pair, text } from "./decode.ts";

const evaluation = object({
  accuracy: number,
  macroF1: number,
  logLoss: number,
  expectedCalibrationError: number,
  examples: number,
});
export type HeadEvaluation = Decoded<typeof evaluation>;

const headFields = {
  version: number,
  createdAt: text,
  classIds: list(text),
  examples: number,
  evaluation: nullable(evaluation),
  gate: nullable(object({ passed: flag, reason: text })),
  startedBy: text,
  pinnedAt: nullable(text),
  purgedAt: nullable(text),
  live: flag,
};
const headVersion = object(headFields);
export type HeadVersion = Decoded<typeof headVersion>;

export const headList = object({
  heads: list(headVersion),
  next: nullable(number),
  liveVersion: nullable(number),
  held: flag,
});
export type HeadList = Decoded<typeof headList>;

const replay = object({
  replayed: number,
  changed: number,
  changes: list(object({ photo: text, from: text, to: text })),
});
export type Replay = Decoded<typeof replay>;

const classQuality = object({
  ...{ classId: text, examples: number, precision: number, recall: number },
  /** Photos and recall at a quarter, a half and all of them; null in older versions. */
  curve: nullable(list(pair)),
});
export type ClassQuality = Decoded<typeof classQuality>;

const details = object({
  perClass: list(classQuality),
  confusions: list(object({ given: text, answered: text, examples: number })),
});
export type HeadDetails = Decoded<typeof details>;

export const headReport = object({ ...headFields, replay: nullable(replay), details: nullable(details) });
export type HeadReport = Decoded<typeof headReport>;

const recallChange = object({ classId: text, recallFrom: nullable(number), recallTo: nullable(number) });

export const headComparison = object({
  from: number,
  to: number,
  evaluationFrom: nullable(evaluation),
  evaluationTo: nullable(evaluation),
  addedClasses: list(text),
  removedClasses: list(text),
  changedClasses: list(recallChange),
  examplesFrom: number,
  examplesTo: number,
});
export type HeadComparison = Decoded<typeof headComparison>;

export const activation = object({ liveVersion: number, held: flag });
