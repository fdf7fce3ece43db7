/**
 * The embedding that a device computed from a photo or a text which it keeps. The server cannot know whether there is one behind it,
 * so it gets an id of its own kind and the origin `device`, which its receipt carries on.
 */

import type { Context } from "hono";
import { decodeEmbeddingMessage, EMBEDDING_TYPE, MAX_MESSAGE_BYTES } from "../head/embedding-message.ts";
import { embeddingOfAnotherBackbone, embeddingUnusable } from "../shared/english/inputs.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import type { AppEnv } from "./app-env.ts";
import { findModality } from "./modality/find-modality.ts";
import { mediaType, readBytes } from "./request-body.ts";

/** True when the request says that it carries an embedding instead of a sample. */
export function isEmbedding(c: Context<AppEnv>): boolean {
  return mediaType(c) === EMBEDDING_TYPE;
}

/**
 * Reads and checks it. The sample's id is made of the whole message, not of a sample: equal embeddings are one sample, and no sender
 * can choose the id of one that the server has seen.
 */
export async function readEmbeddingBody(c: Context<AppEnv>): Promise<Result<EmbeddedSample, Problem>> {
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
