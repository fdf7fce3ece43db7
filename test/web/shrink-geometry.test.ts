import { describe, expect, it } from "vitest";
import { fitForSending, fitLongSide } from "../../src/web/client/shrink-geometry.ts";

const MAX_PIXELS = 3_000_000;

describe("fitForSending", () => {
  it.each([
    ["landscape", { width: 4032, height: 3024 }, { width: 597, height: 448 }],
    ["portrait", { width: 3024, height: 4032 }, { width: 448, height: 597 }],
    ["square", { width: 2000, height: 2000 }, { width: 448, height: 448 }],
  ])("brings the short side of a %s photo to twice the input", (_, size, expected) => {
    expect(fitForSending(size, 224, MAX_PIXELS)).toEqual(expected);
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
