/** The one rule for every text that a person types and others read: nothing in it that hides, breaks lines or turns text around. */
import { z } from "zod";
import { UNREADABLE, whenMissing } from "./field-faults.ts";

/** Half characters, controls (line breaks and NUL among them), line separators, private use, and what looks like nothing. */
const UNSEEN = /\u034F|[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]/u;
/** Format characters: those that turn text around or have no width. Joiners, and tags of flags, are judged by what is before them. */
const FORMAT = /(?!\u200C|\u200D|[\u{E0020}-\u{E007F}])\p{Cf}/u;
/** Joiners are letters' business in some scripts, and emoji's; elsewhere they make two names look like one. */
const STRAY_JOINER =
  /(?<![\p{M}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\u200C|\u200D)/u;
const STRAY_TAG = /(?<![\p{Extended_Pictographic}\u{E0020}-\u{E007F}])[\u{E0020}-\u{E007F}]/u;

/** Whether people see all of it, in its order and in one line. */
export function isReadable(text: string): boolean {
  return ![UNSEEN, FORMAT, STRAY_JOINER, STRAY_TAG].some((pattern) => pattern.test(text));
}

/** Trimmed, of at most so many characters. `missing` says what to do where there is none. */
export function typedText(maxCharacters: number, missing: string): z.ZodString {
  return z
    .string({ error: whenMissing(missing) })
    .trim()
    .max(maxCharacters)
    .refine(isReadable, UNREADABLE);
}
