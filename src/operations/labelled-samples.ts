/** A labelled photo, the labelled photos behind an answer, and what they looked like, as the document has them. */
import { z } from "zod";
import { KEPT_PICTURES, PURPOSES } from "../shared/closed-lists.ts";
import { once } from "../shared/once.ts";
import { classId, contributor, count, labelId, origin, photoCount, sampleId, score, time, version } from "./common.ts";
import { bytes, json, needs, type Operations } from "./operation.ts";

const fields = once(() => ({
  photo: sampleId,
  label: labelId,
  source: z.enum(["admin", "import", "guest", "auto"]),
  contributor,
  origin,
  purpose: z.enum(PURPOSES).meta({ description: "`test`: heads are judged on it and never learn from it" }),
  absorbed: z.boolean().meta({
    description:
      "Whether the statistics hold it as it stands; of one that is set aside, whether they hold nothing of it",
  }),
  createdAt: time,
  labelledAt: time,
  confirmedAt: time.nullable().meta({ description: "When staff said that a doubted label is right" }),
  picture: z.boolean().meta({ description: "Whether a picture is kept: `GET /v1/admin/examples/{photo}/picture`" }),
  text: z.string().nullable().meta({ description: "Where the deployment reads texts and keeps them: how it begins" }),
}));

/** A labelled photo or text as lists and changes answer with it. */
export const example = once(() => z.strictObject(fields()).meta({ id: "Example" }));

/** A labelled photo or text that a head answered differently. */
export const mistake = once(() =>
  z
    .strictObject({
      ...fields(),
      given: classId.meta({ description: "What it was labelled as then; `label` is what it is labelled as now" }),
      answered: classId,
      givenProbability: score,
      answeredProbability: score,
    })
    .meta({ id: "Mistake" }),
);

const speaking = once(() =>
  z
    .strictObject({ ...fields(), contribution: z.number().meta({ description: "What it adds to `fromPhotos`" }) })
    .meta({ id: "SpeakingPhoto" }),
);

/** Why an item is answered rather than its rival, in photos. */
export const explanation = once(() =>
  z
    .strictObject({
      answer: classId,
      rival: classId.meta({ description: "The item that the answer is compared with: the best of the others" }),
      margin: z.number().meta({ description: "log(score of the answer / score of the rival)" }),
      fromPhotos: z.number().meta({
        description:
          "The part of the margin that the photos of both items make, all of them. The rest belongs to no photo: the allowance for small items, the prior, rounding.",
      }),
      for: z.array(speaking()).meta({ description: "Strongest first, like those against" }),
      against: z.array(speaking()),
      weighed: count.meta({ description: "Photos of both items that were weighed one by one" }),
      learned: count.meta({ description: "Photos of both items that the head's statistics hold" }),
      capped: z
        .boolean()
        .meta({ description: "Whether an item has more photos than are weighed; always the same ones" }),
      current: z.boolean().meta({
        description: "False where the head was learnt from other labels than the statistics hold by now",
      }),
    })
    .meta({ id: "Explanation" }),
);

/** The query of one picture. */
export const pictureQuery = z.strictObject({
  size: z.enum(["small", "full", "original"]).default("small").meta({
    description:
      "`full`: the sample itself, where the deployment keeps originals and has this one; else the small picture. `original`: the sample itself, or 404",
  }),
});

const item = z.string().min(1).max(64).optional();

/** Both items may be absent: the live head then explains its own answer against its runner-up. */
export const explanationQuery = z.strictObject({
  answer: item.meta({ description: "The item to explain; the live head's answer by default" }),
  rival: item.meta({ description: "The item to compare it with; the best of the others by default" }),
  limit: photoCount.default(5).meta({ description: "Photos to name on each side" }),
});

const store = once(() =>
  z.strictObject({
    kept: count,
    bytes: count,
    mostBytes: count.meta({ description: "Above it none is added" }),
  }),
);

const keptPictures = once(() =>
  z.strictObject({ keeps: z.enum(KEPT_PICTURES), small: store(), originals: store() }).meta({ id: "KeptPictures" }),
);

const photoParam = once(() => z.object({ photo: sampleId }));

/** The operations that show photos. */
export const pictureOperations = {
  countPictures: {
    route: "GET /v1/admin/pictures",
    access: needs("review"),
    summary: "How many pictures of examples are kept, and their size",
    answers: {
      200: json("Small pictures, or beginnings of texts, in the database; originals in the bucket", keptPictures),
    },
    problems: [],
  },
  getPicture: {
    route: "GET /v1/admin/examples/:photo/picture",
    access: needs("review"),
    summary: "What an example looked like, if the operator keeps pictures (`KEEP_PICTURES`)",
    description:
      "A picture of at most 256 x 256 pixels, whole and upright; where texts are read, the first 2,000 characters. With `size=full` the photo as a WebP of at most 1,024 x 1,024 pixels, or the whole text, where that is kept (`KEEP_PICTURES`: `originals`).",
    params: photoParam,
    query: pictureQuery,
    answers: {
      200: {
        description: "The picture, or the text",
        content: { "image/webp": bytes, "image/jpeg": bytes, "image/png": bytes, "text/plain": z.string() },
      },
    },
    problems: ["bad_request", "not_found"],
  },
  explainPhoto: {
    route: "GET /v1/admin/photos/:photo/explanation",
    access: needs("review"),
    summary: "Which labelled photos speak for the answer to a stored photo, and which against it",
    description:
      "For a labelled photo, or one that a correction is about. The first call after a training run reads the statistics; each call weighs at most 500 photos of each of the two items.",
    params: photoParam,
    query: explanationQuery,
    answers: {
      200: json("The photos; null where there is nothing to weigh", () =>
        z
          .strictObject({ headVersion: version, explanation: explanation().nullable() })
          .meta({ id: "PhotoExplanation" }),
      ),
    },
    problems: ["bad_request", "not_found", "no_head", "unknown_class"],
  },
} as const satisfies Operations;
