/** When a message that did not arrive is sent again. Pure. */

const FIRST_MS = 5 * 60_000;
const LONGEST_MS = 12 * 3_600_000;
/** Messages that failed together do not come again together. */
const JITTER = 0.2;

/**
 * The wait after so many attempts, in ms: `min(5 min 2^(attempts - 1), 12 h) (1 + 0.2 (2 random - 1))`, `random` in [0, 1). The clock fires
 * every five minutes, so nothing shorter would be kept.
 */
export function backOff(attempts: number, random: number): number {
  const wait = Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS);
  return Math.round(wait * (1 + JITTER * (2 * random - 1)));
}
