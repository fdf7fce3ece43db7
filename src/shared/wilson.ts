/**
 * How sure a share is that was counted on n photos. Wilson's score interval for a binomial proportion (E. B. Wilson,
 * "Probable inference, the law of succession, and statistical inference", JASA 22, 1927), at 95 %:
 *
 *   centre = (p + z^2 / 2n) / (1 + z^2 / n),   half = z / (1 + z^2 / n) * sqrt(p (1 - p) / n + z^2 / 4n^2),   z = 1.96
 *
 * It stays within 0 and 1 and makes no certainty of ten right out of ten, and it keeps its level with few photos
 * (Brown, Cai and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16, 2001). Pure.
 */

const Z = 1.96;

/** Bounds of a share, 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval of a share `p` of `n` photos; from 0 to 1 if there are none. */
export function wilsonInterval(p: number, n: number): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const spread = (Z * Z) / n;
  const centre = (p + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
