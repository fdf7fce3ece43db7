/**
 * The kernels in SIMD WebAssembly and float32, some twenty times faster than the plain ones. The module is compiled by
 * the caller (`import module from "./head-kernels.wasm"` in a Worker): workerd compiles none from bytes. Built from
 * `tools/head/kernels/` by `npm run kernels`.
 */
import { requireFunctions } from "../../shared/wasm-exports.ts";
import type { Arena, Kernels, RealArray } from "./kernels.ts";

/** What the wasm module exports; addresses are bytes, sizes are counts. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly scratchBytes: () => number;
  readonly addOuterProducts: (gram: number, rows: number, rowCount: number, n: number, sign: number) => void;
  readonly factorise: (a: number, n: number) => number;
  readonly solveForward: (lower: number, n: number, rows: number, rowCount: number) => void;
  readonly solveBackward: (lower: number, n: number, rows: number, rowCount: number) => void;
  readonly multiplyTransposed: (m: number, n: number, depth: number, a: number, b: number, out: number) => void;
  readonly spin: (steps: number, factor: number, term: number) => number;
}

/** Kernels that also tell what they hold and what the machine could do. */
export interface WasmKernels extends Kernels {
  /** Bytes of wasm memory; it grows to the largest arena opened and is reused from then on. */
  memoryBytes(): number;
  /** Runs 96 flops per step in registers alone: the ceiling that a benchmark compares with. */
  spin(steps: number): number;
}

const PAGE_BYTES = 65_536;
const FLOAT_BYTES = 4;
/** Arrays begin on a vector boundary. */
const ALIGNMENT_FLOATS = 4;

/** Instantiates the compiled kernels; one instance per isolate is enough. */
export function createWasmKernels(module: WebAssembly.Module): WasmKernels {
  const wasm = readExports(new WebAssembly.Instance(module, {}));
  const { memory } = wasm;
  return {
    openArena(elements) {
      const start = alignUp(wasm.scratchBytes() / FLOAT_BYTES);
      const end = start + elements + ARENA_SLACK_FLOATS;
      const missing = end * FLOAT_BYTES - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return arenaOver(new Float32Array(memory.buffer, start * FLOAT_BYTES, end - start));
    },
    addOuterProducts(gram, rows, rowCount, dimension, sign) {
      wasm.addOuterProducts(gram.byteOffset, rows.byteOffset, rowCount, dimension, sign);
    },
    factorise: (a, n) => wasm.factorise(a.byteOffset, n) === 1,
    solveForward(lower, n, rows, rowCount) {
      wasm.solveForward(lower.byteOffset, n, rows.byteOffset, rowCount);
    },
    solveBackward(lower, n, rows, rowCount) {
      wasm.solveBackward(lower.byteOffset, n, rows.byteOffset, rowCount);
    },
    multiplyTransposed({ m, n, depth }, a, b, out) {
      wasm.multiplyTransposed(m, n, depth, a.byteOffset, b.byteOffset, out.byteOffset);
    },
    memoryBytes: () => memory.buffer.byteLength,
    spin: (steps) => wasm.spin(steps, 0.999, 0.001),
  };
}

/** What alignment may cost the arrays of one arena. */
const ARENA_SLACK_FLOATS = 64;

function alignUp(floats: number): number {
  return Math.ceil(floats / ALIGNMENT_FLOATS) * ALIGNMENT_FLOATS;
}

function arenaOver(block: Float32Array): Arena {
  let used = 0;
  return {
    take(length): RealArray {
      if (used + length > block.length) throw new RangeError(`The arena of ${block.length} numbers is too small.`);
      const part = block.subarray(used, used + length);
      used = alignUp(used + length);
      return part.fill(0);
    },
  };
}

/** Decodes the exports: a module without a function of ours is not the one this file was built for. */
function readExports(instance: WebAssembly.Instance): KernelExports {
  const exports = instance.exports;
  requireFunctions(exports, ["scratchBytes", "addOuterProducts", "factorise", "solveForward", "solveBackward"]);
  return exports as unknown as KernelExports; // -- names checked above; signatures are those of tools/head/kernels/
}
