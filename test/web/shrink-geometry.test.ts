import { describe, expect, it } from "vitest";
import { fitForSending, fitLongSide } from "../../src/web/client/shrink-geometry.ts";

const MAX_PIXELS = 3_000_000;

describe("fitForSending", () => {
  it.each([
    ["landscape", { width: 4032, height: 3024 }, { width: 896, height: 672 }],
    ["portrait", { width: 3024, height: 4032 }, { width: 672, height: 896 }],
    ["square", { width: 2000, height: 2000 }, { width: 672, height: 672 }],
  ])("brings the short side of a %s photo to three times the input", (_, size, expected) => {
    expect(fitForSending(size, 224, MAX_PIXELS)).toEqual(expected);
  });

  it("leaves alone what would shrink by less than a half", () => {
    expect(fitForSending({ width: 1200, height: 1007 }, 224, MAX_PIXELS)).toEqual({ width: 1200, height: 1007 });
    expect(fitForSending({ width: 1200, height: 1009 }, 224, MAX_PIXELS).height).toBe(672);
  });

  it("never enlarges", () => {
    expect(fitForSending({ width: 300, height: 200 }, 224, MAX_PIXELS)).toEqual({ width: 300, height: 200 });
  });

  it("keeps a panorama within the server's limit of pixels", () => {
    const { width, height } = fitForSending({ width: 20_000, height: 500 }, 224, MAX_PIXELS);
    expect(width * height).toBeLessThanOrEqual(MAX_PIXELS);
    expect(width / height).toBeCloseTo(40, 0);
  });

  it("leaves at least one pixel of a hair-thin picture", () => {
    expect(fitForSending({ width: 100_000_000, height: 1 }, 224, MAX_PIXELS).height).toBe(1);
  });
});

describe("fitLongSide", () => {
  it("fits the long side and keeps the shape", () => {
    expect(fitLongSide({ width: 1600, height: 1200 }, 160)).toEqual({ width: 160, height: 120 });
    expect(fitLongSide({ width: 120, height: 80 }, 160)).toEqual({ width: 120, height: 80 });
  });
});
