/** Versions of the head. */
import { z } from "zod";
import { activateSchema, compareSchema, pinSchema } from "../admin/heads.ts";
import { mistakesQuery } from "../admin/mistakes.ts";
import { numberedPage } from "../page.ts";
import { classId, count, labelId, nextOf, sampleId, says, score, time, version } from "./common.ts";
import { mistake } from "./labelled-schemas.ts";
import { BODY_PROBLEMS, bytes, json, jsonBody, type OperationGroup, optionalJsonBody } from "./operation.ts";

const strangers = z.strictObject({ marked: count, found: count.nullable() }).meta({
  description:
    'Photos marked "not on the menu" that it was shown, and how many of them it would have found without being shown them; null of one alone',
});

/** What people's labels say of a teacher's. */
export const teacherVerdict = z
  .strictObject({
    ...{ labels: count, isAllowed: z.boolean(), judged: count, rightWithout: count, rightWith: count },
    tested: z.strictObject({ examples: count, rightWithout: count, rightWith: count }).optional().meta({
      description: "The same of the test set; absent where there is none, and in heads made before it was asked",
    }),
  })
  .meta({
    description:
      "Labels that a teacher gave, whether they count, and of the people's labels that judged them (each left out) those answered rightly without and with them",
  });

const poolVerdict = z.strictObject(teacherVerdict.shape).meta({
  description:
    "The surest of the head's own answers to what the pool keeps of moved places and of keys, whether they count, and the same of people's labels that judged them",
});

const evaluation = z
  .strictObject({
    ...{ examples: count, accuracy: score, macroF1: score },
    ...{ logLoss: z.number(), expectedCalibrationError: z.number() },
    fewPhotos: z.boolean().optional().meta({
      description: "Too few photos that differ from each other to say reliably what is unlike them",
    }),
    doubtBelow: score.nullable().optional().meta({
      description:
        "A label with at most this score is perhaps a mistake where the answer is another. Null where fewer than half of the mistakes would be found so",
    }),
    taughtAccuracy: score.optional().meta({
      description:
        "Accuracy on the same examples by the head that has seen them: far above `accuracy`, it has learnt by heart. Absent in heads made before this was measured",
    }),
    strangers: strangers.optional(),
    teacher: teacherVerdict.optional(),
    pool: poolVerdict.optional(),
  })
  .meta({ id: "Evaluation", description: "Leave-one-out estimates" });

const tested = z.strictObject({ examples: count, right: count, strangers: count, found: count }).meta({
  description:
    'On the examples that were set aside when it was made: of those of its items how many it answered right, of those "not on the menu" how many it found to be none of the items. Null where there were none, and in heads made before',
});

const headFields = {
  version,
  statisticsVersion: count,
  classIds: z.array(classId),
  examples: count,
  rho: z.number().meta({ description: "Shrinkage of the covariance" }),
  temperature: z.number(),
  evaluation: evaluation.nullable(),
  tested: tested.nullable(),
  gate: z.strictObject({ passed: z.boolean(), reason: z.string(), says: says.optional() }).nullable(),
  parent: version.nullable().meta({ description: "The head that was live when this one was made" }),
  startedBy: z.enum(["cron", "admin"]),
  labelsReadAt: time.meta({ description: "Labels written later are not in it" }),
  labelsWaiting: count.meta({ description: "Earlier labels that are not in it either" }),
  rowsRead: count,
  rowsWritten: count,
  durationMs: count,
  createdAt: time,
  pinnedAt: time.nullable(),
  purgedAt: time.nullable().meta({ description: "When its weights were deleted" }),
  live: z.boolean(),
};

/** A version without what only `GET /v1/admin/heads/{version}` tells. */
export const head = z.strictObject(headFields).meta({ id: "Head" });

const replay = z.strictObject({
  replayed: count,
  changed: count,
  changes: z.array(z.strictObject({ photo: sampleId, from: classId, to: classId })),
});

const details = z.strictObject({
  perClass: z.array(
    z.strictObject({
      ...{ classId, examples: count, precision: score, recall: score },
      recallBefore: score.optional().meta({
        description:
          "Recall by the head that was live when this one was made, `parent`: what it has forgotten since. Absent where that did not measure it",
      }),
      curve: z.array(z.tuple([count, score])).optional(),
    }),
  ),
  confusions: z.array(z.strictObject({ given: classId, answered: classId, examples: count })),
  suspects: z.array(
    z.strictObject({
      ...{ photo: sampleId, given: classId, suggested: labelId },
      ...{ givenProbability: score, suggestedProbability: score },
    }),
  ),
});

const comparison = z
  .strictObject({
    from: version,
    to: version,
    evaluationFrom: evaluation.nullable(),
    evaluationTo: evaluation.nullable(),
    addedClasses: z.array(classId),
    removedClasses: z.array(classId),
    changedClasses: z.array(z.strictObject({ classId, recallFrom: score.nullable(), recallTo: score.nullable() })),
    examplesFrom: count,
    examplesTo: count,
    test: z
      .strictObject({ examples: count, rightFrom: count, rightTo: count, onlyFrom: count, onlyTo: count })
      .nullable()
      .meta({
        description:
          "Both on the same examples of the test set, those that neither has learnt from, of items that both know; `only`: right in that one alone. Null where there are none, or one has no weights any more",
      }),
  })
  .meta({ id: "HeadComparison" });

