/**
 * From a text to the ids of the pieces that the encoder knows, by a `tokenizer.json` in the format of Hugging Face, or by one that
 * says how words are hashed. The only importer of @huggingface/tokenizers.
 */
import { Tokenizer } from "@huggingface/tokenizers";
import { createGramTokeniser, isGramFile } from "./gram-tokeniser.ts";
import type { Tokenise, TokeniserFile } from "./tokens.ts";

/** Throws what the library throws where the file is of a kind that it does not know. */
export function createTokeniser(file: TokeniserFile): Tokenise {
  return isGramFile(file) ? createGramTokeniser(file, createPieceTokeniser) : createPieceTokeniser(file);
}

function createPieceTokeniser(file: TokeniserFile): Tokenise {
  const tokeniser = new Tokenizer(file, {});
  const { unk_id: unknownId, unk_token: unknownToken } = file.model;
  const isUnread = (id: number, token: string) => id === unknownId || token === unknownToken;

  return function tokenise(text) {
    const { ids, tokens } = tokeniser.encode(text, { add_special_tokens: false });
    const read = tokens.reduce((sum, token, i) => sum + (isUnread(ids[i], token) ? 0 : lengthOf(token)), 0);
    const whole = lengthOf(text.normalize("NFKC"));
    return { ids, unreadShare: whole === 0 ? 0 : Math.min(1, Math.max(0, 1 - read / whole)) };
  };
}

/** Without spaces, which a piece may carry or not, and without WordPiece's mark of a word that goes on. */
function lengthOf(text: string): number {
  return text.replace(/^##(?=.)|[\s\u2581]/gu, "").length;
}
