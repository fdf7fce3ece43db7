/** Whether one way of answering loses less than another, row by row. Pure. */

/** What `b` saves against `a` on the same rows, one at least, and how far that may be chance. */
export function compareLosses(a: readonly number[], b: readonly number[]): { mean: number; standardError: number } {
  const gains = a.map((loss, i) => loss - b[i]);
  const mean = meanOf(gains);
  const variance = meanOf(gains.map((gain) => (gain - mean) ** 2));
  return { mean, standardError: Math.sqrt(variance / gains.length) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
