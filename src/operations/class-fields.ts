/** What a menu item may be called, whether its name comes by the API or in a file that is imported. */
import { z } from "zod";
import { MAX_DESCRIPTION_CHARACTERS, MAX_ITEM_ID_CHARACTERS, MAX_NAME_CHARACTERS } from "../shared/item-names.ts";
import { canonicalLanguage } from "../shared/language.ts";
import { UNREADABLE, whenMissing } from "./field-faults.ts";

/* The one rule for every text that a person types and others read: nothing in it that hides, breaks lines or turns text around. */

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

/** Other names of one item. */
export const MAX_ALIASES = 20;
/** Translations of one item's name, each under a BCP 47 tag. */
export const MAX_LANGUAGES = 50;

const name = typedText(MAX_NAME_CHARACTERS, "give the item's name").min(1);
/** As it may be stored since before names had to be readable: an export of such a menu can still be restored. */
const storedName = z.string().trim().min(1).max(MAX_NAME_CHARACTERS);

/** Letters and digits of any script with their marks, in NFC: one spelling, and nothing that a path gives a meaning to. */
export const itemId = z
  .string()
  .max(MAX_ITEM_ID_CHARACTERS)
  .regex(/^[\p{L}\p{N}_-][\p{L}\p{M}\p{N}_-]*$/u, "may hold letters, digits, - and _ only")
  .refine((text) => text.normalize("NFC") === text, "is not in Unicode's normal form C");

type Names = Readonly<Record<string, string>>;

function canonicalNames(given: Names, context: z.RefinementCtx<Names>): Record<string, string> {
  const canonical: Record<string, string> = {};
  for (const [tag, text] of Object.entries(given)) {
    const known = canonicalLanguage(tag);
    if (known === null || known in canonical) {
      const message = known === null ? "is not a language tag (BCP 47)" : `says the same language twice: ${known}`;
      context.addIssue({ code: "custom", path: [tag], message });
    } else canonical[known] = text;
  }
  if (Object.keys(canonical).length > MAX_LANGUAGES) {
    context.addIssue({ code: "custom", message: `holds more than ${MAX_LANGUAGES} languages` });
  }
  return canonical;
}

function fieldsOf(name: z.ZodString, description: z.ZodString) {
  return {
    id: itemId,
    name,
    description,
    /** Other names, each of them as long as a name may be. */
    aliases: z.array(name).max(MAX_ALIASES),
    /** Names by language, the tags in canonical case. */
    names: z.record(z.string(), name).transform(canonicalNames),
    threshold: z.number().min(0).max(1).nullable(),
  };
}

/** As people type them. */
export const classFields = fieldsOf(name, typedText(MAX_DESCRIPTION_CHARACTERS, "say what it is"));

/** What an import holds to. */
export const storedFields = fieldsOf(storedName, z.string().trim().max(MAX_DESCRIPTION_CHARACTERS));
