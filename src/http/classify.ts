/** `POST /v1/classify`: a photo, a text or a device's embedding in, ranked menu items out. Writes nothing. */
import { type Context, Hono } from "hono";
import { setMetric } from "hono/timing";
import { z } from "zod";
import type { TextReader } from "../backbone/text-reader.ts";
import { type Prediction, predict } from "../head/predict.ts";
import { nameIn } from "../shared/language.ts";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { countLabels } from "../store/class-counts.ts";
import { type ServedHead, serveHead } from "../store/head-cache.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import { listClasses } from "../store/menu.ts";
import { explainMissingHead } from "../training/policy.ts";
import type { AppEnv } from "./app-env.ts";
import { embedPhoto } from "./embed-photo.ts";
import { embedText } from "./embed-text.ts";
import { isEmbedding, readEmbeddingBody } from "./embedding-body.ts";
import { type ExplanationBody, explainPrediction, photoCount, refuseExplanation } from "./explanation.ts";
import { checkHuman } from "./human-check.ts";
import { chooseLanguage } from "./item-language.ts";
import { noteAnswer } from "./note-answer.ts";
import { readPhotoBody } from "./photo-body.ts";
import { respondProblem } from "./problem-response.ts";
import { deriveReceiptKey, sealReceipt } from "./receipt.ts";
import { checkFields } from "./request-body.ts";
import { readTextBody } from "./text-body.ts";

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
      "Labelled photos to name that spoke for the answer, and as many against it: for those who may list examples (role `review`)",
  }),
});

export const classifyRoutes = new Hono<AppEnv>().post("/", async (c) => {
  const query = checkFields(c.req.query(), classifyQuery);
  if (!query.ok) return respondProblem(c, query.error);
  const { top_k: topK, head, explain: photos } = query.value;
  const refusal = photos === undefined ? null : refuseExplanation(c);
  if (refusal !== null) return respondProblem(c, refusal);
  const answer = await classifySent(c, topK, head, photos);
  return answer.ok ? c.json(answer.value) : respondProblem(c, answer.error);
});

/** One item of an answer. */
export interface AnswerItem {
  readonly label: string;
  readonly name: string;
  readonly score: number;
  /** Labelled photos it was learnt from; only where the operator shows them and the head knows. */
  readonly examples?: number;
}

/** What `docs/api.md` calls an answer. */
export interface Answer {
  /** Best first; the scores of all items and `none` add up to 1. */
  readonly predictions: readonly AnswerItem[];
  /** The probability that it is none of them. */
  readonly none: number;
  /** Unlike anything taught. */
  readonly unknown: boolean;
  /** Between items of the menu. */
  readonly undecided: boolean;
  /** Share of the menu's own photos that look stranger than this one; null from a head that cannot tell. */
  readonly strangeness: number | null;
  /** Whether the head was taught too few photos to say reliably what is unlike them. */
  readonly fewPhotos: boolean;
  readonly headVersion: number;
  readonly backboneId: string;
  readonly receipt: string;
  /** ISO 8601. */
  readonly receiptExpiresAt: string;
  /** The photos behind it; only where they were asked for, null where there is nothing to weigh. */
  readonly explanation?: ExplanationBody;
}

/**
 * Classifies what the request carries, with the `topK` best items; `version` asks for another head than the live one, `photos` for
 * so many that speak for the answer and against it.
 */
export async function classifySent(
  c: Context<AppEnv>,
  topK: number,
  version?: number,
  photos?: number,
): Promise<Result<Answer, Problem>> {
  const sent = isEmbedding(c) ? await readEmbeddingBody(c) : null;
  if (sent?.ok === false) return sent;
  const served = await findServedHead(c, version);
  if (!served.ok) return served;
  const found = sent === null ? await embedSent(c) : sent;
  if (!found.ok) return found;
  const prediction = predictFor(c, found.value, served.value);
  const head = { version: served.value.version, isPinned: version !== undefined };
  noteAnswer(c, prediction, head, found.value.origin);
  const answer = await toAnswer(c, found.value, served.value, prediction, topK);
  if (photos === undefined) return ok(answer);
  const explanation = await explainPrediction(c, served.value, found.value.embedding, prediction, { photos });
  return explanation.ok ? ok({ ...answer, explanation: explanation.value }) : explanation;
}

