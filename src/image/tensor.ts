/**
 * Pixels to the backbone's input: upright, resized, centre-cropped and normalised in two passes that compute only the
 * pixels of the crop. Orientation costs nothing: it only changes which way the source axes are read.
 */
import type { RgbaImage } from "./decode.ts";
import { createFilterTable, type FilterTable } from "./filter-table.ts";
import type { Orientation } from "./header.ts";

/** What a backbone expects; the numbers come from its manifest. */
export interface TensorSpec {
  readonly height: number;
  readonly width: number;
  /** The upright photo's short side is resized to this many pixels before the crop. */
  readonly resizeShortSide: number;
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
  const uprightWidth = transposed ? image.height : image.width;
  const uprightHeight = transposed ? image.width : image.height;
  const across = cropAxis(uprightWidth, Math.min(uprightWidth, uprightHeight), spec.resizeShortSide, spec.width);
  const down = cropAxis(uprightHeight, Math.min(uprightWidth, uprightHeight), spec.resizeShortSide, spec.height);
  const alongX = createFilterTable({ ...(transposed ? down : across), flipped: flipX });
  const alongY = createFilterTable({ ...(transposed ? across : down), flipped: flipY });
  const rows = filterRows(image, alongX);
  return filterColumns(rows, alongX.starts.length, alongY, transposed, spec);
}

/** Resize and centre crop along one upright axis. The long side is truncated as torchvision's `Resize` does. */
function cropAxis(size: number, shortSide: number, resizeShortSide: number, count: number) {
  const targetSize = Math.max(count, Math.floor((resizeShortSide * size) / shortSide));
  return { sourceSize: size, targetSize, first: Math.round((targetSize - count) / 2), count };
}

/** First pass, along stored rows: [height, columns, 3] in 0..255, transparent pixels laid on white. */
function filterRows(image: RgbaImage, table: FilterTable): { data: Float32Array; height: number } {
  const { starts, weights, taps } = table;
  const columns = starts.length;
  const { data: pixels, width, height } = image;
  const data = new Float32Array(height * columns * CHANNELS);
  for (let y = 0, out = 0; y < height; y++) {
    for (let o = 0; o < columns; o++, out += CHANNELS) {
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
      data[out] = r;
      data[out + 1] = g;
      data[out + 2] = b;
    }
  }
  return { data, height };
}

/** Second pass, along stored columns, normalised and written in upright [3, height, width]. */
function filterColumns(
  rows: { data: Float32Array; height: number },
  columns: number,
  table: FilterTable,
  transposed: boolean,
  spec: TensorSpec,
): Float32Array {
  const { starts, weights, taps } = table;
  const plane = spec.height * spec.width;
  const tensor = new Float32Array(CHANNELS * plane);
  const rowLength = columns * CHANNELS;
  const sum = new Float32Array(rowLength);
  for (let o = 0; o < starts.length; o++) {
    sum.fill(0);
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[o * taps + tap];
      if (weight === 0) continue;
      const row = (starts[o] + tap) * rowLength;
      for (let i = 0; i < rowLength; i++) sum[i] += weight * rows.data[row + i];
    }
    for (let x = 0; x < columns; x++) {
      const position = transposed ? x * spec.width + o : o * spec.width + x;
      for (let channel = 0; channel < CHANNELS; channel++) {
        const value = sum[x * CHANNELS + channel] / 255;
        tensor[channel * plane + position] = (value - spec.mean[channel]) / spec.std[channel];
      }
    }
  }
  return tensor;
}
