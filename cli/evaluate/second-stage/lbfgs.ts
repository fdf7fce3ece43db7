/**
 * Limited-memory BFGS for a smooth convex function, with a preconditioner in place of the usual multiple of the identity
 * (Nocedal and Wright, Numerical Optimization, algorithm 7.4). Knows nothing of what it minimises.
 */

/** A function to minimise over x (P numbers). */
export interface Objective {
  /** Writes the gradient at x (P numbers) to `gradient` and returns the value. */
  readonly evaluate: (x: Float64Array, gradient: Float64Array) => number;
  /** Replaces a vector (P numbers) by `H0` times it, `H0` positive definite and near the inverse Hessian; absent: `H0 = I`. */
  readonly precondition?: (vector: Float64Array) => void;
}

/** When to stop. */
interface MinimiseOptions {
  /** Largest component of the gradient that counts as zero. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** Where it stopped. */
interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** Steps taken. */
  readonly iterations: number;
  /** False when it ran out of iterations, or rounding hid every further descent. */
  readonly hasConverged: boolean;
}

/** One step and what it did to the gradient. */
interface Pair {
  /** `x_next - x`. */
  readonly s: Float64Array;
  /** `gradient_next - gradient`. */
  readonly y: Float64Array;
  /** `1 / (s . y)`. */
  readonly rho: number;
}

/** Pairs remembered, of P numbers each; 5 to 10 are usual. */
const MEMORY = 8;
/** Share of the promised descent that a step must bring (Armijo). */
const SUFFICIENT_DESCENT = 1e-4;
const MAX_HALVINGS = 30;

/** Minimises from x0, which is left as it was. */
export function minimise(objective: Objective, x0: Float64Array, options: MinimiseOptions): Minimum {
  let x = x0.slice();
  let gradient = new Float64Array(x.length);
  let value = objective.evaluate(x, gradient);
  const pairs: Pair[] = [];
  for (let iterations = 0; ; iterations++) {
    const hasConverged = largest(gradient) <= options.tolerance;
    if (hasConverged || iterations === options.maxIterations) return { x, value, iterations, hasConverged };
    const direction = descentDirection(objective, gradient, pairs);
    const step = searchLine(objective, { x, gradient, value }, direction);
    if (step === undefined) return { x, value, iterations, hasConverged };
    remember(pairs, difference(step.x, x), difference(step.gradient, gradient));
    ({ x, gradient, value } = step);
  }
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly gradient: Float64Array<ArrayBuffer>;
  readonly value: number;
}

/** `-H gradient` by the two-loop recursion, `H0` scaled by `s.y / y.H0 y` of the latest pair. */
function descentDirection(objective: Objective, gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const r = gradient.map((value) => -value);
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    alphas[i] = pairs[i].rho * dot(pairs[i].s, r);
    addScaled(r, -alphas[i], pairs[i].y);
  }
  objective.precondition?.(r);
  const latest = pairs.at(-1);
  const scale = latest === undefined ? firstScale(objective, r) : inverseCurvature(objective, latest);
  for (let p = 0; p < r.length; p++) r[p] *= scale;
  pairs.forEach(({ s, y, rho }, i) => {
    addScaled(r, alphas[i] - rho * dot(y, r), s);
  });
  return r;
}

/** Without a preconditioner nothing says how long the first step should be: then it has length 1. */
function firstScale({ precondition }: Objective, direction: Float64Array): number {
  return precondition === undefined ? 1 / Math.sqrt(dot(direction, direction)) : 1;
}

function inverseCurvature({ precondition }: Objective, { y, rho }: Pair): number {
  const image = y.slice();
  precondition?.(image);
  return 1 / (rho * dot(y, image));
}

/** The first of the steps 1, 1/2, 1/4 .. that descends enough; undefined when none does. */
function searchLine(objective: Objective, from: Point, direction: Float64Array): Point | undefined {
  const slope = dot(from.gradient, direction);
  if (!(slope < 0)) return undefined;
  const gradient = new Float64Array(direction.length);
  for (let halving = 0, t = 1; halving < MAX_HALVINGS; halving++, t /= 2) {
    const x = from.x.slice();
    addScaled(x, t, direction);
    const value = objective.evaluate(x, gradient);
    if (value <= from.value + SUFFICIENT_DESCENT * t * slope) return { x, gradient, value };
  }
  return undefined;
}

/** Keeps a pair only where the function curves upwards along it, so that H stays positive definite. */
function remember(pairs: Pair[], s: Float64Array, y: Float64Array): void {
  const curvature = dot(s, y);
  if (!(curvature > 0)) return;
  pairs.push({ s, y, rho: 1 / curvature });
  if (pairs.length > MEMORY) pairs.shift();
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, p) => value - b[p]);
}

function addScaled(target: Float64Array, factor: number, vector: Float64Array): void {
  for (let p = 0; p < target.length; p++) target[p] += factor * vector[p];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p] * b[p];
  return sum;
}

function largest(vector: Float64Array): number {
  return vector.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
}
