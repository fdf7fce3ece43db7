/**
 * What the encoder of three languages reads of a text: words, runs of characters within them, and pairs of words, each hashed to a
 * row of its table. Needs no vocabulary. The student was trained on these very numbers: tools/sentences/grams.py makes the same.
 */
import { hashGram } from "./gram-hash.ts";

/** Letters with their marks and digits; or one sign. */
const WORDS = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\p{Z}\t\n\v\f\r\uFEFF]/gu;
const IS_READ = /^[\p{L}\p{M}\p{N}]/u;
const SYLLABLE = /[\uac00-\ud7a3]/;
/** Three and more of one character say what two say: "sooo", "ㅋㅋㅋㅋ". Not digits. */
const LONG_RUN = /(\P{Nd})\1{2,}/gsu;

/** Before what would otherwise be the same gram as a run of characters. */
const WHOLE = "\u0001";
const PAIR = "\u0002";
const OPEN = "\u0003";

const FIRST_SYLLABLE = 0xac00;
/** Last consonants of a Hangul syllable, none among them. */
const FINALS = 28;
const SHORT_RUNS = [2, 3];
const LONGEST_RUN = [4];
const RUNS_OF_LETTERS = [3, 4, 5, 6];

/** 32-bit hashes of all grams, in order, repeated as they occur; none of a text without a visible character. */
export function hashGrams(text: string): number[] {
  const words = foldText(text).match(WORDS) ?? [];
  const pairs = words.slice(1).flatMap((word, i) => {
    const areRead = IS_READ.test(words[i]) && IS_READ.test(word);
    return areRead ? [`${PAIR}${words[i]} ${word}`] : [];
  });
  return [...words.flatMap(gramsOfWord), ...pairs].map(hashGram);
}

function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll("ё", "е").replace(LONG_RUN, "$1$1");
}

function gramsOfWord(word: string): string[] {
  const characters = [...word];
  const bounded = [" ", ...characters, " "];
  if (SYLLABLE.test(word)) {
    const short = runsOf(bounded, SHORT_RUNS);
    return [WHOLE + word, ...characters, ...short, ...runsOf(bounded, LONGEST_RUN), ...short.flatMap(openSyllable)];
  }
  return [WHOLE + word, ...(characters.length > 2 ? runsOf(bounded, RUNS_OF_LETTERS) : [])];
}

function runsOf(characters: readonly string[], lengths: readonly number[]): string[] {
  return lengths.flatMap((length) =>
    Array.from({ length: Math.max(0, characters.length - length + 1) }, (_, i) =>
      characters.slice(i, i + length).join(""),
    ),
  );
}

/** The run without its last consonant, since Korean writes endings into the last syllable: 예쁜 and 예쁘다 share 예쁘. */
function openSyllable(run: string): string[] {
  const last = run.charCodeAt(run.length - 1);
  if (!SYLLABLE.test(run.slice(-1))) return [];
  return [OPEN + run.slice(0, -1) + String.fromCharCode(last - ((last - FIRST_SYLLABLE) % FINALS))];
}
