/**
 * Labelled examples in two dimensions, along the directions that tell their classes apart best in the metric of the head (A = L L^T):
 *
 *   R_k = sqrt(n_k) L^-1 (mu_k - m)   K x D          C = R R^T = sum_j lambda_j v_j v_j^T   K x K
 *   u_j = R^T a_j,   a_j = v_j / sqrt(lambda_j)      shown = (lambda_1 + lambda_2) / tr C
 *   E_i = L^-1 (x_i - mu_c),   h = |E_i|^2,   b = n_c / (n_c - 1)
 *   p_ij = sqrt(N) (u_j . L^-1 (mu_c - m) + b (u_j . E_i - a_jc sqrt(n_c) h / (n_c - 1)) / (1 - b h))
 *
 * The last term is leave-one-out's, `a` held fixed: an example lies as far from its class as it would, had neither A nor the mean of the class seen
 * it (`leave-one-out.ts`). Drawn as taught, each would lie nearer to its own class, and the map would look better than answers are
 * (docs/benchmarks.md). One unit is how far examples of a class typically differ along a direction. Two classes have one direction only; then
 * the other is the one in which their examples differ most. Pure.
 */
import type { Embedding } from "./embedding.ts";
import { type Kernels, packedLength, type RealArray } from "./kernels/kernels.ts";
import type { Metric } from "./metric.ts";
import { findDirections } from "./principal-directions.ts";
import type { ClassSum } from "./statistics.ts";

/** The examples to draw. */
export interface MapProblem {
  readonly metric: Metric;
  /** K classes with an example at least. */
  readonly classes: readonly ClassSum[];
  /** n examples, each absorbed under the class at that place. */
  readonly rows: readonly { readonly classAt: number; readonly embedding: Embedding }[];
}

/** Coordinates are pairs, one after the other. */
export interface DrawnMap {
  /** 2 n numbers. */
  readonly points: Float64Array;
  /** 2 K numbers: the means. */
  readonly centres: Float64Array;
  /** Share of what sets the classes apart that lies in each of the two directions; 0 for one that tells nothing of it. */
  readonly shares: readonly [number, number];
}

/** Directions to iterate on, so that the first two come out clean. */
const DIRECTIONS = 8;
/** Until the two are at right angles, or distances on the map would be distorted; of a matrix of K x K numbers they cost nothing. */
const ITERATIONS = 60;
/** Below this share of the first, a direction of the classes is rounding. */
const NEGLIGIBLE_SHARE = 1e-6;
/** An example that A knows from itself alone would else fly off the map. */
const SMALLEST_COMPLEMENT = 0.2;
const SPREAD_ITERATIONS = 8;

/** The arrays of one drawing, all of one arena. */
interface Room {
  readonly factor: RealArray;
  /** E, n x D. */
  readonly rows: RealArray;
  /** R, K x D. */
  readonly means: RealArray;
  /** u_1 and u_2, 2 x D. */
  readonly axes: RealArray;
  /** a_1 and a_2, 2 x K; zeros for an axis that is not a combination of means. */
  readonly weights: Float64Array;
}

/** Cost `D^3 / 3` for what `metric` holds already, and here `(n + K) D^2`. */
export function drawMap(problem: MapProblem, kernels: Kernels): DrawnMap {
  const { metric, classes, rows } = problem;
  const { dimension: D, total } = metric;
  const [n, K] = [rows.length, classes.length];
  const r = Math.min(DIRECTIONS, K);
  const arena = kernels.openArena(D * D + (n + K + 2) * D + 2 * K * K + packedLength(K) + 2 * r * K);
  const room = {
    factor: arena.take(D * D),
    rows: arena.take(n * D),
    means: arena.take(K * D),
    axes: arena.take(2 * D),
    weights: new Float64Array(2 * K),
  };
  writeResiduals(problem, room.rows);
  writeMeans(problem, room.means);
  whiten(problem, room, kernels);
  const products = arena.take(K * K);
  kernels.multiplyTransposed({ m: K, n: K, depth: D }, room.means, room.means, products);
  const packed = arena.take(packedLength(K));
  for (let i = 0; i < K; i++) packed.set(products.subarray(i * K, i * K + i + 1), packedLength(i));
  const trace = classes.reduce((sum, _, k) => sum + products[k * K + k], 0);
  const found = findDirections(kernels, packed, K, r, { square: products, vectors: arena.take(2 * r * K) }, ITERATIONS);
  const lambdas = [found.shares[0] ?? 0, found.shares[1] ?? 0];
  const isFlat = lambdas[1] <= NEGLIGIBLE_SHARE * lambdas[0];
  writeAxis(room, found.vectors.subarray(0, K), lambdas[0], 0);
  if (isFlat) writeSpread(room, n, D);
  else writeAxis(room, found.vectors.subarray(K, 2 * K), lambdas[1], 1);
  const shareOf = (lambda: number) => (trace > 0 ? Math.max(0, lambda) / trace : 0);
  return { ...place(problem, room, Math.sqrt(total)), shares: [shareOf(lambdas[0]), isFlat ? 0 : shareOf(lambdas[1])] };
}

