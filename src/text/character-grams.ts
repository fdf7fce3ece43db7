/**
 * What a text looks like, letter by letter: words and runs of 3 to 5 characters within them, hashed into 512 numbers.
 * Needs no weights and no language, so it hears endings, misspellings, product names and scripts that the encoder cannot read.
 *
 *   v_h(g) += sign(g) sqrt(count(g))   over all grams g of the text;   then |v| = 1
 *
 * Words are compared in lower case; where a word begins and ends counts as a character.
 */
import { hashGram } from "./gram-hash.ts";

/** Numbers in the block. Collisions cost little: a sentence has a few hundred grams. */
export const GRAM_NUMBERS = 512;

const GRAM_LENGTHS = [3, 4, 5];
/** Letters with their marks, digits, and what ends a question; or a run of signs: brackets, currencies, emoji. */
const WORDS = /[\p{L}\p{M}\p{N}'\u2019!?]+|[^\p{L}\p{M}\p{N}\s'\u2019!?.,;:"-]+/gu;
/** Before a whole word, so that it is another gram than the same characters inside a longer one. */
const WHOLE = "\u0001";

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
