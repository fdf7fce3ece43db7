/** Shapes of the API's answers that only staff get, as `docs/api.md` lists them. Pure. */

import type { classOperations } from "../../operations/classes.ts";
import type { exampleOperations } from "../../operations/examples.ts";
import type { overviewOperations } from "../../operations/overview.ts";
import type { reviewOperations } from "../../operations/reviews.ts";
import type { trainingOperations } from "../../operations/training.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";
import { pastRun } from "./history-answers.ts";
import { sentences } from "./sentences.ts";

/** Photos that are marked "not on the menu", and how many of them the head would have found by itself. */
const markedPhotos = object({ marked: number, found: nullable(number) });
/** `found` is null where it cannot be said. */
export type MarkedPhotos = Decoded<typeof markedPhotos>;

const evaluation = object({
  accuracy: number,
  examples: number,
  strangers: nullable(markedPhotos),
  fewPhotos: nullable(flag),
});

const liveHead = object({ version: number, evaluation: nullable(evaluation) });
/** The version that answers guests; `evaluation` is null where there were too few photos for one. */
export type LiveHead = Decoded<typeof liveHead>;

/** The answer of `GET /v1/admin/overview`. */
export const overview = answerOf<typeof overviewOperations.readOverview>()(
  object({
    backbone: object({ name: text }),
    liveHead: nullable(liveHead),
    held: flag,
    rebuilding: flag,
    examples: number,
    pendingLabels: number,
    pendingReviews: number,
    webhooksEnded: number,
    /** `atWork`: `run` or `restore` while one holds the labels. */
    training: object({ atWork: nullable(text), last: nullable(pastRun) }),
    /** Null where no backups are made. */
    backup: nullable(object({ madeAt: nullable(text), failing: flag })),
  }),
);
/** What the kitchen asks for after every change; `liveHead` is null while no version answers guests. */
export type Overview = Decoded<typeof overview>;

/** The answer of changes to one item, and an item of the list. */
export const itemClass = answerOf<typeof classOperations.changeClass>()(
  object({
    id: text,
    name: text,
    description: nullable(text),
    aliases: list(text),
    examples: number,
    byDescription: flag,
    archived: flag,
    mergedInto: nullable(text),
  }),
);
/** An item on the menu or, with `archived`, off it. */
export type ItemClass = Decoded<typeof itemClass>;
/** `none`: photos labelled "not on the menu". */
export const itemClasses = answerOf<typeof classOperations.listClasses>()(
  object({ classes: list(itemClass), none: object({ examples: number }) }),
);
/** The answer of `GET /v1/admin/classes`: the items, and the photos that are none of them. */
export type ItemClasses = Decoded<typeof itemClasses>;

/** Why one of many was refused. */
export const innerProblem = object({ code: text, detail: text, says: sentences });

const imported = object({
  file: text,
  status: text,
  problem: nullable(innerProblem),
});
/** The answer to photos sent to an item: one outcome each, and the sums. */
export const importResults = answerOf<typeof exampleOperations.addExamples>()(
  object({
    results: list(imported),
    stored: number,
    relabelled: number,
    duplicates: number,
    pending: number,
    refused: number,
  }),
);
/** `pending` counts photos whose label waits for staff. */
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
/** Corrections of one picture, shown as one card. */
export type ReviewGroup = Decoded<typeof reviewGroup>;
/** The answer of `GET /v1/admin/reviews`; `pending` also counts what is beyond this page. */
export const reviewList = answerOf<typeof reviewOperations.listReviews>()(
  object({ groups: list(reviewGroup), pending: number }),
);

const decided = object({ status: text, problem: nullable(innerProblem) });
/** The answer to many decisions at once. */
export const decisionResults = answerOf<typeof reviewOperations.decideReviews>()(
  object({ results: list(decided), refused: number }),
);
/** Outcomes in the order in which the decisions were sent. */
export type DecisionResults = Decoded<typeof decisionResults>;

/** The answer of `POST /v1/admin/training-runs`, which comes when the run has ended. */
export const trainingRun = answerOf<typeof trainingOperations.train>()(
  object({
    outcome: text,
    headVersion: nullable(number),
    absorbed: number,
    remaining: number,
    message: nullable(text),
    says: sentences,
  }),
);
/** `headVersion` is null when the run made no version; `remaining` labels wait for the next run. */
export type TrainingRun = Decoded<typeof trainingRun>;
