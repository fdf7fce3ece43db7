/** The vocabulary of Universal Sentence Encoder Lite as a `tokenizer.json` in the format of Hugging Face. */
import type { VocabularyPiece } from "./sentence-weights.ts";

/** Compatibility forms (NFKC), a bar for every space and one before the text, the likeliest pieces: as SentencePiece does it. */
export function makeTokenizerFile(vocabulary: readonly VocabularyPiece[]): string {
  return JSON.stringify({
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: "NFKC" },
    pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "always", split: false },
    post_processor: null,
    decoder: null,
    model: { type: "Unigram", unk_id: 0, vocab: vocabulary, byte_fallback: false },
  });
}
