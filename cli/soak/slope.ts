/** Whether a series of memory readings rises. Pure. */

export interface Reading {
  /** Since the beginning. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface Growth {
  /** By the slope of all readings, from the first to the last. */
  readonly bytes: number;
  readonly bytesPerHour: number;
}

/**
 * The median of the slopes between all pairs of readings (Theil 1950, Sen 1968): decoders and garbage come and go by megabytes, and a
 * line of least squares takes a dip at the beginning or a peak at the end for a rise. At least two readings.
 */
export function fitGrowth(readings: readonly Reading[]): Growth {
  const slopes = readings.flatMap((one, i) =>
    readings.slice(i + 1).map((other) => (other.bytes - one.bytes) / (other.seconds - one.seconds)),
  );
  const perSecond = medianOf(slopes);
  const times = readings.map(({ seconds }) => seconds);
  return { bytes: perSecond * (Math.max(...times) - Math.min(...times)), bytesPerHour: perSecond * 3_600 };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Without the first quarter, in which caches fill and wasm memories grow to what the photos need. */
export function dropWarmUp<T>(readings: readonly T[]): readonly T[] {
  return readings.slice(readings.length >> 2);
}
