/** `POST /v1/classify`: photos, texts or a device's embedding in, ranked items out. */
import type { Context } from "hono";
import { classify, type Sent } from "../application/classify.ts";
import { decodeEmbeddingMessage, EMBEDDING_TYPE, MAX_MESSAGE_BYTES } from "../head/embedding-message.ts";
import { classificationOperations } from "../operations/classification.ts";
import { embeddingOfAnotherBackbone, embeddingUnusable } from "../shared/english/inputs.ts";
import { togetherOfTexts } from "../shared/english/photos.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels/labels.ts";
import { callerOf, refuseExplanation } from "./access/caller.ts";
import { checkHuman } from "./access/human-check.ts";
import type { AppEnv } from "./app-env.ts";
import { mediaType, readBytes } from "./body/request-body.ts";
import { findModality } from "./modality/find-modality.ts";
import { serve } from "./serve.ts";

/*
 * The embedding that a device computed from a photo or a text which it keeps. The server cannot know whether there is one behind it,
 * so it gets an id of its own kind and the origin `device`, which its receipt carries on.
 */

/** True when the request says that it carries an embedding instead of a sample. */
export function isEmbedding(c: Context<AppEnv>): boolean {
  return mediaType(c) === EMBEDDING_TYPE;
}

/**
 * Reads and checks it. The sample's id is made of the whole message, not of a sample: equal embeddings are one sample, and no sender
 * can choose the id of one that the server has seen.
 */
async function readEmbeddingBody(c: Context<AppEnv>): Promise<Result<EmbeddedSample, Problem>> {
  const bytes = await readBytes(c, MAX_MESSAGE_BYTES);
  if (!bytes.ok) return bytes;
  const services = c.get("services");
  const { manifest } = await services.loadEmbedder();
  const expected = { backboneId: manifest.id, dimension: manifest.output.dimension };
  const message = decodeEmbeddingMessage(bytes.value, expected);
  if (message.ok) {
    const { identifyMessage } = await findModality(services);
    const sampleId = await identifyMessage(bytes.value);
    return ok({ sampleId, ...message.value, origin: "device" });
  }
  if (message.error.code !== "other_backbone") return err(embeddingUnusable({ fault: message.error.message }));
  return err(embeddingOfAnotherBackbone({ backbone: manifest.id }));
}

/** Of `classificationOperations`. */
export const classifyHandlers = [
  serve(classificationOperations.classifyPhoto, async (c, { query }) => {
    const { top_k: topK, head: version, explain: photos, place: from, together } = query;
    const refusal = photos === undefined ? null : refuseExplanation(c);
    if (refusal !== null) return err(refusal);
    const embedded = isEmbedding(c) ? await readEmbeddingBody(c) : null;
    if (embedded?.ok === false) return embedded;
    const read = async () => (embedded === null ? readSent(c, together === "true") : ok({ embedded: embedded.value }));
    return classify(c.get("services"), callerOf(c), { topK, version, photos, from }, read);
  }),
];

/** What the request carries, as this deployment reads it. */
async function readSent(c: Context<AppEnv>, isOne: boolean): Promise<Result<Sent, Problem>> {
  const modality = await findModality(c.get("services"));
  if (isOne && !modality.joinsSamples) return err(togetherOfTexts());
  const sent = await modality.readQuestion(c);
  if (!sent.ok) return sent;
  const human = await checkHuman(c, sent.value.fields);
  return human.ok ? ok({ ...sent.value, isOne }) : human;
}
