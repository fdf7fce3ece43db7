/**
 * The loss of multinomial logistic regression on n rows, its gradient, and a preconditioner for it:
 *
 *   loss(W, b) = 1/n sum_i -log p(y_i | x_i) + lambda/2 |W|^2,   p(. | x) = softmax(W x + b)      (b is not penalised)
 *   dW = 1/n (P - Y)^T X + lambda W   K x D,      db = 1/n sum_i (P - Y)_i   K
 *   H0 = [ (1/K)(1 - 1/K) S + lambda I ]^-1 for each row of W,  S = 1/n sum_i x_i x_i^T,  and [ (1/K)(1 - 1/K) ]^-1 for b
 *
 * H0 inverts the diagonal blocks of the Hessian at W = 0, where every class has probability 1/K. Parameters are one vector:
 * the K rows of W, then b. Rows are centred by the caller; S then says nothing of b.
 */

import { type Kernels, packedLength, type RealArray } from "../../../src/head/kernels/kernels.ts";
import { softmaxInPlace, softmaxMoments } from "../../../src/head/softmax.ts";
import type { Objective } from "./lbfgs.ts";

/** What to fit: n centred rows of D numbers, row-major, and the class of each. */
export interface LogisticProblem {
  readonly rows: Float32Array | Float64Array;
  readonly labels: Int32Array;
  readonly classCount: number;
  readonly dimension: number;
  /** lambda, > 0. */
  readonly penalty: number;
}

/** Arrays of one objective, in the arena of its kernels. */
interface Workspace {
  readonly rows: RealArray;
  /** `X^T`, D x n. */
  readonly columns: RealArray;
  /** W, then a direction to precondition: K x D. */
  readonly weights: RealArray;
  /** n x K. */
  readonly scores: RealArray;
  /** `(P - Y)^T`, K x n. */
  readonly errors: RealArray;
  /** `dW`, K x D. */
  readonly product: RealArray;
  /** Cholesky factor of `H0^-1`, D x D. */
  readonly factor: RealArray;
}

/** Parameters of W and b together. */
export function parameterCount({ classCount, dimension }: LogisticProblem): number {
  return classCount * (dimension + 1);
}

/**
 * The loss as an objective; void once the kernels open another arena. Costs `n D^2 + D^3/3` once and `4 n K D` per
 * evaluation.
 */
export function openLogisticLoss(problem: LogisticProblem, kernels: Kernels): Required<Objective> {
  const space = openWorkspace(problem, kernels);
  return {
    evaluate: (x, gradient) => evaluate(problem, kernels, space, x, gradient),
    precondition: (vector) => precondition(problem, kernels, space, vector),
  };
}

function openWorkspace(problem: LogisticProblem, kernels: Kernels): Workspace {
  const { labels, classCount: K, dimension: D } = problem;
  const n = labels.length;
  const arena = kernels.openArena(2 * n * D + 2 * n * K + 2 * K * D + D * D + packedLength(D));
  const space = {
    rows: arena.take(n * D),
    columns: arena.take(n * D),
    weights: arena.take(K * D),
    scores: arena.take(n * K),
    errors: arena.take(n * K),
    product: arena.take(K * D),
    factor: arena.take(D * D),
  };
  space.rows.set(problem.rows);
  for (let i = 0; i < n; i++) for (let d = 0; d < D; d++) space.columns[d * n + i] = space.rows[i * D + d];
  factoriseCurvature(problem, kernels, space, arena.take(packedLength(D)));
  return space;
}

/** `(1/K)(1 - 1/K) S + lambda I`: positive definite for lambda > 0, unless rows are not finite. */
function factoriseCurvature(problem: LogisticProblem, kernels: Kernels, space: Workspace, gram: RealArray): void {
  const { labels, dimension: D, penalty } = problem;
  kernels.addOuterProducts(gram, space.rows, labels.length, D, 1);
  const scale = classCurvature(problem) / labels.length;
  for (let i = 0; i < D; i++) {
    for (let j = 0; j <= i; j++) space.factor[i * D + j] = scale * gram[packedLength(i) + j] + (i === j ? penalty : 0);
  }
  if (!kernels.factorise(space.factor, D)) throw new RangeError("The rows of a logistic regression are not finite.");
}

/** `p (1 - p)` at p = 1/K. */
function classCurvature({ classCount: K }: LogisticProblem): number {
  return (1 / K) * (1 - 1 / K);
}

function evaluate(
  problem: LogisticProblem,
  kernels: Kernels,
  space: Workspace,
  x: Float64Array,
  gradient: Float64Array,
): number {
  const { labels, classCount: K, dimension: D, penalty } = problem;
  const n = labels.length;
  const biases = x.subarray(K * D);
  space.weights.set(x.subarray(0, K * D));
  kernels.multiplyTransposed({ m: n, n: K, depth: D }, space.rows, space.weights, space.scores);
  const biasGradient = gradient.subarray(K * D).fill(0);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    const p = Float64Array.from({ length: K }, (_, k) => space.scores[i * K + k] + biases[k]);
    loss += softmaxMoments(p, 0, K, 1).logSum - p[labels[i]];
    softmaxInPlace(p);
    for (let k = 0; k < K; k++) {
      const error = (p[k] - (k === labels[i] ? 1 : 0)) / n;
      space.errors[k * n + i] = error;
      biasGradient[k] += error;
    }
  }
  kernels.multiplyTransposed({ m: K, n: D, depth: n }, space.errors, space.columns, space.product);
  let squares = 0;
  for (let w = 0; w < K * D; w++) {
    gradient[w] = space.product[w] + penalty * x[w];
    squares += x[w] * x[w];
  }
  return loss / n + (penalty / 2) * squares;
}

function precondition(problem: LogisticProblem, kernels: Kernels, space: Workspace, vector: Float64Array): void {
  const { classCount: K, dimension: D } = problem;
  space.weights.set(vector.subarray(0, K * D));
  kernels.solveForward(space.factor, D, space.weights, K);
  kernels.solveBackward(space.factor, D, space.weights, K);
  vector.set(space.weights);
  for (let k = K * D; k < vector.length; k++) vector[k] /= classCurvature(problem);
}
