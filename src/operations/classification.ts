/** Photos, texts or embeddings in, ranked items out. */
import { z } from "zod";
import { EMBEDDING_TYPE } from "../head/embedding-message.ts";
import { once } from "../shared/once.ts";
import { itemId } from "./class-fields.ts";
import { backboneId, classId, count, humanHeader, innerProblem, photoCount, score, time, version } from "./common.ts";
import { explanation } from "./labelled-samples.ts";
import type { AnswerOf } from "./operation.ts";
import { bytes, HUMAN_PROBLEMS, json, needs, type Operations, PHOTO_PROBLEMS } from "./operation.ts";
import { textBatchSchema } from "./sample-fields.ts";

/** Photos that one question may hold: at a tenth of a second each, nobody waits long for the last one. */
export const MAX_ASKED_PHOTOS = 16;

/** The query of `POST /v1/classify`; `top_k` has the name that Hugging Face's clients send. */
export const classifyQuery = z.object({
  top_k: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(5)
    .meta({ description: "How many items the answer names, best first" }),
  head: z.coerce
    .number({ error: "is not a head's number" })
    .int()
    .positive()
    .optional()
    .meta({ description: "A head to ask instead of the live one, by its number" }),
  place: itemId
    .optional()
    .meta({ description: "Where the photo or text comes from: the id of a place that staff have made" }),
  together: z
    .enum(["true", "false"])
    .default("false")
    .meta({ description: "`true`: the photos are of one thing and get one answer, by the mean of their embeddings" }),
  explain: photoCount.optional().meta({
    description:
      "Labelled photos or texts to name that spoke for the answer, and as many against it: for those who may list examples (role `review`)",
  }),
});

const prediction = once(() =>
  z.strictObject({
    label: classId,
    name: z.string(),
    score,
    byDescription: z.literal(true).optional().meta({
      description:
        "There where the head knows the item by its description alone, because it has no example yet: only where texts are read. The score is a first guess",
    }),
    examples: count.optional().meta({
      description:
        "Labelled photos that the head learnt the item from. There while `SHOW_EVIDENCE` is `true`; not for heads from before they were counted.",
    }),
  }),
);

const classification = once(() =>
  z
    .strictObject({
      predictions: z
        .array(prediction())
        .meta({ description: "Best first. The scores of all items and `none` add up to 1" }),
      none: score.meta({
        description:
          "The probability that it is none of the items: at least 1/2 where the photo is unlike anything taught",
      }),
      unknown: z.boolean().meta({
        description:
          "Unlike anything taught: `strangeness` is at most `UNKNOWN_ALPHA`. Or the best item stays below its own `threshold`",
      }),
      undecided: z.boolean().meta({ description: "Between items of the menu: the scores are too even to prefer one" }),
      strangeness: score.nullable().meta({
        description:
          "Share of the menu's own photos that look stranger than this one: near 0 for what was never taught. Null from heads made before this was measured, which call unknown what is undecided",
      }),
      unread: z.literal(true).optional().meta({
        description:
          "Present if the backbone could read nothing of a text: only signs, or a script it does not know. Then only the characters decide, and an answer by a description is `unknown`",
      }),
      fewPhotos: z.boolean().meta({
        description:
          "The head was taught too few photos that differ from each other to show a share of `UNKNOWN_ALPHA` (fewer than about 20 at .05): `strangeness`, `none` and `unknown` are a guess",
      }),
      headVersion: version,
      backboneId,
      receipt: z.string().meta({ description: "Sealed; carries the embedding, so that a correction needs no photo" }),
      receiptExpiresAt: time,
      photos: count.optional().meta({
        description: "There where `together` was asked for: the different photos that it is of",
      }),
      place: z
        .strictObject({
          id: itemId,
          moved: z.boolean().meta({ description: "Whether the scores are shifted for it" }),
        })
        .optional()
        .meta({
          description:
            "Where the answer takes the photo or text to be from: the place in the query, otherwise the key's, otherwise the text's language; absent where that is no place of staff's",
        }),
      explanation: explanation().nullable().optional().meta({
        description: "There where `explain` was asked for; null where there is nothing to weigh",
      }),
    })
    .meta({ id: "Classification" }),
);

/** One of many that could not be used. */
export const refusedRow = once(() => z.strictObject({ problem: innerProblem }));

const classified = once(() =>
  z.union([
    classification(),
    z
      .strictObject({
        results: z.array(z.union([z.strictObject({ answer: classification() }), refusedRow()])),
        answered: count,
        refused: count,
      })
      .meta({ id: "ClassificationList" }),
  ]),
);

/** A photo as JSON carries it. */
export const photoText = z
  .object({ inputs: z.string().meta({ description: "The photo in base64, or as a data URL" }) })
  .meta({ description: "As clients of Hugging Face send it" });

/** A text, where the deployment reads texts. */
export const plainText = z.string().meta({ description: "In UTF-8; where the deployment reads texts" });

/** A photo as the raw body, as a field of a form, or as text. */
export const photoContent = {
  "image/jpeg": bytes,
  "image/png": bytes,
  "image/webp": bytes,
  "image/gif": bytes,
  "application/octet-stream": bytes,
  "multipart/form-data": z.object({ image: bytes }),
  "application/json": photoText,
};

type Answer = AnswerOf<typeof classificationOperations.classifyPhoto>;
/** The answer to a list. */
export type ClassifiedList = Extract<Answer, { readonly results: unknown }>;
/** The answer to one sample. */
export type Classified = Exclude<Answer, ClassifiedList>;

/** The operation that answers. */
export const classificationOperations = {
  classifyPhoto: {
    route: "POST /v1/classify",
    access: needs("classify", "publicClassify"),
    summary: "A photo or up to 16, a text or up to 64, or a device's embedding in; ranked menu items out",
    description:
      "Writes nothing. Two to 16 files in the field `image` of a form are answered by a list, like a list of texts; with `together` they are of one thing and get one answer and one receipt, and one that cannot be used refuses them all. The file's own bytes decide what it is, whatever the content type. `docs/api.md` explains the embedding's bytes.",
    query: classifyQuery,
    body: {
      content: {
        ...photoContent,
        "multipart/form-data": z.object({ image: z.union([bytes, z.array(bytes).max(MAX_ASKED_PHOTOS)]) }),
        "application/json": z.union([photoText, textBatchSchema]),
        "text/plain": plainText,
        [EMBEDDING_TYPE]: bytes,
      },
    },
    answers: { 200: json("What the head makes of it; of a list, of each in its place", classified) },
    headers: humanHeader,
    problems: [
      ...PHOTO_PROBLEMS,
      ...HUMAN_PROBLEMS,
      ...(["no_head", "not_found", "head_purged", "invalid_embedding", "backbone_mismatch"] as const),
    ],
  },
} as const satisfies Operations;
