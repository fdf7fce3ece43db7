/** The softmax and what is read from it, safe against overflow. Owns no state. */

/** Logits below the largest by more than this add nothing to a float64 sum. */
const NEGLIGIBLE_LOGIT = -40;

/** `p_k = exp(z_k) / sum_j exp(z_j)` over all of `logits`, in place. */
export function softmaxInPlace(logits: Float64Array): Float64Array {
  const top = logits.reduce((best, z) => Math.max(best, z), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let k = 0; k < logits.length; k++) {
    logits[k] = Math.exp(logits[k] - top);
    total += logits[k];
  }
  for (let k = 0; k < logits.length; k++) logits[k] /= total;
  return logits;
}

/** `log sum_k exp(s z_k)` and its first two derivatives in s: the mean and the variance of z under `softmax(s z)`. */
interface SoftmaxMoments {
  readonly logSum: number;
  readonly mean: number;
  readonly variance: number;
}

/** The moments of `values[start .. start + length)`, for s > 0. */
export function softmaxMoments(
  values: Float32Array | Float64Array,
  start: number,
  length: number,
  s: number,
): SoftmaxMoments {
  let top = Number.NEGATIVE_INFINITY;
  for (let k = start; k < start + length; k++) if (values[k] > top) top = values[k];
  let [total, first, second] = [0, 0, 0];
  for (let k = start; k < start + length; k++) {
    const below = values[k] - top;
    if (s * below <= NEGLIGIBLE_LOGIT) continue;
    const weight = Math.exp(s * below);
    total += weight;
    first += weight * below;
    second += weight * below * below;
  }
  const mean = first / total;
  return { logSum: s * top + Math.log(total), mean: top + mean, variance: second / total - mean * mean };
}

/** `-sum_k p_k log p_k` in nats; 0 where one class has all. */
export function entropyOf(probabilities: ArrayLike<number>): number {
  let entropy = 0;
  for (let k = 0; k < probabilities.length; k++) {
    if (probabilities[k] > 0) entropy -= probabilities[k] * Math.log(probabilities[k]);
  }
  return entropy;
}
