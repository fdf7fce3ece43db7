/** Whether a series of memory readings rises. Pure. */

export interface Reading {
  /** Since the beginning. */
  readonly seconds: number;
  readonly bytes: number;
}

export interface Growth {
  /** By the line through the readings, from the first to the last. */
  readonly bytes: number;
  readonly bytesPerHour: number;
}

/** The line of least squares: `slope = sum (t - mean t)(b - mean b) / sum (t - mean t)^2`. At least two readings. */
export function fitGrowth(readings: readonly Reading[]): Growth {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [times, sizes] = [readings.map(({ seconds }) => seconds), readings.map(({ bytes }) => bytes)];
  const [time, size] = [mean(times), mean(sizes)];
  const covariance = readings.reduce((sum, { seconds, bytes }) => sum + (seconds - time) * (bytes - size), 0);
  const variance = times.reduce((sum, seconds) => sum + (seconds - time) ** 2, 0);
  const perSecond = covariance / variance;
  return { bytes: perSecond * (Math.max(...times) - Math.min(...times)), bytesPerHour: perSecond * 3_600 };
}

/** Each reading as the largest so far. */
export function toRunningMaximum(readings: readonly Reading[]): Reading[] {
  let most = 0;
  return readings.map(({ seconds, bytes }) => {
    most = Math.max(most, bytes);
    return { seconds, bytes: most };
  });
}

/** Without the first quarter, in which caches fill and wasm memories grow to what the photos need. */
export function dropWarmUp<T>(readings: readonly T[]): readonly T[] {
  return readings.slice(readings.length >> 2);
}
