import { describe, expect, it } from "vitest";
import { dropWarmUp, fitGrowth } from "../../cli/soak/slope.ts";

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

  /** wasm memory of a flat run, in MB every four seconds: a dip after the warm-up, a peak before the end. */
  const FLAT = [33, 45, 45, 45, 45, 28, 45, 50, 50, 50, 50, 50, 50, 50, 45, 45, 43, 45, 45, 62, 45, 45, 50, 50];

  it("is none where decoders come and go", () => {
    expect(fitGrowth(series(FLAT)).bytes).toBe(0);
  });

  it("is seen through that noise where one decoder of 6 MB in 400 is kept", () => {
    const leaking = FLAT.map((megabytes, i) => megabytes + 6 * Math.floor((i * 100) / 400));
    expect(fitGrowth(series(leaking)).bytes).toBeGreaterThan(25);
  });

  it("is looked for behind the warm-up", () => {
    const filling = [...Array.from({ length: 10 }, (_, i) => i * 1e6), ...Array(30).fill(1e7)];
    expect(fitGrowth(dropWarmUp(series(filling))).bytes).toBe(0);
  });
});
