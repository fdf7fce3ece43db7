/**
 * The resize in one walk over the rows that are needed: each is filtered across and added to the output rows that it counts for, so
 * nothing of the photo's size is allocated: a strip of 1 x 3,000,000 pixels costs no more memory than a square. What a row
 * takes is done in plain JavaScript, or by the kernel of `kernels/`.
 */
import type { RgbaImage } from "./rgba-image.ts";

/**
 * Weights of an antialiased bilinear (triangle) resize along one axis, as Pillow's `Image.BILINEAR` computes them:
 * the filter's support grows with the scale when shrinking, so every source pixel counts.
 *
 *   centre(o) = (o + 1/2) n / t,   r = max(1, n / t),   w(i) ~ max(0, 1 - |i + 1/2 - centre| / r),   sum_i w(i) = 1
 */
export interface FilterTable {
  /** First source pixel of each output pixel, length `count`. */
  readonly starts: Int32Array;
  /** `count` rows of `taps` weights; a row that needs fewer ends in zeros. */
  readonly weights: Float32Array;
  readonly taps: number;
}

interface FilterAxis {
  /** Length `n` of the source, in its pixels; of a photo that was decoded smaller no whole number. */
  readonly sourceSize: number;
  /** Pixels that there are: `n` rounded up. */
  readonly pixels: number;
  /** Pixels `t` that the whole axis is resized to. */
  readonly targetSize: number;
  /** First output pixel wanted, and how many: the crop. */
  readonly first: number;
  readonly count: number;
  /** Reads the source axis from its far end (EXIF mirroring and rotation). */
  readonly flipped: boolean;
}

/** Returns the table of one axis. Pure; throws RangeError never, sizes are validated by the header guards. */
export function createFilterTable(axis: FilterAxis): FilterTable {
  const { sourceSize: n, pixels, targetSize: t, first, count, flipped } = axis;
  const scale = n / t;
  const radius = Math.max(1, scale);
  const beyond = flipped ? pixels - n : 0; // of the first pixel of a flipped axis, what lies outside the photo
  const taps = Math.min(pixels, Math.ceil(radius) * 2 + 1);
  const starts = new Int32Array(count);
  const weights = new Float32Array(count * taps);
  for (let o = 0; o < count; o++) {
    const centre = (o + first + 0.5) * scale + beyond;
    const low = Math.max(0, Math.round(centre - radius));
    const high = Math.min(pixels, Math.round(centre + radius));
    starts[o] = flipped ? pixels - high : low;
    let total = 0;
    for (let i = low; i < high; i++) total += triangle((i + 0.5 - centre) / radius);
    for (let i = low; i < high; i++) {
      const tap = flipped ? high - 1 - i : i - low;
      weights[o * taps + tap] = triangle((i + 0.5 - centre) / radius) / total;
    }
  }
  return { starts, weights, taps };
}

function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x));
}

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
