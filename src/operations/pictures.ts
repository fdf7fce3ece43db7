/** What labelled photos looked like, and which of them speak for an answer. */
import { z } from "zod";
import { KEPT_PICTURES } from "../shared/kept-pictures.ts";
import { once } from "../shared/once.ts";
import { needs } from "./access-rule.ts";
import { count, photoCount, sampleId, version } from "./common.ts";
import { explanation } from "./labelled-samples.ts";
import { bytes, json, type Operations } from "./operation.ts";

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
