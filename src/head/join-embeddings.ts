/** One embedding of several of the same thing: the direction of the mean of unit vectors. Pure. */
import { meanEmbedding } from "./descriptions.ts";
import { type Embedding, quantiseEmbedding } from "./embedding.ts";

/**
 * `m / |m|` with `m = 1/n sum_i x_i`, as int8 again. Throws a RangeError where there are none, or they cancel each other out, which the
 * photos of a backbone do not.
 */
export function joinEmbeddings(embeddings: readonly Embedding[]): Embedding {
  if (embeddings.length === 0) throw new RangeError("There is no mean of no embeddings.");
  const mean = Float32Array.from(meanEmbedding(embeddings));
  const joined = quantiseEmbedding(mean, mean.length);
  if (!joined.ok) throw new RangeError(`There is no mean of ${embeddings.length} embeddings: ${joined.error.message}`);
  return joined.value;
}
