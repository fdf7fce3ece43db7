/** Shapes of the API's answers that only staff get, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

const evaluation = object({ accuracy: number, examples: number });

const head = object({
  version: number,
  createdAt: text,
  classIds: list(text),
  examples: number,
  evaluation: nullable(evaluation),
  live: flag,
});
export type Head = Decoded<typeof head>;

export const overview = object({
  backbone: object({ name: text }),
  liveHead: nullable(head),
  examples: number,
  pendingLabels: number,
  pendingReviews: number,
});
export type Overview = Decoded<typeof overview>;

export const itemClass = object({
  id: text,
  name: text,
  description: nullable(text),
  examples: number,
  archived: flag,
});
export type ItemClass = Decoded<typeof itemClass>;
export const itemClasses = object({ classes: list(itemClass) });

const imported = object({
  file: text,
  status: text,
  problem: nullable(object({ code: text, detail: text })),
});
export const importResults = object({
  results: list(imported),
  stored: number,
  relabelled: number,
  duplicates: number,
  refused: number,
});
export type ImportResults = Decoded<typeof importResults>;

const review = object({
  photo: text,
  label: text,
  name: text,
  guess: nullable(text),
  thumbnail: nullable(text),
  createdAt: text,
});
export type Review = Decoded<typeof review>;
export const reviewList = object({ reviews: list(review), pending: number });

export const headList = object({ heads: list(head), liveVersion: nullable(number) });

export const trainingRun = object({
  outcome: text,
  headVersion: nullable(number),
  absorbed: number,
  remaining: number,
  message: nullable(text),
});
export type TrainingRun = Decoded<typeof trainingRun>;
