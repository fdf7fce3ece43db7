/**
 * The one way from what a person wrote to the text that is read: well-formed Unicode in composed form (NFC), one space where
 * there was any white space, nothing that cannot be seen. Two copies of a mail that differ in line ends or in invisible
 * marks become the same text. Keeps case, punctuation and emoji: they carry meaning.
 */
import { textEmpty, textTooLong } from "../shared/english/inputs.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";

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
