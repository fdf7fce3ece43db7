// Rows of a table for a text, where tokenizer.json says HashedGrams: words, runs of characters within them, pairs of words, each hashed.
import { hashOf } from "./text.js";

const WORDS = /[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}\p{Z}\t\n\v\f\r\uFEFF]/gu;
const READ = /^[\p{L}\p{M}\p{N}]/u;
const SYLLABLE = /[가-힣]/;

export function hashedGrams(text, { rows, firstId }) {
  const folded = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/(\P{Nd})\1{2,}/gsu, "$1$1");
  const words = folded.match(WORDS) ?? [];
  const areRead = (i) => READ.test(words[i]) && READ.test(words[i + 1]);
  const pairs = words.slice(1).flatMap((word, i) => (areRead(i) ? [`\u0002${words[i]} ${word}`] : []));
  return [...words.flatMap(gramsOf), ...pairs].map((gram) => firstId + (hashOf(gram) % rows));
}

function gramsOf(word) {
  const characters = [...word];
  const bounded = [" ", ...characters, " "];
  if (!SYLLABLE.test(word)) return [`\u0001${word}`, ...(characters.length > 2 ? runs(bounded, [3, 4, 5, 6]) : [])];
  const short = runs(bounded, [2, 3]);
  return [`\u0001${word}`, ...characters, ...short, ...runs(bounded, [4]), ...short.flatMap(openSyllable)];
}

const runs = (characters, lengths) =>
  lengths.flatMap((length) =>
    Array.from({ length: Math.max(0, characters.length - length + 1) }, (_, i) =>
      characters.slice(i, i + length).join(""),
    ),
  );

// Without its last consonant: Korean writes endings into the last syllable.
function openSyllable(run) {
  if (!SYLLABLE.test(run.slice(-1))) return [];
  const last = run.charCodeAt(run.length - 1);
  return [`\u0003${run.slice(0, -1)}${String.fromCharCode(last - ((last - 0xac00) % 28))}`];
}
