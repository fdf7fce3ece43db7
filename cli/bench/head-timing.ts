/**
 * Times the head: statistics, full fit, one solve, and what 100 new labels cost at n and at 1,000 examples. Times that are
 * compared are taken in turn, round by round, and a ratio is the median of the rounds' ratios: what slowed the machine
 * down for a while slowed both.
 */
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import { packedLength } from "../../src/head/kernels/kernels.ts";
import type { WasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import {
  addExamples,
  createStatistics,
  type LabelledEmbedding,
  removeExamples,
  type Statistics,
} from "../../src/head/statistics.ts";
import { drawRows, type ProblemSize, sampleSize } from "./head-data.ts";
import { median, medianRatio } from "./quantile.ts";

/** The rivals of an update. */
const SMALL_ROWS = 1000;
const UPDATE_LABELS = 100;
const UPDATE_ROUNDS = 9;
const FIT_ROUNDS = 3;
const ROWS_PER_LOAD = 4096;
const SYRK_ROWS = 256;
const FLOPS_PER_SPIN = 96;
const SPIN_STEPS = 2e6;
const KERNEL_ROUNDS = 9;

export interface HeadTiming {
  /** Absorbing all n rows. */
  readonly statisticsSeconds: number;
  /** Choice of rho and temperature: a whole fit less one solve. */
  readonly selectionSeconds: number;
  /** One solve at a given rho, with folding. */
  readonly solveSeconds: number;
  /** Statistics, selection and solve. */
  readonly fullSeconds: number;
  /** 100 labels and one solve. */
  readonly updateSolveSeconds: number;
  /** 100 labels and the refit of a scheduled run: the last rho and its neighbours. */
  readonly updateSeconds: number;
  /** The two above at n by those at 1,000 rows; the latter per shrinkage tried, since more are where rho moves. */
  readonly updateSolveRatio: number;
  readonly updateRatio: number;
  /** Shrinkages that an update tried, median. */
  readonly updateRhos: number;
  readonly rho: number;
  readonly syrkGflops: number;
  readonly peakGflops: number;
  readonly syrkShareOfPeak: number;
}

/** Statistics of the first rows of a size, the rows to leave out, and the last fit's settings. */
interface Bench {
  readonly stats: Statistics;
  readonly sample: readonly LabelledEmbedding[];
  readonly options: FitOptions;
  /** The 100 labels of an update. */
  readonly labels: readonly LabelledEmbedding[];
  readonly loadSeconds: number;
}

/** Hands `onRows` the rows batch by batch, and keeps none beyond the sample. */
export function timeHead(
  size: ProblemSize,
  kernels: WasmKernels,
  onRows: (batch: readonly LabelledEmbedding[]) => void,
): HeadTiming {
  const bench = load(size, kernels, onRows);
  const small = load({ ...size, n: SMALL_ROWS }, kernels, () => {});
  const solve = { ...bench, sample: [] };
  const [fits = [], solves = []] = takeTurns(FIT_ROUNDS, [() => refit(bench), () => refit(solve)]);
  const [fitSeconds, solveSeconds] = [median(fits), median(solves)];
  const [settled, smallSettled] = [settle(bench), settle(small)];
  const [tried, triedAtSmall]: [number[], number[]] = [[], []];
  const [updates = [], updatesAtSmall = [], solveOnly = [], solveOnlyAtSmall = []] = takeTurns(UPDATE_ROUNDS, [
    alternate(settled, tried),
    alternate(smallSettled, triedAtSmall),
    alternate(solve, []),
    alternate({ ...small, sample: [] }, []),
  ]);
  // the first update warmed up and was not timed
  const perRho = (seconds: readonly number[], counts: readonly number[]) =>
    seconds.map((value, round) => value / (counts[round + 1] ?? Number.NaN));
  return {
    statisticsSeconds: bench.loadSeconds,
    selectionSeconds: fitSeconds - solveSeconds,
    solveSeconds,
    fullSeconds: bench.loadSeconds + fitSeconds,
    updateSolveSeconds: median(solveOnly),
    updateSeconds: median(updates),
    updateSolveRatio: medianRatio(solveOnly, solveOnlyAtSmall),
    updateRatio: medianRatio(perRho(updates, tried), perRho(updatesAtSmall, triedAtSmall)),
    updateRhos: median(tried),
    rho: settled.options.previousRho ?? Number.NaN,
    ...measureKernels(kernels, size.d),
  };
}

function load(size: ProblemSize, kernels: WasmKernels, onRows: (batch: readonly LabelledEmbedding[]) => void): Bench {
  const stats = createStatistics(size.d);
  const sample: LabelledEmbedding[] = [];
  let loadSeconds = 0;
  let drawn = 0;
  let batch: LabelledEmbedding[] = [];
  const flush = () => {
    loadSeconds += timeOf(() => addExamples(stats, batch, kernels));
    onRows(batch);
    batch = [];
  };
  const labels: LabelledEmbedding[] = [];
  for (const row of drawRows({ ...size, n: size.n + UPDATE_LABELS })) {
    if (drawn++ >= size.n) {
      labels.push(row);
      continue;
    }
    if (sample.length < sampleSize(size)) sample.push(row);
    batch.push(row);
    if (batch.length === ROWS_PER_LOAD) flush();
  }
  flush();
  const classIds = Array.from({ length: size.k }, (_, k) => `c${k}`);
  const options = { classIds, priorExponent: 0, unknownAlpha: 0.05, kernels };
  return { stats, sample, options, labels, loadSeconds };
}

function refit({ stats, sample, options }: Bench): FittedHead {
  const fitted = fitHead(stats, sample, options);
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

/** The same with a previous rho that no refit moves: from then on each of them tries as many. */
function settle(bench: Bench): Bench {
  const first = refit(bench).rho;
  const walked = refit({ ...bench, options: { ...bench.options, previousRho: first } }).rho;
  return { ...bench, options: { ...bench.options, previousRho: walked } };
}

/** Adds the labels in one round and removes them in the next, at the same cost: the problem stays the same. Notes the shrinkages tried. */
function alternate(bench: Bench, tried: number[]): () => void {
  let isNext = true;
  return function updateAndRefit() {
    const absorb = isNext ? addExamples : removeExamples;
    isNext = !isNext;
    absorb(bench.stats, bench.labels, bench.options.kernels);
    tried.push(refit(bench).rhosTried);
  };
}

function measureKernels(
  kernels: WasmKernels,
  d: number,
): Pick<HeadTiming, "syrkGflops" | "peakGflops" | "syrkShareOfPeak"> {
  const arena = kernels.openArena(packedLength(d) + SYRK_ROWS * d);
  const gram = arena.take(packedLength(d));
  const rows = arena.take(SYRK_ROWS * d).fill(0.01);
  const [syrk = [], spin = []] = takeTurns(KERNEL_ROUNDS, [
    () => kernels.addOuterProducts(gram, rows, SYRK_ROWS, d, 1),
    () => kernels.spin(SPIN_STEPS),
  ]);
  const syrkGflops = (SYRK_ROWS * d * (d + 1)) / Math.min(...syrk) / 1e9;
  const peakGflops = (FLOPS_PER_SPIN * SPIN_STEPS) / Math.min(...spin) / 1e9;
  return { syrkGflops, peakGflops, syrkShareOfPeak: syrkGflops / peakGflops };
}

/** Seconds of each run over the rounds, one list per run; one round before them warms up. */
function takeTurns(rounds: number, runs: readonly (() => void)[]): number[][] {
  const columns = runs.map((): number[] => []);
  for (const run of runs) run();
  for (let round = 0; round < rounds; round++) {
    for (const [i, run] of runs.entries()) columns[i]?.push(timeOf(run));
  }
  return columns;
}

function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
