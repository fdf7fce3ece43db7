/**
 * From a text to the ids of the pieces that the encoder knows, by a `tokenizer.json` in the format of Hugging Face, or by one that
 * says how words are hashed. The only importer of @huggingface/tokenizers.
 */

import { Tokenizer } from "@huggingface/tokenizers";
import { hashGrams } from "./grams.ts";

/** A text as the encoder sees it. */
interface Tokens {
  readonly ids: readonly number[];
  /** So many are read in one run where each costs next to nothing; where absent, as many as the manifest says. */
  readonly atOnce?: number;
  /** Share of the text's characters that no piece covers, 0 to 1: the encoder learns nothing of them. */
  readonly unreadShare: number;
}

/** Without the special tokens that some encoders want around a text: those are the session's (`input.frame`). */
export type Tokenise = (text: string) => Tokens;

/** What of a `tokenizer.json` is looked at here; the library reads the rest. */
export interface TokeniserFile extends Readonly<Record<string, unknown>> {
  readonly model: Readonly<Record<string, unknown>> & { readonly unk_id?: number | null; readonly unk_token?: unknown };
}

/*
 * From a text to rows of the table of an encoder that hashes grams; a text in Latin letters goes, piece by piece, to the encoder
 * beside it where there is one.
 */

/** Where the `model` of a `tokenizer.json` says how words are hashed. */
export interface GramFile extends TokeniserFile {
  readonly model: TokeniserFile["model"] & {
    readonly type: typeof HASHED_GRAMS;
    /** Rows of the table. */
    readonly rows: number;
    /** The id of the first one: ids below it are pieces of Latin texts. */
    readonly firstId: number;
    /** Scripts that the table was taught, as Unicode names them. */
    readonly scripts: readonly string[];
  };
  /** The tokenizer of Latin texts. */
  readonly latin: TokeniserFile | null;
}

/** The type of such a `model`. */
export const HASHED_GRAMS = "HashedGrams";
/** Grams that are looked up together: some 200 words. */
export const GRAMS_AT_ONCE = 4_096;

const LETTERS = /\p{L}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;

/** Whether the file is of this kind. */
export function isGramFile(file: TokeniserFile): file is GramFile {
  return file.model.type === HASHED_GRAMS;
}

/** `createPieces` makes the tokeniser of Latin texts. */
function createGramTokeniser(
  { model: { rows, firstId, scripts }, latin }: GramFile,
  createPieces: (file: TokeniserFile) => Tokenise,
): Tokenise {
  const tokeniseLatin = latin === null ? null : createPieces(latin);
  const taught = new RegExp(scripts.map((script) => `\\p{Script=${script}}`).join("|"), "gu");

  return function tokenise(text) {
    const letters = countMatches(text, LETTERS);
    if (tokeniseLatin !== null && isMostlyLatin(text, letters)) return tokeniseLatin(text);
    const ids = hashGrams(text).map((hash) => firstId + (hash % rows));
    const unreadShare = letters === 0 ? 0 : 1 - Math.min(letters, countMatches(text, taught)) / letters;
    return { ids, unreadShare, atOnce: GRAMS_AT_ONCE };
  };
}

/** A Korean review that names an iPhone is Korean; signs alone are no language. */
function isMostlyLatin(text: string, letters: number): boolean {
  return countMatches(text, LATIN_LETTERS) > letters / 2;
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

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
