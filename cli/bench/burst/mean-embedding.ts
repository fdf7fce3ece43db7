/** One embedding of several: the direction of the mean of unit vectors. Pure. */
import { dequantiseInto, type Embedding, quantiseEmbedding } from "../../../src/head/embedding.ts";

/** `m / |m|` with `m = 1/n sum_i x_i`, as int8 again. Throws a RangeError where the vectors cancel each other out, or there are none. */
export function meanEmbedding(embeddings: readonly Embedding[]): Embedding {
  const D = embeddings[0]?.values.length ?? 0;
  const [sum, x] = [new Float32Array(D), new Float32Array(D)];
  for (const embedding of embeddings) {
    dequantiseInto(embedding, x);
    for (let d = 0; d < D; d++) sum[d] += x[d];
  }
  const mean = quantiseEmbedding(sum, D);
  if (!mean.ok)
    throw new RangeError(`There is no mean of these ${embeddings.length} embeddings: ${mean.error.message}`);
  return mean.value;
}
