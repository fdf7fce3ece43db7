/**
 * Pixels to the backbone's input: upright, resized, fitted and normalised in one walk over the rows that are needed. Each
 * row is filtered across and added to the output rows that it counts for, so nothing of the photo's size is allocated:
 * a strip of 1 x 3,000,000 pixels costs no more memory than a square. Orientation only changes how the axes are read.
 */

import { freeMemory } from "../shared/free-memory.ts";
import { createFilterTable, type FilterTable } from "./filter-table.ts";
import { type AxisLayout, type InputGeometry, layOut } from "./geometry.ts";
import type { Orientation } from "./image-header.ts";
import type { RgbaImage } from "./rgba-image.ts";

/** What a backbone expects; the numbers come from its manifest. */
export interface TensorSpec extends InputGeometry {
  /** Per channel R, G, B, in units of [0, 1]: output = (value / 255 - mean) / std. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

const CHANNELS = 3;

/** How each EXIF orientation stores an upright photo: mirrored along the stored axes, then transposed. */
const STORED_AS: Record<Orientation, { transposed: boolean; flipX: boolean; flipY: boolean }> = {
  1: { transposed: false, flipX: false, flipY: false },
  2: { transposed: false, flipX: true, flipY: false },
  3: { transposed: false, flipX: true, flipY: true },
  4: { transposed: false, flipX: false, flipY: true },
  5: { transposed: true, flipX: false, flipY: false },
  6: { transposed: true, flipX: false, flipY: true },
  7: { transposed: true, flipX: true, flipY: true },
  8: { transposed: true, flipX: true, flipY: false },
};

/** Returns the input tensor, float32, layout [3, height, width]. */
export function imageToTensor(image: RgbaImage, orientation: Orientation, spec: TensorSpec): Float32Array {
  const { transposed, flipX, flipY } = STORED_AS[orientation];
  const upright = transposed ? [image.height, image.width] : [image.width, image.height];
  const { across, down } = layOut(upright[0], upright[1], spec);
  const alongX = createFilterTable(axisOf(transposed ? down : across, flipX));
  const alongY = createFilterTable(axisOf(transposed ? across : down, flipY));
  const resized = resample(image, alongX, alongY);
  const tensor = normalise(resized, { transposed, across, down }, spec);
  freeMemory(resized);
  return tensor;
}

function axisOf({ source, target, first, count }: AxisLayout, flipped: boolean) {
  return { sourceSize: source, targetSize: target, first, count, flipped };
}

/** Stored rows and columns of the output, [rows, columns, 3] in 0..255, transparent pixels laid on white. */
function resample(image: RgbaImage, alongX: FilterTable, alongY: FilterTable): Float32Array {
  const { starts, weights, taps } = alongY;
  const count = starts.length;
  const rowLength = alongX.starts.length * CHANNELS;
  const row = new Float32Array(rowLength);
  const sums = new Float32Array(count * rowLength);
  const isAscending = starts[0] <= starts[count - 1];
  const outputAt = (k: number) => (isAscending ? k : count - 1 - k); // outputs by the first row that they need
  let waiting = 0; // outputs before this one are complete
  for (let y = starts[outputAt(0)]; y < image.height && waiting < count; y++) {
    filterRow(image, y, alongX, row);
    for (let k = waiting; k < count; k++) {
      const output = outputAt(k);
      const tap = y - starts[output];
      if (tap < 0) break;
      const weight = tap < taps ? weights[output * taps + tap] : 0;
      if (weight !== 0) addRow(sums, output * rowLength, row, weight);
    }
    while (waiting < count && starts[outputAt(waiting)] + taps <= y + 1) waiting++;
  }
  return sums;
}

function addRow(sums: Float32Array, at: number, row: Float32Array, weight: number): void {
  for (let i = 0; i < row.length; i++) sums[at + i] += weight * row[i];
}

/** Filters one stored row across into `row`, [columns, 3]. */
function filterRow({ data: pixels, width }: RgbaImage, y: number, table: FilterTable, row: Float32Array): void {
  const { starts, weights, taps } = table;
  for (let o = 0, out = 0; o < starts.length; o++, out += CHANNELS) {
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

interface Placement {
  readonly transposed: boolean;
  readonly across: AxisLayout;
  readonly down: AxisLayout;
}

/** Turns the resized pixels upright into [3, height, width]. What no pixel covers stays 0, the mean colour. */
function normalise(resized: Float32Array, { transposed, across, down }: Placement, spec: TensorSpec): Float32Array {
  const plane = spec.height * spec.width;
  const tensor = new Float32Array(CHANNELS * plane);
  for (let y = 0; y < down.count; y++) {
    for (let x = 0; x < across.count; x++) {
      const from = (transposed ? x * down.count + y : y * across.count + x) * CHANNELS;
      const to = (y + down.offset) * spec.width + x + across.offset;
      for (let channel = 0; channel < CHANNELS; channel++) {
        tensor[channel * plane + to] = (resized[from + channel] / 255 - spec.mean[channel]) / spec.std[channel];
      }
    }
  }
  return tensor;
}