function writeResiduals({ metric, classes, rows }: MapProblem, out: RealArray): void {
  const D = metric.dimension;
  rows.forEach(({ classAt, embedding: { values, scale } }, i) => {
    const { sum, count } = classes[classAt];
    for (let d = 0; d < D; d++) out[i * D + d] = values[d] * scale - sum[d] / count;
  });
}

function writeMeans({ metric, classes }: MapProblem, out: RealArray): void {
  const { dimension: D, mean } = metric;
  classes.forEach(({ sum, count }, k) => {
    const root = Math.sqrt(count);
    for (let d = 0; d < D; d++) out[k * D + d] = root * (sum[d] / count - mean[d]);
  });
}

function whiten({ metric, classes, rows }: MapProblem, room: Room, kernels: Kernels): void {
  const { dimension: D, factor: packed } = metric;
  if (packed === null) return;
  for (let i = 0; i < D; i++) {
    const start = packedLength(i);
    room.factor.set(packed.subarray(start, start + i + 1), i * D);
  }
  kernels.solveForward(room.factor, D, room.rows, rows.length);
  kernels.solveForward(room.factor, D, room.means, classes.length);
}

/** `a = v / sqrt(lambda)` and `u = R^T a`; zeros where nothing sets the classes apart. */
function writeAxis({ means, axes, weights }: Room, v: RealArray, lambda: number, axis: number): void {
  const [D, K] = [axes.length / 2, v.length];
  if (lambda <= 0) return;
  for (let k = 0; k < K; k++) {
    const weight = v[k] / Math.sqrt(lambda);
    weights[axis * K + k] = weight;
    for (let d = 0; d < D; d++) axes[axis * D + d] += weight * means[k * D + d];
  }
}

/** The direction in which E is largest, beside the first axis: power iteration on `E^T E`. Cost `2 n D` a step. */
function writeSpread({ rows, axes }: Room, n: number, D: number): void {
  const first = axes.subarray(0, D);
  const axis = axes.subarray(D, 2 * D);
  for (let d = 0; d < D; d++) axis[d] = ((d * 7919) % 1009) / 1009 - 0.5;
  const next = new Float64Array(D);
  for (let step = 0; step < SPREAD_ITERATIONS; step++) {
    next.fill(0);
    for (let i = 0; i < n; i++) {
      const along = dot(rows, i * D, axis, 0, D);
      for (let d = 0; d < D; d++) next[d] += along * rows[i * D + d];
    }
    const overlap = dot(first, 0, next, 0, D);
    for (let d = 0; d < D; d++) next[d] -= overlap * first[d];
    const length = Math.sqrt(dot(next, 0, next, 0, D));
    for (let d = 0; d < D; d++) axis[d] = length > 0 ? next[d] / length : 0;
  }
}

/** The first class lies on the left and not below the middle, so that two versions of a map look alike. */
function place({ classes, rows }: MapProblem, room: Room, unit: number) {
  const { means, rows: E, axes, weights } = room;
  const [D, K] = [axes.length / 2, classes.length];
  const [points, centres] = [new Float64Array(2 * rows.length), new Float64Array(2 * K)];
  for (const axis of [0, 1]) {
    classes.forEach(({ count }, k) => {
      centres[2 * k + axis] = (unit * dot(means, k * D, axes, axis * D, D)) / Math.sqrt(count);
    });
    rows.forEach(({ classAt }, i) => {
      const along = dot(E, i * D, axes, axis * D, D);
      const h = dot(E, i * D, E, i * D, D);
      const gap = leaveOut({ along, h, n: classes[classAt].count, weight: weights[axis * K + classAt] });
      points[2 * i + axis] = centres[2 * classAt + axis] + unit * gap;
    });
    const wanted = axis === 0 ? -1 : 1;
    if (centres[axis] * wanted < 0) flip(points, centres, axis);
  }
  return { points, centres };
}

/** An example of a class of n along one axis. */
interface RowAlong {
  /** `u . E_i`. */
  readonly along: number;
  readonly h: number;
  readonly n: number;
  /** `a_c`. */
  readonly weight: number;
}

/** `b (u . E - a_c sqrt(n) h / (n - 1)) / (1 - b h)`; an example that is all there is of its class lies on its mean. */
function leaveOut({ along, h, n, weight }: RowAlong): number {
  if (n < 2) return along;
  const b = n / (n - 1);
  return (b * (along - (weight * Math.sqrt(n) * h) / (n - 1))) / Math.max(SMALLEST_COMPLEMENT, 1 - b * h);
}

function flip(points: Float64Array, centres: Float64Array, axis: number): void {
  for (const list of [points, centres]) for (let at = axis; at < list.length; at += 2) list[at] *= -1;
}

function dot(a: ArrayLike<number>, atA: number, b: ArrayLike<number>, atB: number, length: number): number {
  let sum = 0;
  for (let d = 0; d < length; d++) sum += a[atA + d] * b[atB + d];
  return sum;
}
