/** From a photo in a request to an embedding, for every route that takes photos. */
import type { Context } from "hono";
import { photoToTensor } from "../image/photo.ts";
import { sha256Hex } from "../shared/hash.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { EmbeddedPhoto } from "../store/labels.ts";
import type { AppEnv } from "./app-env.ts";

/** Wall time of each step, in ms. Cloudflare's clock stands still while a request computes, so there they read 0. */
export interface EmbedTimes {
  readonly decodeMs: number;
  readonly embedMs: number;
}

/** Of a photo that was embedded a moment ago. */
const NO_TIME: EmbedTimes = { decodeMs: 0, embedMs: 0 };

export async function embedPhoto(
  c: Context<AppEnv>,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<{ photo: EmbeddedPhoto; times: EmbedTimes }, Problem>> {
  const { config, decodeImage, loadEmbedder, recentEmbeddings } = c.get("services");
  const embedder = await loadEmbedder();
  const backboneId = embedder.manifest.id;
  const photoId = await sha256Hex(bytes);
  const photo = { photoId, backboneId, origin: "server" } as const;
  const known = recentEmbeddings.find(photoId, backboneId);
  if (known !== undefined) return ok({ photo: { ...photo, embedding: known }, times: NO_TIME });
  const start = performance.now();
  const tensor = await photoToTensor(bytes, embedder.manifest.input, config, decodeImage);
  if (!tensor.ok) return tensor;
  const decoded = performance.now();
  const embedding = embedder.embed(tensor.value);
  // The queue is shared by all requests of the isolate: this one's turn must come even if its sender hangs up.
  c.executionCtx.waitUntil(embedding);
  const embedded = await embedding;
  if (!embedded.ok) return embedded;
  recentEmbeddings.remember(photoId, backboneId, embedded.value);
  return ok({
    photo: { ...photo, embedding: embedded.value },
    times: { decodeMs: decoded - start, embedMs: performance.now() - decoded },
  });
}
