/**
 * Turns texts into embeddings, one at a time and one window per run: the quantised network rounds over all that it is given at
 * once, so a text in a batch would get another embedding than alone. The blocks lie one after the other, each of unit length
 * times its weight.
 */

import { type Embedding, quantiseEmbedding } from "../head/embedding.ts";
import { embeddingUnusable } from "../shared/english/inputs.ts";
import { backboneFailed } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { createTurns } from "../shared/turns.ts";
import type { ReadText } from "../text/read-text.ts";
import { averageWindows } from "../text/read-text.ts";
import type { EmbeddingBlock, TextManifest } from "./manifest.ts";
import type { TokenSession } from "./session.ts";

/** Embeds what `readText` has prepared; texts queue up and run one window at a time. */
export interface TextEmbedder {
  readonly manifest: TextManifest;
  /** What the network makes of it: the mean over its windows, of any length. */
  encode(text: ReadText): Promise<Result<Float32Array, Problem>>;
  /** All blocks: a unit-length int8 embedding. */
  embed(text: ReadText): Promise<Result<Embedding, Problem>>;
  /** Makes the session before the first text comes. Never rejects: after a failure the text tries again and tells. */
  warmUp(): Promise<void>;
}

/** `start` makes the session; it is called again after a failure, never twice at once. */
export function createTextEmbedder(manifest: TextManifest, start: () => Promise<TokenSession>): TextEmbedder {
  let session: TokenSession | undefined;
  const takeTurn = createTurns();

  async function encodeNext({ windows }: ReadText): Promise<Result<Float32Array, Problem>> {
    try {
      session ??= await start();
      const parts: Float32Array[] = [];
      for (const ids of windows) parts.push(await session.run(ids));
      return ok(averageWindows(windows, parts));
    } catch (cause) {
      console.error(JSON.stringify({ event: "backbone_failed", backbone: manifest.id, reason: String(cause) }));
      return err(backboneFailed());
    }
  }

  async function encode(text: ReadText): Promise<Result<Float32Array, Problem>> {
    return takeTurn(() => encodeNext(text));
  }

  return {
    manifest,
    encode,
    async embed(text) {
      const encoded = await encode(text);
      if (!encoded.ok) return encoded;
      return joinBlocks(manifest.output.blocks, { encoder: encoded.value, characters: text.grams });
    },
    warmUp: () =>
      takeTurn(async () => {
        session ??= await start().catch(() => undefined);
      }),
  };
}

/** The blocks' sources for one text, each of any length. */
export type BlockSources = Readonly<Record<EmbeddingBlock["source"], Float32Array>>;

/** The embedding of blocks in their order; `invalid_embedding` where a source has not the numbers that its block says. */
export function joinBlocks(blocks: readonly EmbeddingBlock[], sources: BlockSources): Result<Embedding, Problem> {
  const parts = blocks.map(({ source, weight }) => scaleTo(sources[source], weight));
  const joined = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    joined.set(part, from);
    from += part.length;
  }
  const embedding = quantiseEmbedding(
    joined,
    blocks.reduce((sum, { dimension }) => sum + dimension, 0),
  );
  return embedding.ok ? ok(embedding.value) : err(embeddingUnusable({ fault: embedding.error.message }));
}

/** `weight v / |v|`; zeros stay zeros. */
function scaleTo(values: Float32Array, weight: number): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? values : values.map((value) => (weight * value) / length);
}
