/** From what was sent to what the backbone takes: a normalised text, its windows of tokens, its character grams. Pure. */
import { textOfTooManyPieces } from "../shared/english/inputs.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { characterGrams } from "./character-grams.ts";
import { normaliseText } from "./normalise-text.ts";
import type { Tokenise } from "./tokens.ts";
import { splitIntoWindows } from "./windows.ts";

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
  /** Unit length, or zeros; see `character-grams.ts`. */
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
