/** From what was sent to what the backbone takes: a normalised text, its windows of tokens, its character grams. Pure. */
import { textEmpty, textOfTooManyPieces, textTooLong } from "../shared/english/inputs.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { characterGrams } from "./grams.ts";
import type { Tokenise } from "./tokeniser.ts";

/*
 * The one way from what a person wrote to the text that is read: well-formed Unicode in composed form (NFC), one space where
 * there was any white space, nothing that cannot be seen. Two copies of a mail that differ in line ends or in invisible
 * marks become the same text. Keeps case, punctuation and emoji: they carry meaning.
 */

/** The longest text, in UTF-16 units, counted before anything is removed: about eight pages. */
export const MAX_TEXT_CHARACTERS = 20_000;

/** Soft hyphens, zero-width spaces, marks of direction, byte order marks. Joiners stay: emoji and Persian need them. */
const INVISIBLE = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;
/** Control characters stand for a break of some kind; so do the separators of lines and paragraphs. */
const BREAKS = /[\p{Cc}\s]+/gu;

/** `empty_body` where nothing is left to read, `body_too_large` over the limit. */
export function normaliseText(raw: string): Result<string, Problem> {
  if (raw.length > MAX_TEXT_CHARACTERS) {
    return err(textTooLong({ characters: raw.length, limit: MAX_TEXT_CHARACTERS }));
  }
  const text = raw.toWellFormed().normalize("NFC").replace(INVISIBLE, "").replace(BREAKS, " ").trim();
  return text === "" ? err(textEmpty()) : ok(text);
}

/*
 * A text longer than the encoder reads at once, in windows of nearly equal length, none left out. Their embeddings are
 * averaged, weighted by their tokens: a mail is about what most of it is about.
 */

/** Windows that hold all of `ids`, in order, none longer than `maxTokens`; their lengths differ by at most one. */
export function splitIntoWindows(ids: readonly number[], maxTokens: number): number[][] {
  const count = Math.ceil(ids.length / maxTokens);
  return Array.from({ length: count }, (_, i) =>
    ids.slice(Math.round((i * ids.length) / count), Math.round(((i + 1) * ids.length) / count)),
  );
}

/** `sum_w n_w e_w / sum_w n_w`, `n_w` the tokens of window w. Needs at least one window; all of one length. */
export function averageWindows(
  windows: readonly (readonly number[])[],
  embeddings: readonly Float32Array[],
): Float32Array {
  const total = windows.reduce((sum, { length }) => sum + length, 0);
  const mean = new Float32Array(embeddings[0].length);
  embeddings.forEach((embedding, w) => {
    const share = windows[w].length / total;
    for (let d = 0; d < mean.length; d++) mean[d] += share * embedding[d];
  });
  return mean;
}

/**
 * Tokens of one text: 48 windows of 128, less than a second of an isolate's time. English mails of `MAX_TEXT_CHARACTERS`
 * have about 5,000; what has more in as many characters is not running text.
 */
export const MAX_TEXT_TOKENS = 6_144;

/** A text ready for the encoder; a long one has several windows, whose vectors are averaged. */
export interface ReadText {
  /** Normalised: what two copies of the same text have in common. */
  readonly text: string;
  /** Ids of tokens, at least one window. */
  readonly windows: readonly (readonly number[])[];
  /** Unit length, or zeros; see `grams.ts`. */
  readonly grams: Float32Array;
  /** Share of the characters that the encoder could not read, 0 to 1. */
  readonly unreadShare: number;
}

/** `maxTokens` is the longest window that the encoder takes. Problems: `empty_body`, `body_too_large`. */
export function readText(raw: string, tokenise: Tokenise, maxTokens: number): Result<ReadText, Problem> {
  const normalised = normaliseText(raw);
  return normalised.ok ? readNormalised(normalised.value, tokenise, maxTokens) : normalised;
}

/** The same for a text that `normaliseText` gave. */
export function readNormalised(text: string, tokenise: Tokenise, maxTokens: number): Result<ReadText, Problem> {
  const { ids, unreadShare, atOnce } = tokenise(text);
  if (atOnce === undefined && ids.length > MAX_TEXT_TOKENS) {
    return err(textOfTooManyPieces({ pieces: ids.length, limit: MAX_TEXT_TOKENS }));
  }
  const windows = splitIntoWindows(ids, atOnce ?? maxTokens);
  return ok({ text, windows, grams: characterGrams(text), unreadShare });
}

/**
 * Counts the ways of reading a text that there have been: normalisation, character grams, windows. It is part of a text
 * backbone's id, so that a change here, which changes every embedding, is never mixed with what was stored before.
 */
export const READING_VERSION = 1;
