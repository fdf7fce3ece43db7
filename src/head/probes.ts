/**
 * The int8 rows that a head needs beside those of its classes to measure a distance. Owns how many there may be, how they are made
 * of a discriminant, and how they are rounded. What they mean to an answer lies in strangeness.ts.
 */
import { type Discriminant, ridgeOf } from "./discriminant.ts";
import type { Embedding } from "./embedding.ts";
import { quantiseRows } from "./fold.ts";
import { MAX_DIRECTIONS, MAX_HEAD_ROW_BYTES, MAX_REMEMBERED } from "./policy.ts";
import { findDirections } from "./principal-directions.ts";
import type { Probes } from "./strangeness.ts";

/** `weights . (x - m) + constant`. */
interface ProbeRow {
  readonly weights: ArrayLike<number>;
  readonly constant: number;
}

/** Numbers of rows that a head of this size has room for. */
interface ProbeRoom {
  readonly directions: number;
  /** Of each kind. */
  readonly remembered: number;
}

/** The mean's row and that of the strangers are always there; directions and photos share what is left, up to their own bounds. */
export function planRoom(classCount: number, dimension: number): ProbeRoom {
  const rows = Math.max(0, Math.floor(MAX_HEAD_ROW_BYTES / dimension) - classCount - 2);
  const directions = Math.min(MAX_DIRECTIONS, dimension, Math.ceil(rows / 2));
  return { directions, remembered: Math.min(MAX_REMEMBERED, Math.floor((rows - directions) / 2)) };
}

/**
 * `Q(x) = a |x - m|^2 - sum_j (u_j . (x - m))^2` with the r largest directions v_j of Sw, of share t_j, and t the mean of the others:
 *
 *   a = 1 / (t + ridge),   u_j = sqrt(a - 1 / (t_j + ridge)) v_j
 *
 * The first row is `|x - m|^2 = 1 - |m|^2 - 2 m . (x - m)`. Overwrites factor, rows and prototypes.
 */
export function probeDistance(
  discriminant: Discriminant,
  rho: number,
  maxDirections: number,
): { readonly curvature: number; readonly rows: readonly ProbeRow[] } {
  const { problem, kernels, scatter, trace, factor, vectors } = discriminant;
  const { mean } = problem;
  const D = mean.length;
  const square = mean.reduce((sum, value) => sum + value * value, 0);
  const first = { weights: mean.map((value) => -2 * value), constant: 1 - square };
  const ridge = ridgeOf(discriminant, rho);
  if (trace === 0 || maxDirections === 0) return { curvature: 1 / (trace / D + ridge), rows: [first] };
  const found = findDirections(kernels, scatter, D, maxDirections, { square: factor, vectors });
  const shared = found.shares.reduce((sum, share) => sum + share, 0);
  const curvature = 1 / (Math.max(0, trace - shared) / Math.max(1, D - maxDirections) + ridge);
  const directions = Array.from(found.shares, (share, j) => {
    const excess = Math.sqrt(Math.max(0, curvature - 1 / (Math.max(0, share) + ridge)));
    return { weights: found.vectors.subarray(j * D, (j + 1) * D).map((value) => value * excess), constant: 0 };
  });
  return { curvature, rows: [first, ...directions] };
}

/** Rounds the rows as a head's weights are; constants are computed from the rounded ones, so that rounding acts on `x - m` alone. */
export function packProbes(probes: readonly ProbeRow[], mean: Float64Array): Probes {
  const D = mean.length;
  const rows = new Int8Array(probes.length * D);
  const scales = new Float32Array(probes.length);
  const offsets = probes.map(({ weights, constant }, j) => {
    const { values, peaks } = quantiseRows(Float64Array.from(weights), 1);
    rows.set(values, j * D);
    scales[j] = peaks[0] / 127;
    return values.reduce((sum, value, d) => sum - value * scales[j] * mean[d], constant);
  });
  return { rows, scales, offsets: Float32Array.from(offsets) };
}

/** Adds photos as they are, so that a row gives the cosine with one. */
export function appendPhotos({ rows, scales, offsets }: Probes, photos: readonly Embedding[]): Probes {
  const all = new Int8Array(rows.length + photos.reduce((sum, { values }) => sum + values.length, 0));
  all.set(rows);
  photos.forEach(({ values }, i) => {
    all.set(values, rows.length + i * values.length);
  });
  const zeros = photos.map(() => 0);
  return {
    rows: all,
    scales: Float32Array.of(...scales, ...photos.map(({ scale }) => scale)),
    offsets: Float32Array.of(...offsets, ...zeros),
  };
}
