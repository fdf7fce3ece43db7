/** Times the head on one problem: statistics, full fit, an update of 100 labels, and how near syrk comes to the ceiling. */
import { type FitOptions, fitHead } from "../../src/head/fit.ts";
import { packedLength } from "../../src/head/kernels/kernels.ts";
import type { WasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { type ProblemSize, takeSample } from "./head-data.ts";

const UPDATE_LABELS = 100;
const ROWS_PER_LOAD = 4096;
const SYRK_ROWS = 256;
const FLOPS_PER_SPIN = 96;
const SPIN_STEPS = 2e6;
const REPEATS = 9;

export interface HeadTiming {
  readonly statisticsSeconds: number;
  readonly fitSeconds: number;
  readonly fullSeconds: number;
  readonly updateSeconds: number;
  readonly peakBytes: number;
  readonly syrkGflops: number;
  readonly peakGflops: number;
  readonly syrkShareOfPeak: number;
}

export function timeHead(rows: readonly LabelledEmbedding[], { d, k }: ProblemSize, kernels: WasmKernels): HeadTiming {
  const sample = takeSample(rows, k);
  const classIds = Array.from({ length: k }, (_, i) => `c${i}`);
  const options = { classIds, priorExponent: 0, unknownAlpha: 0.05, kernels };
  const stats = createStatistics(d);
  const statisticsSeconds = seconds(() => {
    for (let at = 0; at < rows.length; at += ROWS_PER_LOAD)
      addExamples(stats, rows.slice(at, at + ROWS_PER_LOAD), kernels);
  });
  let rho = 1;
  const refit = (fitOptions: FitOptions) => {
    const fitted = fitHead(stats, sample, fitOptions);
    if (!fitted.ok) throw new Error(fitted.error.message);
    rho = fitted.value.rho;
  };
  const fitSeconds = seconds(() => refit(options));
  const updateSeconds = seconds(() => {
    addExamples(stats, rows.slice(0, UPDATE_LABELS), kernels);
    refit({ ...options, previousRho: rho });
  });
  const held = stats.gram.byteLength + k * d * 8 + sample.length * d + 2 * k * (d * 4 + sample.length * 4);
  const syrkGflops = measureSyrk(kernels, d);
  const peakGflops = measurePeak(kernels);
  return {
    statisticsSeconds,
    fitSeconds,
    fullSeconds: statisticsSeconds + fitSeconds,
    updateSeconds,
    peakBytes: kernels.memoryBytes() + held,
    syrkGflops,
    peakGflops,
    syrkShareOfPeak: syrkGflops / peakGflops,
  };
}

function measureSyrk(kernels: WasmKernels, d: number): number {
  const arena = kernels.openArena(packedLength(d) + SYRK_ROWS * d);
  const gram = arena.take(packedLength(d));
  const rows = arena.take(SYRK_ROWS * d).fill(0.01);
  const best = bestOf(() => kernels.addOuterProducts(gram, rows, SYRK_ROWS, d, 1));
  return (SYRK_ROWS * d * (d + 1)) / best / 1e9;
}

function measurePeak(kernels: WasmKernels): number {
  return (FLOPS_PER_SPIN * SPIN_STEPS) / bestOf(() => kernels.spin(SPIN_STEPS)) / 1e9;
}

function bestOf(run: () => void): number {
  return Math.min(...Array.from({ length: REPEATS }, () => seconds(run)));
}

function seconds(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