function predictFor(c: Context<AppEnv>, photo: EmbeddedSample, { head, names, thresholds }: ServedHead): Prediction {
  const start = performance.now();
  const prediction = predict(head, photo.embedding, (classId) => !names.has(classId), thresholds);
  setMetric(c, "head", performance.now() - start);
  return prediction;
}

async function toAnswer(
  c: Context<AppEnv>,
  photo: EmbeddedSample,
  { names, translations, version, languages, evidence, fewPhotos }: ServedHead,
  prediction: Prediction,
  topK: number,
): Promise<Answer> {
  const { config, clock } = c.get("services");
  const language = chooseLanguage(c, languages);
  const speakFor = (id: string) => {
    const examples = config.showEvidence ? evidence.get(id) : undefined;
    return examples === undefined ? {} : { examples };
  };
  const nameOf = (id: string) => nameIn(language, names.get(id) ?? id, translations.get(id) ?? {});
  const predictions = prediction.scores
    .slice(0, topK)
    .map(({ classId, score }) => ({ label: classId, name: nameOf(classId), score, ...speakFor(classId) }));
  const expiresAt = clock() + config.receiptTtlMs;
  const guess = predictions[0]?.label ?? null;
  const receipt = await sealReceipt({ photo, guess, expiresAt }, await deriveReceiptKey(config.receiptSecret));
  return {
    predictions,
    none: prediction.none,
    unknown: prediction.isUnknown,
    undecided: prediction.isUndecided,
    strangeness: prediction.strangeness,
    fewPhotos,
    headVersion: version,
    backboneId: photo.backboneId,
    receipt,
    receiptExpiresAt: new Date(expiresAt).toISOString(),
  };
}

/** The photo or the text that the request carries, by what this deployment reads. */
async function embedSent(c: Context<AppEnv>): Promise<Result<EmbeddedSample, Problem>> {
  const backbone = await c.get("services").loadEmbedder();
  return backbone.modality === "text" ? embedSentText(c, backbone) : embedSentPhoto(c);
}

async function embedSentText(c: Context<AppEnv>, reader: TextReader): Promise<Result<EmbeddedSample, Problem>> {
  const text = await readTextBody(c);
  if (!text.ok) return text;
  const human = await checkHuman(c, {});
  if (!human.ok) return human;
  const embedded = await embedText(c, reader, text.value);
  return embedded.ok ? ok(embedded.value.sample) : embedded;
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

/** The live head, or the version asked for; the menu is today's either way. */
async function findServedHead(c: Context<AppEnv>, version?: number): Promise<Result<ServedHead, Problem>> {
  const { db, readServedHead, loadEmbedder, clock } = c.get("services");
  const live = await readServedHead(db, clock());
  if (live === null) return err(problem("no_head", await explain(c)));
  const chosen = version === undefined || version === live.version ? ok(live) : await findPinnedHead(c, live, version);
  if (!chosen.ok) return chosen;
  const served = chosen.value;
  const { manifest } = await loadEmbedder();
  if (served.backboneId !== manifest.id) {
    const detail =
      `The live head was trained on embeddings of backbone ${served.backboneId.slice(0, 12)}, this deployment runs ` +
      `${manifest.name}. Put the old backbone back, or start a new database and import the photos again.`;
    return err(problem("backbone_mismatch", detail));
  }
  return ok(served);
}

async function findPinnedHead(
  c: Context<AppEnv>,
  live: ServedHead,
  version: number,
): Promise<Result<ServedHead, Problem>> {
  const { db, readServedHead, readPinnedHead, clock } = c.get("services");
  const pinned = await readPinnedHead(db, version, clock());
  if (!pinned.ok) return pinned;
  // A menu from before the head may lack an item that the head has learnt, and would leave it out of the answer.
  const menu = await readServedHead(db, clock(), pinned.value.knownSince);
  return ok(serveHead(version, pinned.value, (menu ?? live).menu));
}

async function explain(c: Context<AppEnv>): Promise<string> {
  const { db } = c.get("services");
  const active = (await listClasses(db)).items.filter((item) => !item.archived);
  const withPhotos = active.filter((item) => item.examples > 0);
  return explainMissingHead(active.length, withPhotos.length, (await countLabels(db)).pending);
}
