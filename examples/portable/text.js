// What an exported archive of a deployment that reads texts wants to know of a text: the same steps as in the deployment.

const INVISIBLE = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/gu;

/** One way of writing for all copies of a text. */
export const normalise = (text) =>
  text
    .toWellFormed()
    .normalize("NFC")
    .replace(INVISIBLE, "")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();

/** Tokens in parts of nearly equal length, none longer than `most`. */
export function splitIntoWindows(ids, most) {
  const count = Math.ceil(ids.length / most);
  const cut = (i) => Math.round((i * ids.length) / count);
  return Array.from({ length: count }, (_, i) => ids.slice(cut(i), cut(i + 1)));
}

/** Words and runs of 3 to 5 characters, hashed into 512 numbers. */
export function characterGrams(text) {
  const counts = new Map();
  const count = (gram) => counts.set(gram, (counts.get(gram) ?? 0) + 1);
  for (const [word] of text
    .normalize("NFKC")
    .toLowerCase()
    .matchAll(/[\p{L}\p{M}\p{N}'’!?]+|[^\p{L}\p{M}\p{N}\s'’!?.,;:"-]+/gu)) {
    count(`\u0001${word}`);
    const characters = [" ", ...word, " "];
    for (const length of [3, 4, 5])
      for (let i = 0; i + length <= characters.length; i++) count(characters.slice(i, i + length).join(""));
  }
  const block = new Float32Array(512);
  for (const [gram, times] of counts) {
    const hash = hashOf(gram);
    block[(hash >>> 1) % 512] += (hash & 1 ? 1 : -1) * Math.sqrt(times);
  }
  return block;
}

/** 32 bits, unsigned. */
export function hashOf(gram) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < gram.length; i++) hash = Math.imul(hash ^ gram.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
