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
