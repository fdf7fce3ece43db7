/** Leave-one-out by refitting without each row, in float64 and by Gaussian elimination: what the closed form must equal. */
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { vectorOf } from "./synthetic.ts";

interface Row {
  readonly classId: string;
  readonly x: Float64Array;
}

/**
 * `o_ik` (n x K) over the rows whose class keeps an example; m and the ridge `rho tr(Sw)/D` are those of all rows.
 *
 * @param leaving the rows that leave with a row, by number; itself alone unless told
 */
export function bruteForceScores(
  examples: readonly LabelledEmbedding[],
  classIds: readonly string[],
  rho: number,
  leaving: (row: number) => readonly number[] = (row) => [row],
): number[][] {
  const rows = rowsOf(examples);
  const D = rows[0].x.length;
  const mean = meanOf(rows);
  const ridge = ridgeOf(rows, rho);
  return rows.flatMap((left, at) => {
    const others = without(rows, leaving(at));
    if (!others.some(({ classId }) => classId === left.classId) || !classIds.includes(left.classId)) return [];
    const A = withinScatter(others);
    for (let d = 0; d < D; d++) A[d][d] += ridge;
    const x = left.x.map((value, d) => value - mean[d]);
    return [classIds.map((classId) => scoreOf(A, x, centred(others, classId, mean)))];
  });
}

/** `(x - m)^T A^-1 (x - m)` of a row where those of `leaving` are left out; m and the ridge are those of all rows. */
export function bruteForceQuadratic(
  examples: readonly LabelledEmbedding[],
  row: number,
  leaving: readonly number[],
  rho: number,
): number {
  const rows = rowsOf(examples);
  const mean = meanOf(rows);
  const A = withinScatter(without(rows, leaving));
  for (let d = 0; d < mean.length; d++) A[d][d] += ridgeOf(rows, rho);
  const x = rows[row].x.map((value, d) => value - mean[d]);
  return dot(x, solve(A, x));
}

function rowsOf(examples: readonly LabelledEmbedding[]): Row[] {
  return examples.map(({ classId, embedding }) => ({ classId, x: vectorOf(embedding) }));
}

function without(rows: readonly Row[], leaving: readonly number[]): Row[] {
  return rows.filter((_, at) => !leaving.includes(at));
}

function ridgeOf(rows: readonly Row[], rho: number): number {
  const trace = withinScatter(rows).reduce((sum, row, d) => sum + row[d], 0);
  return (rho * trace) / rows[0].x.length;
}

function scoreOf(A: readonly Float64Array[], x: Float64Array, prototype: Float64Array): number {
  const w = solve(A, prototype);
  return dot(w, x) - dot(w, prototype) / 2;
}

function centred(rows: readonly Row[], classId: string, mean: Float64Array): Float64Array {
  return meanOf(rows.filter((row) => row.classId === classId)).map((value, d) => value - mean[d]);
}

function meanOf(rows: readonly Row[]): Float64Array {
  const mean = new Float64Array(rows[0].x.length);
  for (const { x } of rows)
    x.forEach((value, d) => {
      mean[d] += value / rows.length;
    });
  return mean;
}

function withinScatter(rows: readonly Row[]): Float64Array[] {
  const D = rows[0].x.length;
  const scatter = Array.from({ length: D }, () => new Float64Array(D));
  for (const classId of new Set(rows.map((row) => row.classId))) {
    const own = rows.filter((row) => row.classId === classId);
    const mean = meanOf(own);
    for (const { x } of own) {
      for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) scatter[i][j] += (x[i] - mean[i]) * (x[j] - mean[j]);
    }
  }
  return scatter;
}

/** Gaussian elimination with partial pivoting. */
function solve(A: readonly Float64Array[], b: Float64Array): Float64Array {
  const D = b.length;
  const rows = A.map((row, i) => Float64Array.of(...row, b[i]));
  for (let p = 0; p < D; p++) {
    let pivot = p;
    for (let i = p + 1; i < D; i++) if (Math.abs(rows[i][p]) > Math.abs(rows[pivot][p])) pivot = i;
    [rows[p], rows[pivot]] = [rows[pivot], rows[p]];
    for (let i = p + 1; i < D; i++) {
      const factor = rows[i][p] / rows[p][p];
      for (let j = p; j <= D; j++) rows[i][j] -= factor * rows[p][j];
    }
  }
  const x = new Float64Array(D);
  for (let i = D - 1; i >= 0; i--) {
    let value = rows[i][D];
    for (let j = i + 1; j < D; j++) value -= rows[i][j] * x[j];
    x[i] = value / rows[i][i];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, d) => sum + value * b[d], 0);
}
