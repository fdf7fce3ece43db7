/**
 * Tags on one Gram matrix: of each tag one binary discriminant, all of them by the factorisations of one matrix.
 *
 *   S = G - n m m^T,   A = S + rho tr(S)/D I,   w_t = A^-1 (mu_t+ - mu_t-),   z_t(x) = w_t . (x - (mu_t+ + mu_t-) / 2)
 *
 * The scatter around the common mean stands in for the one within a tag's two classes: where both are over the same rows they differ by a
 * multiple of `(mu+ - mu-)(mu+ - mu-)^T`, which turns no w (Sherman and Morrison), so one A for a rho serves every tag, and rows of which nothing is said
 * count in it. Each tag chooses its rho, and its way from z to a probability, by rows left out in parts; tags with one rho share its factorisation.
 */
import type { Embedding } from "../../../src/head/embedding.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { factoriseScatter, openScatter, solveInMetric, takeOffMeans } from "../../../src/head/metric.ts";
import { DEFAULT_RHO, MIN_LEAVE_ONE_OUT_ROWS, RHO_GRID } from "../../../src/head/policy.ts";
import type { ClassSum } from "../../../src/head/statistics.ts";
import { meanOf } from "../accuracy-figures.ts";
import { fitPlatt, type Platt, probabilityOf } from "./platt.ts";
import { sumTagged, type TaggedRow, type TagStatistics, wholeOf } from "./tag-statistics.ts";

/** `z = w . x - offset`. */
interface TagRow {
  readonly w: Float64Array;
  readonly offset: number;
}

export interface TagHead {
  readonly rows: ReadonlyMap<string, TagRow & Platt & { readonly rho: number }>;
}

const FOLDS = 5;

/** A tag without rows on both sides is not in the head. */
export function fitTags(rows: readonly TaggedRow[], tags: readonly string[], kernels: Kernels): TagHead {
  const folds = Array.from({ length: FOLDS }, (_, fold) => ({
    stats: sumTagged(
      rows.filter((_, i) => i % FOLDS !== fold),
      tags,
      kernels,
    ),
    left: rows.filter((_, i) => i % FOLDS === fold),
  }));
  const tried = RHO_GRID.map((rho) => ({ rho, leftOut: leaveOut(folds, rho, kernels) }));
  const stats = sumTagged(rows, tags, kernels);
  const solved = new Map<number, Map<string, TagRow>>();
  const head = new Map<string, TagRow & Platt & { readonly rho: number }>();
  for (const tag of tags) {
    const chosen = chooseRho(tag, tried);
    if (chosen === undefined) continue;
    const rowsAt = solved.get(chosen.rho) ?? solve(stats, chosen.rho, kernels);
    solved.set(chosen.rho, rowsAt);
    const row = rowsAt.get(tag);
    if (row !== undefined) head.set(tag, { ...row, ...chosen });
  }
  return { rows: head };
}

/** The shrinkage with the least loss of the rows left out; with too few of them to choose by, the one that items have then. */
function chooseRho(
  tag: string,
  tried: readonly { readonly rho: number; readonly leftOut: LeftOut }[],
): (Platt & { readonly rho: number }) | undefined {
  const known = tried.flatMap(({ rho, leftOut }) => {
    const own = leftOut.get(tag);
    return own === undefined ? [] : [{ rho, rows: own.labels.length, ...calibrate(own) }];
  });
  const allowed = known.filter(({ rho, rows }) => rows >= MIN_LEAVE_ONE_OUT_ROWS || rho === DEFAULT_RHO);
  if (allowed.length === 0) return undefined;
  const { rho, platt } = allowed.reduce((least, one) => (one.loss < least.loss ? one : least));
  return { rho, ...platt };
}

/** The probability that it has the tag; undefined for a tag that the head does not know. */
export function probabilityOfTag({ rows }: TagHead, tag: string, embedding: Embedding): number | undefined {
  const row = rows.get(tag);
  return row && probabilityOf(row, scoreOf(row, embedding));
}

interface LeftOutTag {
  readonly scores: number[];
  readonly labels: boolean[];
}

type LeftOut = Map<string, LeftOutTag>;

function leaveOut(
  folds: readonly { readonly stats: TagStatistics; readonly left: readonly TaggedRow[] }[],
  rho: number,
  kernels: Kernels,
): LeftOut {
  const leftOut: LeftOut = new Map();
  for (const { stats, left } of folds) {
    const solved = solve(stats, rho, kernels);
    for (const { embedding, said } of left) {
      for (const [tag, has] of said) {
        const row = solved.get(tag);
        if (row === undefined) continue;
        const own = leftOut.get(tag) ?? { scores: [], labels: [] };
        leftOut.set(tag, own);
        own.scores.push(scoreOf(row, embedding));
        own.labels.push(has);
      }
    }
  }
  return leftOut;
}

function calibrate({ scores, labels }: LeftOutTag): { readonly platt: Platt; readonly loss: number } {
  const platt = fitPlatt(scores, labels);
  const losses = scores.map((z, i) => -Math.log(Math.max(1e-12, oneSided(probabilityOf(platt, z), labels[i]))));
  return { platt, loss: meanOf(losses) };
}

function oneSided(p: number, label: boolean): number {
  return label ? p : 1 - p;
}

/** Cost `D^3 / 3` for all of them, and `D^2` for each. */
function solve(stats: TagStatistics, rho: number, kernels: Kernels): Map<string, TagRow> {
  const { dimension, gram } = stats.all;
  const scatter = openScatter(dimension, gram.slice());
  takeOffMeans(scatter, [wholeOf(stats)], kernels);
  const metric = factoriseScatter(scatter, rho, kernels);
  const solved = new Map<string, TagRow>();
  if (metric === null) return solved;
  for (const [tag, { yes, no }] of stats.tags) {
    if (yes.count === 0 || no.count === 0) continue;
    const [above, below] = [yes, no].map(meanOfClass);
    const w = above.map((value, d) => value - below[d]);
    solveInMetric(metric, w);
    solved.set(tag, { w, offset: w.reduce((sum, value, d) => sum + (value * (above[d] + below[d])) / 2, 0) });
  }
  return solved;
}

function meanOfClass({ count, sum }: ClassSum): Float64Array {
  return sum.map((value) => value / count);
}

function scoreOf({ w, offset }: TagRow, { values, scale }: Embedding): number {
  let sum = 0;
  for (let d = 0; d < values.length; d++) sum += w[d] * values[d];
  return sum * scale - offset;
}
