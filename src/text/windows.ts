/**
 * A text longer than the encoder reads at once, in windows of nearly equal length, none left out. Their embeddings are
 * averaged, weighted by their tokens: a mail is about what most of it is about.
 */

/** Windows that hold all of `ids`, in order, none longer than `maxTokens`; their lengths differ by at most one. */
export function splitIntoWindows(ids: readonly number[], maxTokens: number): number[][] {
  const count = Math.ceil(ids.length / maxTokens);
  return Array.from({ length: count }, (_, i) =>
    ids.slice(Math.round((i * ids.length) / count), Math.round(((i + 1) * ids.length) / count)),
  );
}

/** `sum_w n_w e_w / sum_w n_w`, `n_w` the tokens of window w. Needs at least one window; all of one length. */
export function averageWindows(
  windows: readonly (readonly number[])[],
  embeddings: readonly Float32Array[],
): Float32Array {
  const total = windows.reduce((sum, { length }) => sum + length, 0);
  const mean = new Float32Array(embeddings[0].length);
  embeddings.forEach((embedding, w) => {
    const share = windows[w].length / total;
    for (let d = 0; d < mean.length; d++) mean[d] += share * embedding[d];
  });
  return mean;
}
