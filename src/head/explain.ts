/**
 * Why one class and not another: the margin of an answer as an exact sum over the labelled examples of both classes.
 *
 *   z_a - z_b = s (c_a - c_b)^T v,   v = A^-1 (x - m - (c_a + c_b)/2)
 *   contribution_i = + s (x_i - m).v / n_a  for examples of a,   - s (x_i - m).v / n_b  for examples of b
 *
 * The small-sample term and the prior belong to no example and are left out. Pure.
 */
import type { Embedding } from "./embedding.ts";
import { type Metric, solveInMetric } from "./metric.ts";
import type { ClassSum } from "./statistics.ts";

/** An answer to explain. */
interface ExplanationRequest {
  readonly embedding: Embedding;
  /** The class of the answer; it has an example at least, like the other one. */
  readonly answer: ClassSum;
  /** The class it is compared with, usually the runner-up. */
  readonly against: ClassSum;
  /** s. */
  readonly temperature: number;
}

/** What speaks for an answer, in logits: positive for it, negative for the other class. */
interface Explanation {
  /** Over all examples of both classes: the sum of their contributions, and the margin but for what belongs to no example. */
  readonly sum: number;
  /** What an example of one of the two classes adds. */
  readonly contributionOf: (embedding: Embedding, side: "answer" | "against") => number;
}

/** Cost `D^2`, and D per contribution. */
export function explainAnswer(metric: Metric, request: ExplanationRequest): Explanation {
  const { embedding, answer, against, temperature: s } = request;
  const { mean } = metric;
  const v = new Float64Array(mean.length);
  for (let d = 0; d < v.length; d++) {
    // The means of the classes hold m as x does: it falls out.
    const halfway = (answer.sum[d] / answer.count + against.sum[d] / against.count) / 2;
    v[d] = embedding.values[d] * embedding.scale - halfway;
  }
  solveInMetric(metric, v);
  const apart = (d: number) => answer.sum[d] / answer.count - against.sum[d] / against.count;
  const sum = v.reduce((total, one, d) => total + s * one * apart(d), 0);
  const weights = { answer: s / answer.count, against: -s / against.count };
  return { sum, contributionOf: (example, side) => weights[side] * along(example, mean, v) };
}

function along({ values, scale }: Embedding, mean: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < v.length; d++) sum += (values[d] * scale - mean[d]) * v[d];
  return sum;
}
