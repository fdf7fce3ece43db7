/** One vector of a text from the vectors of its tokens, as sentence encoders are trained to have it read out. */

/** `mean`: of all tokens. `cls`: the first token's. */
export const POOLINGS = ["mean", "cls"] as const;
/** How the text backbone was trained to be read; the manifest names it. */
export type Pooling = (typeof POOLINGS)[number];

/** `values` is row-major [n, d], n = `tokens`; all tokens are the text's own, none is padding. Returns d numbers. */
export function poolTokens(values: Float32Array, tokens: number, pooling: Pooling): Float32Array {
  const dimension = values.length / tokens;
  if (pooling === "cls") return values.slice(0, dimension);
  const mean = new Float32Array(dimension);
  for (let i = 0; i < values.length; i++) mean[i % dimension] += values[i] / tokens;
  return mean;
}
