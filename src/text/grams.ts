/** What a text looks like, letter by letter: runs of characters, hashed. Needs no vocabulary and no weights. */

/** FNV-1a over the UTF-16 units, with a final mix, since its low bits alone are not even: 32 bits, unsigned. */
function hashGram(gram: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < gram.length; i++) hash = Math.imul(hash ^ gram.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Letters with their marks and digits; or one sign. */
const HASHED_WORDS = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\p{Z}\t\n\v\f\r\uFEFF]/gu;
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
  const words = foldText(text).match(HASHED_WORDS) ?? [];
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

/*
 * What a text looks like, letter by letter: words and runs of 3 to 5 characters within them, hashed into 512 numbers.
 * Needs no weights and no language, so it hears endings, misspellings, product names and scripts that the encoder cannot read.
 *
 *   v_h(g) += sign(g) sqrt(count(g))   over all grams g of the text;   then |v| = 1
 *
 * Words are compared in lower case; where a word begins and ends counts as a character.
 */

/** Numbers in the block. Collisions cost little: a sentence has a few hundred grams. */
export const GRAM_NUMBERS = 512;

const GRAM_LENGTHS = [3, 4, 5];
/** Letters with their marks, digits, and what ends a question; or a run of signs: brackets, currencies, emoji. */
const WORDS = /[\p{L}\p{M}\p{N}'\u2019!?]+|[^\p{L}\p{M}\p{N}\s'\u2019!?.,;:"-]+/gu;

/** The block of a normalised text: unit length, or zeros where it has no word. */
export function characterGrams(text: string): Float32Array {
  const block = new Float32Array(GRAM_NUMBERS);
  for (const [gram, count] of countGrams(text)) {
    const hash = hashGram(gram);
    block[(hash >>> 1) % GRAM_NUMBERS] += (hash & 1 ? 1 : -1) * Math.sqrt(count);
  }
  const length = Math.sqrt(block.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? block : block.map((value) => value / length);
}

function countGrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (gram: string) => counts.set(gram, (counts.get(gram) ?? 0) + 1);
  for (const [word] of text.normalize("NFKC").toLowerCase().matchAll(WORDS)) {
    count(WHOLE + word);
    const characters = [" ", ...word, " "];
    for (const length of GRAM_LENGTHS) {
      for (let i = 0; i + length <= characters.length; i++) count(characters.slice(i, i + length).join(""));
    }
  }
  return counts;
}
