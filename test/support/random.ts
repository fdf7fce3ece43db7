/** Repeatable randomness for tests: the same seed gives the same numbers on every machine. */

/** Returns the next number in [0, 1). */
export type Random = () => number;

/** mulberry32, seeded with the FNV-1a hash of `seed`. Good enough for pictures and shuffles, not for statistics. */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return function nextRandom() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Returns roughly normal numbers, mean 0 and variance 1 (the sum of twelve uniform ones). */
export function createNormal(seed: string): Random {
  const random = createRandom(seed);
  return () => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6);
}
