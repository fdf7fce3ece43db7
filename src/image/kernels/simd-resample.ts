/**
 * The resize with what a row takes in SIMD WebAssembly, one instance with its own memory. The module is compiled by the
 * caller: workerd compiles none from bytes. Built from `tools/image/kernels/` by `npm run kernels`.
 */
import { requireFunctions } from "../../shared/wasm-exports.ts";
import type { FilterTable } from "../resample.ts";
import { PIXEL_FLOATS, type Resample, resamplePlainly, walkRows } from "../resample.ts";

/** Addresses are bytes, sizes are counts; what each computes is said beside its source. */
interface ResampleKernel {
  readonly memory: WebAssembly.Memory;
  readonly filterRow: (
    ...of: [pixels: number, starts: number, weights: number, taps: number, columns: number, row: number]
  ) => void;
  readonly addRow: (...of: [sums: number, row: number, weight: number, columns: number]) => void;
}

const PAGE_BYTES = 65_536;
const LANE_BYTES = 16;
const RGBA_BYTES = 4;
/** Wasm memory never shrinks: what would need more than this is done without it. A 12-megapixel photo needs a third. */
const MAX_MEMORY_BYTES = 4 * 1024 * 1024;

/** Agrees with `resamplePlainly` to float32 rounding. The result is the caller's own copy. */
export function createSimdResample(module: WebAssembly.Module): Resample {
  let kernel: ResampleKernel | undefined;

  return function resample(image, alongX, alongY) {
    const columns = alongX.starts.length;
    const places = layOutMemory(image.width, alongX, alongY.starts.length);
    if (places.end > MAX_MEMORY_BYTES) return resamplePlainly(image, alongX, alongY);
    kernel ??= instantiate(module);
    const { memory, filterRow, addRow } = kernel;
    const missing = places.end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    new Int32Array(memory.buffer, places.starts, columns).set(alongX.starts);
    new Float32Array(memory.buffer, places.weights, alongX.weights.length).set(alongX.weights);
    const stored = new Uint8Array(memory.buffer, places.pixels, image.width * RGBA_BYTES);
    const sums = new Float32Array(memory.buffer, places.sums, alongY.starts.length * columns * PIXEL_FLOATS);
    sums.fill(0);
    walkRows(image.height, alongY, {
      filter(y) {
        stored.set(image.data.subarray(y * stored.length, (y + 1) * stored.length));
        filterRow(places.pixels, places.starts, places.weights, alongX.taps, columns, places.row);
      },
      add: (output, weight) => addRow(places.sums + output * columns * LANE_BYTES, places.row, weight, columns),
    });
    return sums.slice();
  };
}

/** Byte addresses, one thing after the other. */
function layOutMemory(width: number, { starts, weights }: FilterTable, rows: number) {
  const row = 0;
  const sums = row + starts.length * LANE_BYTES;
  const startsAt = sums + rows * starts.length * LANE_BYTES;
  const weightsAt = startsAt + starts.byteLength;
  const pixels = weightsAt + weights.byteLength;
  return { row, sums, starts: startsAt, weights: weightsAt, pixels, end: pixels + width * RGBA_BYTES };
}

function instantiate(module: WebAssembly.Module): ResampleKernel {
  const { exports } = new WebAssembly.Instance(module, {});
  requireFunctions(exports, ["filterRow", "addRow"]);
  return exports as unknown as ResampleKernel; // -- names checked above; signatures are those of tools/image/kernels/
}