const place = { x: z.number(), y: z.number() };
const menuMap = z
  .strictObject({
    headVersion: version,
    items: z
      .array(z.strictObject({ label: classId, ...place, examples: count }))
      .meta({ description: "Where the mean of all examples of each item lies, in the order of the head" }),
    itemCount: count.meta({ description: "Items with examples, drawn or not" }),
    points: z.array(
      z.strictObject({
        ...{ photo: sampleId, label: classId, ...place },
        doubted: z.boolean().meta({ description: "Whether the head doubts the label" }),
        answered: classId.nullable().meta({ description: "What it answered otherwise, left out" }),
        ...{ picture: z.boolean(), text: z.string().nullable() },
      }),
    ),
    examples: count.meta({ description: "Examples of the items that are drawn, drawn themselves or not" }),
    shares: z.array(score).length(2).meta({
      description: "Of what sets the items apart, the share that lies across and upwards; the rest does not show",
    }),
    current: z.boolean().meta({ description: "False where labels have changed since the head was made" }),
  })
  .meta({ id: "MenuMap" });

const params = z.object({ version });
const pointer = z.strictObject({ liveVersion: version, held: z.boolean() }).meta({ id: "LivePointer" });

const headOperations = {
  "GET /v1/admin/heads": {
    id: "listHeads",
    summary: "Heads, newest first",
    query: numberedPage,
    answers: {
      200: json(
        "A page, and what is live",
        z
          .strictObject({
            ...{ heads: z.array(head), next: nextOf(version) },
            ...{ liveVersion: version.nullable(), held: z.boolean() },
          })
          .meta({ id: "Heads" }),
      ),
    },
    problems: ["bad_request"],
  },
  "GET /v1/admin/heads/compare": {
    id: "compareHeads",
    summary: "Two heads side by side",
    query: compareSchema,
    answers: { 200: json("What they know, how well, and where they differ", comparison) },
    problems: ["bad_request", "not_found"],
  },
  "GET /v1/admin/heads/:version": {
    id: "readHead",
    summary: "One head with its details",
    params,
    answers: {
      200: json(
        "The head; replay and details are null once it is purged",
        z
          .strictObject({ ...headFields, replay: replay.nullable(), details: details.nullable() })
          .meta({ id: "HeadReport" }),
      ),
    },
    problems: ["not_found"],
  },
  "GET /v1/admin/heads/:version/mistakes": {
    id: "listMistakes",
    summary: "What a head answered otherwise than labelled, each sample left out",
    description:
      "All of it, of one item, of one answer, or of one cell of the confusion matrix; with `complete` false only what the head doubted. Samples that have been forgotten since are left out, those with another label by now are not.",
    params,
    query: mistakesQuery,
    answers: {
      200: json(
        "A page, least probable label first",
        z
          .strictObject({
            headVersion: version,
            mistakes: z.array(mistake),
            total: count.nullable().meta({ description: "How many it made, on every page the same; null once purged" }),
            complete: z.boolean().meta({
              description:
                "False in heads made before all were kept, where there was no room for them, and in purged ones",
            }),
            next: nextOf(count),
          })
          .meta({ id: "Mistakes" }),
      ),
    },
    problems: ["bad_request", "not_found"],
  },
  "GET /v1/admin/heads/:version/map": {
    id: "drawMap",
    summary: "The examples of a head in two dimensions, as it sees them",
    description:
      "Along the two directions that tell the items apart best, each example where it would lie had the head never seen it. One unit is how far examples of an item typically differ. At most 100 items, those with most examples, and 1,000 examples, the same ones each time. A first call after a training run reads the statistics.",
    params,
    answers: { 200: json("The map", menuMap) },
    problems: ["not_found", "no_head", "backbone_mismatch", "backbone_unavailable"],
  },
  "GET /v1/admin/heads/:version/onnx": {
    id: "exportHead",
    summary: "One head with its backbone, as a file that runs without Headstart",
    description:
      "For photos an ONNX file, for texts a ZIP of `model.onnx`, `tokenizer.json` and `labels.json`. Outputs are `scores` in the order of the items, `none`, `unknown`, `undecided` and `strangeness`; items and preprocessing stand in the metadata, under `headstart`. Names and thresholds are today's. Not found where a model service reads the texts.",
    params,
    answers: {
      200: {
        description: "The file, as an attachment",
        content: { "application/onnx": bytes, "application/zip": bytes },
      },
    },
    problems: ["not_found", "head_purged", "no_head", "backbone_mismatch", "backbone_unavailable"],
  },
  "POST /v1/admin/heads/:version/activate": {
    id: "activateHead",
    summary: "Makes a head live: a rollback, or an admin's word against the gate",
    description: "With `hold`, later heads wait.",
    params,
    body: optionalJsonBody(activateSchema),
    answers: { 200: json("What is live now", pointer) },
    problems: [...BODY_PROBLEMS, "not_found", "head_purged", "backbone_mismatch", "backbone_unavailable"],
  },
  "PATCH /v1/admin/heads/:version": {
    id: "pinHead",
    summary: "Keeps a head's weights whatever its age, or lets them go",
    params,
    body: jsonBody(pinSchema),
    answers: { 200: json("As asked", z.strictObject({ version, pinned: z.boolean() }).meta({ id: "PinnedHead" })) },
    problems: [...BODY_PROBLEMS, "not_found", "head_purged"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations on versions of the head. */
export const headGroup: OperationGroup = {
  tag: "Heads",
  description: "Versions of what is trained on the labels.",
  operations: headOperations,
};
