/** Shapes of the API's answers that only staff get, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";
import { pastRun } from "./history-answers.ts";

/** Photos that are marked "not on the menu", and how many of them the head would have found by itself. */
const markedPhotos = object({ marked: number, found: nullable(number) });
export type MarkedPhotos = Decoded<typeof markedPhotos>;

const evaluation = object({
  ...{ accuracy: number, examples: number, strangers: nullable(markedPhotos) },
  fewPhotos: nullable(flag),
});

const liveHead = object({ version: number, evaluation: nullable(evaluation) });
export type LiveHead = Decoded<typeof liveHead>;

export const overview = object({
  backbone: object({ name: text }),
  liveHead: nullable(liveHead),
  held: flag,
  rebuilding: flag,
  examples: number,
  pendingLabels: number,
  pendingReviews: number,
  /** `atWork`: `run` or `restore` while one holds the labels. */
  training: object({ atWork: nullable(text), last: nullable(pastRun) }),
});
export type Overview = Decoded<typeof overview>;

export const itemClass = object({
  id: text,
  name: text,
  description: nullable(text),
  aliases: list(text),
  examples: number,
  archived: flag,
  mergedInto: nullable(text),
});
export type ItemClass = Decoded<typeof itemClass>;
/** `none`: photos labelled "not on the menu". */
export const itemClasses = object({ classes: list(itemClass), none: object({ examples: number }) });
export type ItemClasses = Decoded<typeof itemClasses>;

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
  pending: number,
  refused: number,
});
export type ImportResults = Decoded<typeof importResults>;

const reviewGroup = object({
  photo: text,
  thumbnail: nullable(text),
  text: nullable(text),
  guess: nullable(text),
  createdAt: text,
  origin: text,
  sources: number,
  proposals: list(object({ label: text, name: text, sources: number })),
  conflicts: list(text),
  why: object({ disagreement: number, entropy: number, suspicion: number }),
  doubted: flag,
  answers: list(object({ label: text, score: number })),
  members: list(object({ photo: text, label: text })),
});
export type ReviewGroup = Decoded<typeof reviewGroup>;
export const reviewList = object({ groups: list(reviewGroup), pending: number });

const decided = object({ status: text, problem: nullable(object({ code: text, detail: text })) });
export const decisionResults = object({ results: list(decided), refused: number });
export type DecisionResults = Decoded<typeof decisionResults>;

export const trainingRun = object({
  outcome: text,
  headVersion: nullable(number),
  absorbed: number,
  remaining: number,
  message: nullable(text),
});
export type TrainingRun = Decoded<typeof trainingRun>;
