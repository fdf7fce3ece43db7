/**
 * The kernels of a network in SIMD WebAssembly, one instance with its own memory. The module is compiled by the caller:
 * workerd compiles none from bytes. Built from `tools/backbone/kernels/` by `npm run kernels`,
 * once with relaxed SIMD and once without.
 */

import { requireFunctions } from "../../shared/wasm-exports.ts";

/** Addresses are bytes, sizes are counts; what each computes is said beside its source. */
export interface BackboneKernels {
  readonly memory: WebAssembly.Memory;
  readonly multiply: (
    ...of: [
      x: number,
      w: number,
      bias: number,
      skip: number,
      y: number,
      rows: number,
      depth: number,
      columns: number,
      low: number,
      high: number,
    ]
  ) => void;
  readonly multiplyBytes: (
    ...of: [
      x: number,
      w: number,
      scale: number,
      bias: number,
      skip: number,
      y: number,
      rows: number,
      depth: number,
      columns: number,
      low: number,
      high: number,
      form: number,
    ]
  ) => void;
  readonly frame: (
    ...of: [
      x: number,
      y: number,
      height: number,
      width: number,
      channels: number,
      top: number,
      left: number,
      bottom: number,
      right: number,
    ]
  ) => void;
  readonly gather: (
    ...of: [
      x: number,
      y: number,
      framedWidth: number,
      channels: number,
      kernelHeight: number,
      kernelWidth: number,
      stride: number,
      outHeight: number,
      outWidth: number,
    ]
  ) => void;
  readonly slide: (
    ...of: [
      x: number,
      w: number,
      scale: number,
      bias: number,
      y: number,
      framedWidth: number,
      channels: number,
      stride: number,
      outHeight: number,
      outWidth: number,
      low: number,
      high: number,
      form: number,
    ]
  ) => void;
  readonly rescale: (
    ...of: [
      x: number,
      scale: number,
      bias: number,
      y: number,
      count: number,
      period: number,
      low: number,
      high: number,
      form: number,
    ]
  ) => void;
  readonly average: (x: number, y: number, pixels: number, channels: number) => void;
  readonly interleave: (x: number, y: number, pixels: number) => void;
  readonly widenHalves: (x: number, y: number, count: number) => void;
  readonly packPanels: (x: number, y: number, outputs: number, inputs: number, area: number) => void;
  readonly packDepthwise: (x: number, y: number, channels: number) => void;
  readonly packBytes: (x: number, y: number, outputs: number, inputs: number, area: number) => void;
}

/** In which form a kernel leaves its numbers, as in `tools/backbone/kernels/epilogue.as.ts`. */
export const FORM = { floats: 0, wholeFloats: 1, wholeBytes: 2 } as const;

const NAMES = [
  ...["multiply", "multiplyBytes", "frame", "gather", "slide", "rescale", "average", "interleave"],
  ...["widenHalves", "packPanels", "packDepthwise", "packBytes"],
];
const PAGE_BYTES = 65_536;

/** A fresh instance whose memory holds at least `bytes`. */
export function createBackboneKernels(module: WebAssembly.Module, bytes: number): BackboneKernels {
  const { exports } = new WebAssembly.Instance(module, {});
  requireFunctions(exports, NAMES);
  const kernels = exports as unknown as BackboneKernels; // -- names checked above; signatures are those of tools/backbone/kernels/
  const missing = bytes - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
  return kernels;
}
