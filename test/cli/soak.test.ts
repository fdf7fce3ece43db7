import { describe, expect, it } from "vitest";
import { dropWarmUp, fitGrowth, toRunningMaximum } from "../../cli/soak/slope.ts";

const series = (sizes: readonly number[]) => sizes.map((bytes, i) => ({ seconds: 60 * i, bytes }));

describe("the growth of memory", () => {
  it("is that of the line through the readings, whatever the noise around it", () => {
    const rising = Array.from({ length: 60 }, (_, i) => 1e6 + 1_000 * i + (i % 2 === 0 ? 5_000 : -5_000));
    const { bytes, bytesPerHour } = fitGrowth(series(rising));
    expect(Math.abs(bytes - 59_000)).toBeLessThan(1_000);
    expect(Math.abs(bytesPerHour - 60_000)).toBeLessThan(1_000);
  });

  it("is none where it goes up and comes down again", () => {
    expect(fitGrowth(series([1, 2, 3, 2, 1])).bytes).toBeCloseTo(0);
  });

  it("of what comes and goes is that of the most there has been", () => {
    expect(fitGrowth(toRunningMaximum(series([5, 3, 5, 1, 2, 5]))).bytes).toBe(0);
    expect(fitGrowth(toRunningMaximum(series([5, 3, 6, 1, 7, 5]))).bytes).toBeGreaterThan(1);
  });

  it("is looked for behind the warm-up", () => {
    const filling = [...Array.from({ length: 10 }, (_, i) => i * 1e6), ...Array(30).fill(1e7)];
    expect(fitGrowth(dropWarmUp(series(filling))).bytes).toBe(0);
  });
});
