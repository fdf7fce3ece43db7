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

/** What an update is compared with. */
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
  /** The two above at n by those at 1,000 rows. */
  readonly updateSolveRatio: number;
  readonly updateRatio: number;
  readonly rho: number;
  readonly syrkGflops: number;
  readonly peakGflops: number;
  readonly syrkShareOfPeak: number;
}

/** Statistics of the first rows of a size, the rows to leave out, and what they were fitted with last. */
interface Bench {
  readonly stats: Statistics;
  readonly sample: readonly LabelledEmbedding[];
  readonly options: FitOptions;
  /** The 100 labels of an update. */
  readonly labels: readonly LabelledEmbedding[];
  readonly loadSeconds: number;
}

/** `onRows` is handed the rows batch by batch; none is kept here beyond the sample. */
export function timeHead(
  size: ProblemSize,
  kernels: WasmKernels,
  onRows: (batch: readonly LabelledEmbedding[]) => void,
): HeadTiming {
  const bench = load(size, kernels, onRows);
  const small = load({ ...size, n: SMALL_ROWS }, kernels, () => {});
  const solve = { ...bench, sample: [] };
  const fits = takeTurns(FIT_ROUNDS, [() => refit(bench), () => refit(solve)]);
  const [fitSeconds, solveSeconds] = [medianOf(fits.map(([fit]) => fit)), medianOf(fits.map(([, one]) => one))];
  const [settled, smallSettled] = [settle(bench), settle(small)];
  const updates = takeTurns(UPDATE_ROUNDS, [
    alternate(settled),
    alternate(smallSettled),
    alternate(solve),
    alternate({ ...small, sample: [] }),
  ]);
  return {
    statisticsSeconds: bench.loadSeconds,
    selectionSeconds: fitSeconds - solveSeconds,
    solveSeconds,
    fullSeconds: bench.loadSeconds + fitSeconds,
    updateSolveSeconds: medianOf(updates.map(([, , seconds]) => seconds)),
    updateSeconds: medianOf(updates.map(([seconds]) => seconds)),
    updateSolveRatio: medianOf(updates.map(([, , seconds, atSmall]) => seconds / atSmall)),
    updateRatio: medianOf(updates.map(([seconds, atSmall]) => seconds / atSmall)),
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

/** Adds the labels in one round and removes them in the next, at the same cost: the problem stays the same. */
function alternate(bench: Bench): () => void {
  let isNext = true;
  return function updateAndRefit() {
    const absorb = isNext ? addExamples : removeExamples;
    isNext = !isNext;
    absorb(bench.stats, bench.labels, bench.options.kernels);
    refit(bench);
  };
}

function measureKernels(
  kernels: WasmKernels,
  d: number,
): Pick<HeadTiming, "syrkGflops" | "peakGflops" | "syrkShareOfPeak"> {
  const arena = kernels.openArena(packedLength(d) + SYRK_ROWS * d);
  const gram = arena.take(packedLength(d));
  const rows = arena.take(SYRK_ROWS * d).fill(0.01);
  const rounds = takeTurns(KERNEL_ROUNDS, [
    () => kernels.addOuterProducts(gram, rows, SYRK_ROWS, d, 1),
    () => kernels.spin(SPIN_STEPS),
  ]);
  const syrkGflops = (SYRK_ROWS * d * (d + 1)) / Math.min(...rounds.map(([syrk]) => syrk)) / 1e9;
  const peakGflops = (FLOPS_PER_SPIN * SPIN_STEPS) / Math.min(...rounds.map(([, spin]) => spin)) / 1e9;
  return { syrkGflops, peakGflops, syrkShareOfPeak: syrkGflops / peakGflops };
}

/** Seconds of each run, round by round; one round before them warms up. */
function takeTurns<T extends readonly (() => void)[]>(rounds: number, runs: T): { [I in keyof T]: number }[] {
  for (const run of runs) run();
  return Array.from({ length: rounds }, () => runs.map(timeOf) as { [I in keyof T]: number }); // -- map keeps the length
}

function timeOf(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
