/**
 * A text backbone as the Worker has it: one call from what was written to its embedding. Vocabulary and network come with the first
 * text, each checked against its hash in the manifest.
 */

import type { Embedding } from "../head/embedding.ts";
import { vocabularyMissing } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { normaliseText, readNormalised } from "../text/read-text.ts";
import type { Tokenise } from "../text/tokeniser.ts";
import type { ServiceManifest, TextManifest } from "./manifest.ts";
import type { TokenSession } from "./session.ts";
import { createTextEmbedder } from "./text-embedder.ts";

/**
 * What routes see of a text backbone. `embed` answers `backbone_unavailable` when a file is missing or has another
 * hash.
 */
export interface TextReader {
  readonly modality: "text";
  readonly manifest: TextManifest | ServiceManifest;
  /** As `normaliseText`: what two copies of the same text have in common, and what it is known by. */
  normalise(raw: string): Result<string, Problem>;
  /** The embedding of a normalised text. */
  embed(text: string): Promise<Result<Embedding, Problem>>;
  /**
   * Whether the encoder knows no piece of a normalised text: signs, or a script that it was never taught. Its numbers then say nothing, and
   * the characters alone speak. False where that cannot be told.
   */
  knowsNothingOf(text: string): Promise<boolean>;
  /** Loads what the first text needs. Never rejects. */
  warmUp(): Promise<void>;
}

/** How to get at the two files of a text backbone; each is called again after a failure. */
interface TextReaderParts {
  readonly loadTokenise: () => Promise<Tokenise>;
  readonly startSession: () => Promise<TokenSession>;
}

/** Nothing is loaded until the first text or `warmUp`; a load that failed is tried again by the next text. */
export function createTextReader(manifest: TextManifest, { loadTokenise, startSession }: TextReaderParts): TextReader {
  const embedder = createTextEmbedder(manifest, startSession);
  let tokenise: Tokenise | undefined;

  async function tokeniser(): Promise<Tokenise | null> {
    try {
      tokenise ??= await loadTokenise();
      return tokenise;
    } catch (cause) {
      console.error(JSON.stringify({ event: "backbone_failed", backbone: manifest.id, reason: String(cause) }));
      return null;
    }
  }

  return {
    modality: "text",
    manifest,
    normalise: normaliseText,
    async embed(text) {
      const found = await tokeniser();
      if (found === null) return err(vocabularyMissing());
      const read = readNormalised(text, found, manifest.input.maxTokens);
      if (!read.ok) return read;
      const embedding = await embedder.embed(read.value);
      return embedding.ok ? ok(embedding.value) : embedding;
    },
    async knowsNothingOf(text) {
      return (await tokeniser())?.(text).unreadShare === 1;
    },
    async warmUp() {
      await Promise.all([tokeniser(), embedder.warmUp()]);
    },
  };
}
