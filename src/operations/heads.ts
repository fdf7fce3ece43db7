/** Versions of the head. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { classId, count, labelId, nextOf, numberedPage, pageFields, sampleId, score, version } from "./common.ts";
import { whenMissing } from "./field-faults.ts";
import { evaluation, head, headFields } from "./head-schemas.ts";
import { mistake } from "./labelled-samples.ts";
import { BODY_PROBLEMS, bytes, json, jsonBody, needs, type Operations, optionalJsonBody } from "./operation.ts";

/** A head as a path or a query names it. */
export const askedVersion = z.coerce.number({ error: "is not a head's number" }).int().positive();

/** The query of `GET /v1/admin/heads/compare`. */
export const compareSchema = z.strictObject({
  from: askedVersion.meta({ description: "A head's number" }),
  to: askedVersion.meta({ description: "Another one's" }),
});

/** With `hold` no later head goes live by itself. */
export const activateSchema = z.strictObject({ hold: z.boolean().default(false) });

/** A pinned head keeps its weights, however old it gets. */
export const pinSchema = z.strictObject({
  pinned: z.boolean({ error: whenMissing("true keeps the head, false lets it go") }),
});

const item = z.string().min(1).max(64).optional();

/** The query of `GET /v1/admin/heads/{version}/mistakes`: a cell, a row or a column of the matrix, or all of it. */
export const mistakesQuery = z.strictObject({
  label: item.meta({ description: "Samples that were labelled as this item, by its id" }),
  said: item.meta({ description: "Samples that were answered as this item, by its id" }),
  ...pageFields(z.coerce.number().int().positive()),
});

const replay = once(() =>
  z.strictObject({
    replayed: count,
    changed: count,
    changes: z.array(z.strictObject({ photo: sampleId, from: classId, to: classId })),
  }),
);

const details = once(() =>
  z.strictObject({
    perClass: z.array(
      z.strictObject({
        classId,
        examples: count,
        precision: score,
        recall: score,
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
        photo: sampleId,
        given: classId,
        suggested: labelId,
        givenProbability: score,
        suggestedProbability: score,
      }),
    ),
  }),
);

const comparison = once(() =>
  z
    .strictObject({
      from: version,
      to: version,
      evaluationFrom: evaluation().nullable(),
      evaluationTo: evaluation().nullable(),
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
    .meta({ id: "HeadComparison" }),
);

const place = once(() => ({ x: z.number(), y: z.number() }));

const menuMap = once(() =>
  z
    .strictObject({
      headVersion: version,
      items: z
        .array(z.strictObject({ label: classId, ...place(), examples: count }))
        .meta({ description: "Where the mean of all examples of each item lies, in the order of the head" }),
      itemCount: count.meta({ description: "Items with examples, drawn or not" }),
      points: z.array(
        z.strictObject({
          photo: sampleId,
          label: classId,
          ...place(),
          doubted: z.boolean().meta({ description: "Whether the head doubts the label" }),
          answered: classId.nullable().meta({ description: "What it answered otherwise, left out" }),
          picture: z.boolean(),
          text: z.string().nullable(),
        }),
      ),
      examples: count.meta({ description: "Examples of the items that are drawn, drawn themselves or not" }),
      shares: z.array(score).length(2).meta({
        description: "Of what sets the items apart, the share that lies across and upwards; the rest does not show",
      }),
      current: z.boolean().meta({ description: "False where labels have changed since the head was made" }),
    })
    .meta({ id: "MenuMap" }),
);

const params = once(() => z.object({ version }));

const pointer = once(() => z.strictObject({ liveVersion: version, held: z.boolean() }).meta({ id: "LivePointer" }));

/** The operations on versions of the head. */
export const headOperations = {
  listHeads: {
    route: "GET /v1/admin/heads",
    access: needs("review"),
    isTagged: true,
    summary: "Heads, newest first",
    query: numberedPage,
    answers: {
      200: json("A page, and what is live", () =>
        z
          .strictObject({
            heads: z.array(head()),
            next: nextOf(version),
            liveVersion: version.nullable(),
            held: z.boolean(),
          })
          .meta({ id: "Heads" }),
      ),
    },
    problems: ["bad_request"],
  },
  compareHeads: {
    route: "GET /v1/admin/heads/compare",
    access: needs("review"),
    summary: "Two heads side by side",
    query: compareSchema,
    answers: { 200: json("What they know, how well, and where they differ", comparison) },
    problems: ["bad_request", "not_found"],
  },
  readHead: {
    route: "GET /v1/admin/heads/:version",
    access: needs("review"),
    isTagged: true,
    summary: "One head with its details",
    params,
    answers: {
      200: json("The head; replay and details are null once it is purged", () =>
        z
          .strictObject({ ...headFields(), replay: replay().nullable(), details: details().nullable() })
          .meta({ id: "HeadReport" }),
      ),
    },
    problems: ["not_found"],
  },
  listMistakes: {
    route: "GET /v1/admin/heads/:version/mistakes",
    access: needs("review"),
    summary: "Where a head's answers differ from the labels, each sample left out",
    description:
      "All of it, of one item, of one answer, or of one cell of the confusion matrix; with `complete` false only what the head doubted. Samples that have been forgotten since are left out, those with another label by now are not.",
    params,
    query: mistakesQuery,
    answers: {
      200: json("A page, least probable label first", () =>
        z
          .strictObject({
            headVersion: version,
            mistakes: z.array(mistake()),
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
  drawMap: {
    route: "GET /v1/admin/heads/:version/map",
    access: needs("review"),
    summary: "The examples of a head in two dimensions, as it sees them",
    description:
      "Along the two directions that tell the items apart best, each example where it would lie had the head never seen it. One unit is how far examples of an item typically differ. At most 100 items, those with most examples, and 1,000 examples, the same ones each time. A first call after a training run reads the statistics.",
    params,
    answers: { 200: json("The map", menuMap) },
    problems: ["not_found", "no_head", "backbone_mismatch", "backbone_unavailable"],
  },
  exportHead: {
    route: "GET /v1/admin/heads/:version/onnx",
    access: needs("admin"),
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
  activateHead: {
    route: "POST /v1/admin/heads/:version/activate",
    access: needs("admin"),
    summary: "Makes a head live: a rollback, or an admin's word against the gate",
    description: "With `hold`, later heads wait.",
    params,
    body: optionalJsonBody(activateSchema),
    answers: { 200: json("What is live now", pointer) },
    problems: [...BODY_PROBLEMS, "not_found", "head_purged", "backbone_mismatch", "backbone_unavailable"],
  },
  pinHead: {
    route: "PATCH /v1/admin/heads/:version",
    access: needs("admin"),
    summary: "Keeps a head's weights whatever its age, or lets them go",
    params,
    body: jsonBody(pinSchema),
    answers: {
      200: json("As asked", () => z.strictObject({ version, pinned: z.boolean() }).meta({ id: "PinnedHead" })),
    },
    problems: [...BODY_PROBLEMS, "not_found", "head_purged"],
  },
} as const satisfies Operations;
