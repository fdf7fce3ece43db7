/** From a photo in a request to an embedding, for every route that takes photos. */
import type { Context } from "hono";
import type { Embedder } from "../../backbone/embedder.ts";
import type { Embedding } from "../../head/embedding.ts";
import { photoToTensor } from "../../image/photo.ts";
import { copySmall, encodeSmall, type SmallPixels } from "../../image/small-copy.ts";
import type { Services } from "../../services.ts";
import { freeMemory } from "../../shared/free-memory.ts";
import { sha256Hex } from "../../shared/hash.ts";
import type { Problem } from "../../shared/problem.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";
import type { Embedded, EmbedTimes } from "./modality.ts";

/** Of a photo that was embedded a moment ago. */
const NO_TIME: EmbedTimes = { decodeMs: 0, embedMs: 0 };

/**
 * Gives the memory of `bytes` back: callers must not read them again. Times are 0 where the embedding was known.
 */
export async function embedPhoto(
  c: Context<AppEnv>,
  embedder: Embedder,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<Embedded, Problem>> {
  const services = c.get("services");
  const { recentEmbeddings, takePhotoTurn } = services;
  const photo = { sampleId: await sha256Hex(bytes), backboneId: embedder.manifest.id, origin: "server" } as const;
  const known = recentEmbeddings.find(photo.sampleId, photo.backboneId);
  if (known !== undefined) {
    freeMemory(bytes);
    return ok({ sample: { ...photo, embedding: known }, preview: null, times: NO_TIME });
  }
  const turn = takePhotoTurn(() => decodeAndEmbed(services, embedder, bytes));
  // The queue is shared by all requests of the isolate: this one's turn must end well even if its sender hangs up.
  c.executionCtx.waitUntil(turn);
  const embedded = await turn;
  if (!embedded.ok) return embedded;
  const { embedding, pixels, times } = embedded.value;
  recentEmbeddings.remember(photo.sampleId, photo.backboneId, embedding);
  const copy =
    pixels === null ? undefined : async () => `data:image/png;base64,${(await encodeSmall(pixels)).toBase64()}`;
  return ok({ sample: { ...photo, embedding }, preview: null, copy, times });
}

/** One at a time: what a photo needs while it is worked on exists once. */
async function decodeAndEmbed(
  { config, decodeImage, shrinkPhoto, resample }: Services,
  { manifest, embed }: Embedder,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<{ embedding: Embedding; pixels: SmallPixels | null; times: EmbedTimes }, Problem>> {
  const start = performance.now();
  const help = { shrink: shrinkPhoto, resample };
  const tensor = await photoToTensor(bytes, manifest.input, config, decodeImage, help);
  freeMemory(bytes); // its hash is taken
  if (!tensor.ok) return tensor;
  const decoded = performance.now();
  const { size, keepsCopies } = config.pool;
  const pixels = size > 0 && keepsCopies ? copySmall(tensor.value, manifest.input) : null;
  const embedding = await embed(tensor.value);
  freeMemory(tensor.value);
  if (!embedding.ok) return embedding;
  const times = { decodeMs: decoded - start, embedMs: performance.now() - decoded };
  return ok({ embedding: embedding.value, pixels, times });
}
