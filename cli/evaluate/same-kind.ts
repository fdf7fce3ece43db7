/** Whether two samples may be of one kind, by how far their means lie apart. Pure. */
import { meanEmbedding } from "../../src/head/descriptions.ts";
import { type Embedding, squaredNorm } from "../../src/head/embedding.ts";

/**
 * Reviews against other reviews come to .9 to 1.7, cheerful ones alone against cross ones to 3.1; ten reviews against sentences of manuals
 * to 3.4 to 5.3, twenty to 4.3 and more.
 */
const MOST_APART = 3;

/** True where `|m_a - m_b|^2` is at most three times what chance makes of it, `s_a^2 / n_a + s_b^2 / n_b`; two of each at least. */
export function mayBeOfOneKind(a: readonly Embedding[], b: readonly Embedding[]): boolean {
  const [one, other] = [measure(a), measure(b)];
  const apart = one.mean.reduce((sum, value, d) => sum + (value - other.mean[d]) ** 2, 0);
  return apart <= MOST_APART * (one.error + other.error);
}

/** The mean, and `s^2 / n`: what it is off by chance, squared. */
function measure(rows: readonly Embedding[]): { mean: Float64Array; error: number } {
  const mean = meanEmbedding(rows);
  const squares = rows.reduce((sum, row) => sum + squaredNorm(row), 0) / rows.length;
  const spread = squares - mean.reduce((sum, value) => sum + value * value, 0);
  return { mean, error: spread / Math.max(1, rows.length - 1) };
}
