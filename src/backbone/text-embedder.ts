/**
 * Turns texts into embeddings, one at a time and one window per run: the quantised network rounds over all that it is given at
 * once, so a text in a batch would get another embedding than alone. The blocks lie one after the other, each of unit length
 * times its weight.
 */
import { type Embedding, quantiseEmbedding } from "../head/embedding.ts";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { createTurns } from "../shared/turns.ts";
import type { ReadText } from "../text/read-text.ts";
import { averageWindows } from "../text/windows.ts";
import type { TokenSession } from "./session.ts";
import type { EmbeddingBlock, TextManifest } from "./text-manifest.ts";

export interface TextEmbedder {
  readonly manifest: TextManifest;
  /** A unit-length int8 embedding. */
  embed(text: ReadText): Promise<Result<Embedding, Problem>>;
  /** Makes the session before the first text comes. Never rejects: after a failure the text tries again and tells. */
  warmUp(): Promise<void>;
}

/** `start` makes the session; it is called again after a failure, never twice at once. */
export function createTextEmbedder(manifest: TextManifest, start: () => Promise<TokenSession>): TextEmbedder {
  let session: TokenSession | undefined;
  const takeTurn = createTurns();

  async function embedNext({ windows, grams }: ReadText): Promise<Result<Embedding, Problem>> {
    let encoded: Float32Array;
    try {
      session ??= await start();
      const parts: Float32Array[] = [];
      for (const ids of windows) parts.push(await session.run(ids));
      encoded = averageWindows(windows, parts);
    } catch (cause) {
      console.error(JSON.stringify({ event: "backbone_failed", backbone: manifest.id, reason: String(cause) }));
      return err(problem("backbone_unavailable", "The backbone could not be run. Try again in a moment."));
    }
    const { dimension, blocks } = manifest.output;
    const embedding = quantiseEmbedding(joinBlocks(blocks, { encoder: encoded, characters: grams }), dimension);
    return embedding.ok ? ok(embedding.value) : err(problem("invalid_embedding", embedding.error.message));
  }

  return {
    manifest,
    embed: (text) => takeTurn(() => embedNext(text)),
    warmUp: () =>
      takeTurn(async () => {
        session ??= await start().catch(() => undefined);
      }),
  };
}

/** The blocks in their order; one of another length than the manifest says makes the whole too long or too short. */
function joinBlocks(
  blocks: readonly EmbeddingBlock[],
  sources: Readonly<Record<EmbeddingBlock["source"], Float32Array>>,
): Float32Array {
  const parts = blocks.map(({ source, weight }) => scaleTo(sources[source], weight));
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    joined.set(part, from);
    from += part.length;
  }
  return joined;
}

/** `weight v / |v|`; zeros stay zeros. */
function scaleTo(values: Float32Array, weight: number): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? values : values.map((value) => (weight * value) / length);
}
