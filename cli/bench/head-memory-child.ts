/**
 * The process of `head-memory.ts`: streams rows through the statistics, fits once, and prints the peak. Memory is read at
 * every call of a kernel, after collecting garbage: what is live then is what a fit needs.
 */
import { fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import type { WasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { UPDATE_BATCH_ROWS } from "../../src/head/policy.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { drawRows, sampleSize } from "./head-data.ts";

const [n = 0, d = 0, k = 0] = process.argv.slice(2).map(Number);
const kernels = loadHeadKernels();
const baseline = liveBytes();
const residentBefore = process.memoryUsage().rss;
let peak = 0;

function liveBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Array buffers are swept beside the program, so one collection may still count what is dead; the next one waits for the sweep. */
function observe(): void {
  const seen = liveBytes();
  if (seen - baseline + kernels.memoryBytes() <= peak) return;
  peak = Math.max(peak, Math.min(seen, liveBytes()) - baseline + kernels.memoryBytes());
}

/** The same kernels, with a look at the memory before each call. */
function watch(inner: WasmKernels): Kernels {
  const watched =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      observe();
      return call(...args);
    };
  return {
    openArena: watched(inner.openArena),
    addOuterProducts: watched(inner.addOuterProducts),
    factorise: watched(inner.factorise),
    solveForward: watched(inner.solveForward),
    solveBackward: watched(inner.solveBackward),
    multiplyTransposed: watched(inner.multiplyTransposed),
  };
}

function streamStatistics(sample: LabelledEmbedding[]) {
  const stats = createStatistics(d);
  let batch: LabelledEmbedding[] = [];
  const flush = () => {
    addExamples(stats, batch, kernels);
    batch = [];
  };
  for (const row of drawRows({ n, d, k })) {
    if (sample.length < sampleSize({ n, d, k })) sample.push(row);
    batch.push(row);
    if (batch.length === UPDATE_BATCH_ROWS) flush();
  }
  flush();
  return stats;
}

const sample: LabelledEmbedding[] = [];
const stats = streamStatistics(sample);
observe();
const fitted = fitHead(stats, sample, {
  classIds: Array.from({ length: k }, (_, i) => `c${i}`),
  priorExponent: 0,
  kernels: watch(kernels),
  // read when the probabilities of all rows stand beside what the fit has kept
  get unknownAlpha() {
    observe();
    return 0.05;
  },
});
if (!fitted.ok) throw new Error(fitted.error.message);
observe();
const residentBytes = process.resourceUsage().maxRSS * 1024 - residentBefore;
console.log(JSON.stringify({ peakBytes: peak, residentBytes, wasmBytes: kernels.memoryBytes() }));
