/**
 * The resize in one walk over the rows that are needed: each is filtered across and added to the output rows that it counts for, so
 * nothing of the photo's size is allocated: a strip of 1 x 3,000,000 pixels costs no more memory than a square. What a row
 * takes is done in plain JavaScript, or by the kernel of `kernels/`.
 */
import type { FilterTable } from "./filter-table.ts";
import type { RgbaImage } from "./rgba-image.ts";

/** R, G, B, and one that means nothing: four lanes are what a machine adds at once. */
export const PIXEL_FLOATS = 4;

/** Stored rows and columns of the output, float32 [rows, columns, 4] in 0..255, transparent pixels laid on white. */
export type Resample = (image: RgbaImage, alongX: FilterTable, alongY: FilterTable) => Float32Array;

/** What is done with one row. */
interface RowSteps {
  /** Filters stored row `y` across and keeps the result. */
  filter(y: number): void;
  /** Adds the kept row, times `weight`, to row `output` of the sums. */
  add(output: number, weight: number): void;
}

/** Calls the steps of every row that counts for an output, from the first to the last stored one. */
export function walkRows(height: number, { starts, weights, taps }: FilterTable, steps: RowSteps): void {
  const count = starts.length;
  const isAscending = starts[0] <= starts[count - 1];
  const outputAt = (k: number) => (isAscending ? k : count - 1 - k); // outputs by the first row that they need
  let waiting = 0; // outputs before this one are complete
  for (let y = starts[outputAt(0)]; y < height && waiting < count; y++) {
    steps.filter(y);
    for (let k = waiting; k < count; k++) {
      const output = outputAt(k);
      const tap = y - starts[output];
      if (tap < 0) break;
      const weight = tap < taps ? weights[output * taps + tap] : 0;
      if (weight !== 0) steps.add(output, weight);
    }
    while (waiting < count && starts[outputAt(waiting)] + taps <= y + 1) waiting++;
  }
}

/** Without the kernel: on a guest's device, and for rows that are too long for it. */
export function resamplePlainly(image: RgbaImage, alongX: FilterTable, alongY: FilterTable): Float32Array {
  const rowLength = alongX.starts.length * PIXEL_FLOATS;
  const row = new Float32Array(rowLength);
  const sums = new Float32Array(alongY.starts.length * rowLength);
  walkRows(image.height, alongY, {
    filter: (y) => filterRow(image, y, alongX, row),
    add: (output, weight) => addRow(sums, output * rowLength, row, weight),
  });
  return sums;
}

function addRow(sums: Float32Array, at: number, row: Float32Array, weight: number): void {
  for (let i = 0; i < row.length; i++) sums[at + i] += weight * row[i];
}

/** Filters one stored row across into `row`, [columns, 4]. */
function filterRow({ data: pixels, width }: RgbaImage, y: number, table: FilterTable, row: Float32Array): void {
  const { starts, weights, taps } = table;
  for (let o = 0, out = 0; o < starts.length; o++, out += PIXEL_FLOATS) {
    let r = 0;
    let g = 0;
    let b = 0;
    let p = (y * width + starts[o]) * 4;
    for (let tap = o * taps; tap < (o + 1) * taps; tap++, p += 4) {
      const weight = weights[tap];
      if (weight === 0) continue;
      const opaque = (weight * pixels[p + 3]) / 255;
      const white = (weight - opaque) * 255;
      r += opaque * pixels[p] + white;
      g += opaque * pixels[p + 1] + white;
      b += opaque * pixels[p + 2] + white;
    }
    row[out] = r;
    row[out + 1] = g;
    row[out + 2] = b;
  }
}
