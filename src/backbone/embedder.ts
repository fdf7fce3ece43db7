/**
 * Turns tensors into embeddings, one at a time: ONNX Runtime throws when two runs overlap on a session. The session is
 * made on first use and kept for the life of the isolate; a failed run or a failed start does not block the next caller.
 */

import { type Embedding, quantiseEmbedding } from "../head/embedding.ts";
import { embeddingUnusable } from "../shared/english/inputs.ts";
import { backboneFailed } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { createTurns } from "../shared/turns.ts";
import type { BackboneManifest } from "./manifest.ts";
import type { BackboneSession } from "./session.ts";

/**
 * A photo backbone as the Worker has it. `embed` answers `backbone_unavailable` when the session cannot start or a run
 * fails.
 */
export interface Embedder {
  readonly modality: "image";
  readonly manifest: BackboneManifest;
  /** float32 [views, 3, height, width] -> a unit-length int8 embedding. */
  embed(tensor: Float32Array): Promise<Result<Embedding, Problem>>;
  /** Makes the session before the first photo comes. Never rejects: after a failure the photo tries again and tells. */
  warmUp(): Promise<void>;
}

/** `start` makes the session; it is called again after a failure, never twice at once. */
export function createEmbedder(manifest: BackboneManifest, start: () => Promise<BackboneSession>): Embedder {
  let session: BackboneSession | undefined;
  const takeTurn = createTurns();

  async function runNext(tensor: Float32Array): Promise<Result<Embedding, Problem>> {
    let raw: Float32Array;
    try {
      session ??= await start();
      raw = await session.run(tensor);
    } catch (cause) {
      console.error(JSON.stringify({ event: "backbone_failed", backbone: manifest.id, reason: String(cause) }));
      return err(backboneFailed());
    }
    const embedding = quantiseEmbedding(raw, manifest.output.dimension);
    return embedding.ok ? ok(embedding.value) : err(embeddingUnusable({ fault: embedding.error.message }));
  }

  async function startEarly(): Promise<void> {
    session ??= await start().catch(() => undefined);
  }

  return {
    modality: "image",
    manifest,
    warmUp: () => takeTurn(startEarly),
    embed: (tensor) => takeTurn(() => runNext(tensor)),
  };
}
