/**
 * Text from a file of unknown encoding. UTF-8 and UTF-16 are certain, by their marks or because nothing else is valid. For
 * the code pages of old programs there is only a guess, which it names. Pure.
 */

export interface DecodedText {
  readonly text: string;
  /** A code page that was guessed; null when the encoding is certain. */
  readonly guess: string | null;
}

/** Stands for bytes that mean nothing in UTF-8. */
export const BROKEN_CHARACTER = "\uFFFD";

const CYRILLIC = ["windows-1251", "koi8-r", "ibm866", "x-mac-cyrillic"];
const LATIN = ["windows-1252", "windows-1250", "macintosh", "windows-1254"];
const OTHER = ["windows-1253", "windows-1255"];
const EAST_ASIAN = ["shift_jis", "gb18030", "euc-kr", "big5"];
/** Of small letters but for the first: nothing else tells such a word from one of an East Asian encoding. */
const CYRILLIC_WORD = /^[\p{Script=Cyrillic}’'-]\p{Ll}[\p{Script=Cyrillic}’'-]*$/u;
/** Share of the words beyond ASCII that must read as words. */
const PLAUSIBLE = 0.9;
/** The commonest letters of Russian, Ukrainian and Bulgarian make up some two thirds of any text. */
const COMMON_CYRILLIC = /[оеаинтсрвлкмупі]/giu;

/** Null where no encoding makes words of the bytes. */
export function decodeUnknownText(bytes: Uint8Array): DecodedText | null {
  const sure = findUnicode(bytes);
  if (sure !== undefined) return { text: sure, guess: null };
  const guess = guessCodePage(bytes);
  return guess === null ? null : { text: new TextDecoder(guess).decode(bytes), guess };
}

function findUnicode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const head = bytes.subarray(0, 200);
  const zeros = (odd: number) => head.filter((byte, i) => i % 2 === odd && byte === 0).length;
  if (zeros(1) > head.length / 5) return new TextDecoder("utf-16le").decode(bytes);
  if (zeros(0) > head.length / 5) return new TextDecoder("utf-16be").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  const unknown = text.split(BROKEN_CHARACTER).length - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them
  const known = text.replace(/[\x00-\x7f]+/g, "").length - unknown;
  return unknown === 0 || known > unknown * 2 ? text : undefined; // a row or two of another encoding are refused by themselves
}

/** The likeliest code page, or null. Words that hold no ASCII letter at all are of another script than Latin. */
function guessCodePage(bytes: Uint8Array): string | null {
  const latin1 = wordsBeyondAscii(new TextDecoder("latin1").decode(bytes));
  const isLatin = latin1.filter((word) => /[a-z]/i.test(word)).length > latin1.length / 2;
  if (isLatin) return LATIN.find((encoding) => isPlausible(bytes, encoding, /^[\p{Script=Latin}\p{M}’'-]+$/u)) ?? null;
  const cyrillic = CYRILLIC.filter((encoding) => isPlausible(bytes, encoding, CYRILLIC_WORD));
  if (cyrillic.length > 0) return cyrillic.toSorted((a, b) => countCommon(bytes, b) - countCommon(bytes, a))[0];
  const alphabets = OTHER.filter((encoding) => isPlausible(bytes, encoding, /^[\p{Script=Greek}\p{Script=Hebrew}]+$/u));
  if (alphabets.length > 0) return alphabets[0];
  const asian = EAST_ASIAN.filter((encoding) =>
    isPlausible(bytes, encoding, /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・\w]+$/u),
  );
  return asian.length === 1 ? asian[0] : null;
}

/** Whether nearly all words beyond ASCII are of one script, and no letter in their middle is a capital by itself. */
function isPlausible(bytes: Uint8Array, encoding: string, script: RegExp): boolean {
  const text = tryDecode(encoding, bytes);
  if (text === null) return false;
  const words = wordsBeyondAscii(text);
  const good = words.filter((word) => script.test(word) && !/\p{Ll}\p{Lu}/u.test(word));
  return words.length > 0 && good.length >= words.length * PLAUSIBLE;
}

/** Runs of anything but ASCII signs that hold a character beyond ASCII. */
function wordsBeyondAscii(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII begins with them
  return text.split(/[\x00-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f\s]+/).filter((word) => /[^\x00-\x7f]/.test(word));
}

function countCommon(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes);
  const lowerCase = text.match(/\p{Ll}/gu)?.length ?? 0;
  return (text.match(COMMON_CYRILLIC)?.length ?? 0) + lowerCase / 10;
}

function tryDecode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}
