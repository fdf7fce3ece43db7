/** `POST /v1/classify`: a photo, texts or a device's embedding in, ranked menu items out. Writes nothing. */
import { type Context, Hono } from "hono";
import { setMetric } from "hono/timing";
import { z } from "zod";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import { type Answer, type Asked, answerSample } from "./answer.ts";
import type { AppEnv } from "./app-env.ts";
import { type AnswerList, classifyTexts } from "./classify-texts.ts";
import { embedPhoto } from "./embed-photo.ts";
import { isEmbedding, readEmbeddingBody } from "./embedding-body.ts";
import { photoCount, refuseExplanation } from "./explanation.ts";
import { checkHuman } from "./human-check.ts";
import { readPhotoBody } from "./photo-body.ts";
import { respondProblem } from "./problem-response.ts";
import { checkFields } from "./request-body.ts";
import { findServedHead } from "./served-head.ts";

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
  explain: photoCount.optional().meta({
    description:
      "Labelled photos or texts to name that spoke for the answer, and as many against it: for those who may list examples (role `review`)",
  }),
});

/** Mounted at `/v1/classify`. */
export const classifyRoutes = new Hono<AppEnv>().post("/", async (c) => {
  const query = checkFields(c.req.query(), classifyQuery);
  if (!query.ok) return respondProblem(c, query.error);
  const { top_k: topK, head: version, explain: photos } = query.value;
  const refusal = photos === undefined ? null : refuseExplanation(c);
  if (refusal !== null) return respondProblem(c, refusal);
  const answer = await classifySent(c, { topK, version, photos });
  return answer.ok ? c.json(answer.value) : respondProblem(c, answer.error);
});

/** What the request carries, by what this deployment reads; a list is answered by a list. */
async function classifySent(c: Context<AppEnv>, asked: Asked): Promise<Result<Answer | AnswerList, Problem>> {
  const embedded = isEmbedding(c) ? await readEmbeddingBody(c) : null;
  if (embedded?.ok === false) return embedded;
  const served = await findServedHead(c, asked.version);
  if (!served.ok) return served;
  if (embedded !== null) return answerSample(c, embedded.value, served.value, asked);
  const backbone = await c.get("services").loadEmbedder();
  if (backbone.modality === "text") return classifyTexts(c, backbone, served.value, asked);
  const photo = await embedSentPhoto(c);
  return photo.ok ? answerSample(c, photo.value, served.value, asked) : photo;
}

/** The photo of a form, for a page. */
export async function classifySentPhoto(c: Context<AppEnv>, asked: Asked): Promise<Result<Answer, Problem>> {
  const served = await findServedHead(c);
  if (!served.ok) return served;
  const photo = await embedSentPhoto(c);
  return photo.ok ? answerSample(c, photo.value, served.value, asked) : photo;
}

async function embedSentPhoto(c: Context<AppEnv>): Promise<Result<EmbeddedSample, Problem>> {
  const body = await readPhotoBody(c);
  if (!body.ok) return body;
  const human = await checkHuman(c, body.value.fields);
  if (!human.ok) return human;
  const embedded = await embedPhoto(c, body.value.image.bytes);
  if (!embedded.ok) return embedded;
  setMetric(c, "decode", embedded.value.times.decodeMs);
  setMetric(c, "embed", embedded.value.times.embedMs);
  return ok(embedded.value.photo);
}
