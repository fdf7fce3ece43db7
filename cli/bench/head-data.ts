/**
 * Synthetic labelled embeddings for the speed benchmark, shaped after MobileNetV2's of food101-13 (mean, spectrum within
 * classes, variance between them), because solvers take as many steps as the data are ill-conditioned: scikit-learn's
 * logistic regression takes 46 on both. Their accuracy means nothing: never compare heads on them.
 */
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { sampleCapPerClass } from "../../src/head/policy.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";

export interface ProblemSize {
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

const SEED = 20;
/** Standard deviation along dimension i: `(1 + i / KNEE)^-DECAY` times that of the first. */
const KNEE = 12;
const DECAY = 0.7;
/** Spread of the class centres by that of a class. */
const SEPARATION = 0.4;
/** Length of the common mean by that of the deviations. */
const MEAN = 1.33;

/** `n` rows of `d` numbers, the classes `c0` .. in turn; the same for the same size. */
export function* drawRows({ n, d, k }: ProblemSize): Generator<LabelledEmbedding> {
  const uniform = seededNumbers(SEED);
  const spread = Float64Array.from({ length: d }, (_, at) => (1 + at / KNEE) ** -DECAY);
  // a uniform number in [-1, 1) has variance 1/3
  const mean = MEAN * Math.sqrt(spread.reduce((sum, value) => sum + value * value, 0) / 3 / d);
  const centres = Float32Array.from({ length: k * d }, (_, at) => SEPARATION * spread[at % d] * (2 * uniform() - 1));
  const raw = new Float32Array(d);
  for (let i = 0; i < n; i++) {
    const label = i % k;
    for (let at = 0; at < d; at++) {
      raw[at] = mean + (centres[label * d + at] ?? 0) + (spread[at] ?? 0) * (2 * uniform() - 1);
    }
    const embedding = quantiseEmbedding(raw, d);
    if (!embedding.ok) throw new Error(embedding.error.message);
    yield { classId: `c${label}`, embedding: embedding.value };
  }
}

/** How many of the first rows make a stratified sample. */
export function sampleSize({ n, k }: ProblemSize): number {
  return Math.min(n, sampleCapPerClass(k) * k);
}

/** Xorshift: fast enough for more than a hundred million numbers. */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
