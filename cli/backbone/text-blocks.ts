/** The blocks of a text backbone's embedding, and the id that a backbone has by them. */
import type { EmbeddingBlock } from "../../src/backbone/manifest.ts";
import { GRAM_NUMBERS } from "../../src/text/grams.ts";
import { READING_VERSION } from "../../src/text/read-text.ts";
import { sha256Of } from "./file-identity.ts";

/** Half as loud as the encoder: by leave-one-out on the training texts of three English sets, .35 to .7 differ little. */
export const USUAL_CHARACTERS = 0.5;

/** The encoder's numbers with the characters so loud beside them, 0 for not at all. */
export function joinedBlocks(dimension: number, characters: number): EmbeddingBlock[] {
  const encoder: EmbeddingBlock = { source: "encoder", dimension, weight: 1 };
  return characters === 0
    ? [encoder]
    : [encoder, { source: "characters", dimension: GRAM_NUMBERS, weight: characters }];
}

export interface IdentifyingParts {
  readonly sha256: string;
  readonly tokenizerSha256: string;
  readonly maxTokens: number;
  readonly blocks: readonly EmbeddingBlock[];
}

/** SHA-256 over all that an embedding depends on; `ends`, how the network is run where ids alone do not say it. */
export function identifyTextBackbone(parts: IdentifyingParts, ends: readonly object[] = []): string {
  const { sha256, tokenizerSha256, maxTokens, blocks } = parts;
  return sha256Of(Buffer.from(JSON.stringify([sha256, tokenizerSha256, maxTokens, blocks, READING_VERSION, ...ends])));
}
