/**
 * Why one class and not another: the margin of an answer as an exact sum over the labelled examples of both classes.
 *
 *   z_a - z_b = s (c_a - c_b)^T A^-1 (x - m - (c_a + c_b)/2)  =  sum_i contribution_i,    v = A^-1 (x - m - (c_a + c_b)/2)
 *   contribution_i = + s (x_i - m).v / n_a  for examples of a,   - s (x_i - m).v / n_b  for examples of b
 *
 * The small-sample term and the prior belong to no example and are left out. Costs a factorisation: for a page that a
 * person asked for, not for every answer.
 */
import { err, ok, type Result } from "../shared/result.ts";
import { type Discriminant, openDiscriminant, solveAt } from "./discriminant.ts";
import type { Embedding } from "./embedding.ts";
import { type FitError, poseProblem, writePrototypes } from "./fit-problem.ts";
import type { Kernels, RealArray } from "./kernels/kernels.ts";
import { createPlainKernels } from "./kernels/plain-kernels.ts";
import type { LabelledEmbedding, Statistics } from "./statistics.ts";

/** An answer to explain, and the head it came from. */
export interface ExplanationRequest {
  readonly embedding: Embedding;
  /** The class that was answered. */
  readonly classId: string;
  /** The class it is held against, usually the runner-up. */
  readonly otherClassId: string;
  readonly rho: number;
  readonly temperature: number;
  readonly kernels?: Kernels;
}

/** What one example adds to the margin, in logits: positive speaks for the answer. */
export interface Contribution {
  /** Index into the examples given. */
  readonly index: number;
  readonly contribution: number;
}

/**
 * Contributions of those `examples` that belong to one of the two classes, strongest for the answer first. Over all
 * examples of both classes they sum to the margin. Errors as `fitHead`.
 */
export function explainAnswer(
  stats: Statistics,
  request: ExplanationRequest,
  examples: readonly LabelledEmbedding[],
): Result<readonly Contribution[], FitError> {
  const { classId, otherClassId } = request;
  const posed = poseProblem(stats, examples, [classId, otherClassId]);
  if (!posed.ok) return posed;
  const withoutRows = {
    ...posed.value,
    rows: { embeddings: [], labels: new Int32Array(), sampleIndex: new Int32Array() },
  };
  const discriminant = openDiscriminant(withoutRows, request.kernels ?? createPlainKernels());
  if (!solveAt(discriminant, request.rho)) {
    const message = "The statistics give no positive definite scatter: rebuild them from the stored examples.";
    return err({ code: "not_positive_definite", message });
  }
  const v = solveDirection(discriminant, request.embedding);
  const weights = new Map([
    [classId, request.temperature / posed.value.counts[0]],
    [otherClassId, -request.temperature / posed.value.counts[1]],
  ]);
  const contributions = examples.flatMap((example, index) => {
    const weight = weights.get(example.classId);
    if (weight === undefined) return [];
    return [{ index, contribution: weight * alongDirection(example.embedding, posed.value.mean, v) }];
  });
  return ok(contributions.sort((a, b) => b.contribution - a.contribution));
}

/** `v = A^-1 (x - m - (c_a + c_b)/2)`, in the memory of the two prototypes. */
function solveDirection(discriminant: Discriminant, { values, scale }: Embedding): RealArray {
  const { problem, kernels, prototypes, factor, trace } = discriminant;
  const D = problem.stats.dimension;
  writePrototypes(problem, prototypes, 0);
  const v = prototypes.subarray(0, D);
  for (let d = 0; d < D; d++) {
    v[d] = values[d] * scale - problem.mean[d] - (prototypes[d] + prototypes[D + d]) / 2;
  }
  if (trace > 0) {
    kernels.solveForward(factor, D, v, 1);
    kernels.solveBackward(factor, D, v, 1);
  }
  return v;
}

function alongDirection({ values, scale }: Embedding, mean: Float64Array, v: RealArray): number {
  let sum = 0;
  for (let d = 0; d < v.length; d++) sum += (values[d] * scale - mean[d]) * v[d];
  return sum;
}
