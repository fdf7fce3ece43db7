/**
 * From a text to rows of the table of an encoder that hashes grams; a text in Latin letters goes, piece by piece, to the encoder
 * beside it where there is one.
 */
import { hashGrams } from "./hashed-grams.ts";
import type { Tokenise, TokeniserFile } from "./tokens.ts";

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
export function createGramTokeniser(
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
