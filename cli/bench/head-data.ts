/** Synthetic labelled embeddings for the speed benchmark. Their accuracy means nothing: never compare heads on them. */
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { sampleCapPerClass } from "../../src/head/policy.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";

export interface ProblemSize {
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const SEED = 20;
/** Size of the class centres beside noise in [-1, 1]. */
const SEPARATION = 0.35;
/** Noise falls off along the dimensions to this share, so that shrinkage has an optimum inside the grid, as on photos. */
const LEAST_NOISE = 0.1;

/** `n` rows of `d` numbers, the classes `c0` .. in turn; the same for the same size. */
export function* drawRows({ n, d, k }: ProblemSize): Generator<LabelledEmbedding> {
  const uniform = seededNumbers(SEED);
  const centres = Float32Array.from({ length: k * d }, () => SEPARATION * (2 * uniform() - 1));
  const noise = Float32Array.from({ length: d }, (_, at) => LEAST_NOISE ** (at / d));
  const raw = new Float32Array(d);
  for (let i = 0; i < n; i++) {
    const label = i % k;
    for (let at = 0; at < d; at++) raw[at] = centres[label * d + at] + noise[at] * (2 * uniform() - 1);
    const embedding = quantiseEmbedding(raw, d);
    if (!embedding.ok) throw new Error(embedding.error.message);
    yield { classId: `c${label}`, embedding: embedding.value };
  }
}

/** How many of the first rows make a stratified sample. */
export function sampleSize({ n, k }: ProblemSize): number {
  return Math.min(n, sampleCapPerClass(k) * k);
}

/** Xorshift: fast enough for 64 million numbers. */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
