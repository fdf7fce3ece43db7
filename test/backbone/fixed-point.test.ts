import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { packFixed } from "../../src/backbone/fixed-point.ts";
import { type BackboneKernels, createBackboneKernels } from "../../src/backbone/kernels/backbone-kernels.ts";
import { createRandom } from "../support/random.ts";

const LARGEST = 4095;
const BUILDS = ["backbone-kernels.wasm", "fused-backbone-kernels.wasm"];

/** Fresh instances of both builds, one after the other. */
let builds: readonly BackboneKernels[] = [];

beforeAll(async () => {
  builds = await Promise.all(
    BUILDS.map(async (file) => {
      const bytes = await readFile(new URL(`../../src/backbone/kernels/${file}`, import.meta.url));
      return createBackboneKernels(await WebAssembly.compile(bytes), 2 ** 21);
    }),
  );
});

/** `count` numbers between -size and size. */
function makeNumbers(count: number, size: number, seed: string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => size * (2 * random() - 1));
}

/** Weights [outputs, depth, 1, 1]. */
function makeWeight(outputs: number, depth: number, data: Float32Array) {
  return { dims: [outputs, depth, 1, 1], data };
}

/** Lays arrays one after the other from address 64 on and gives their addresses. */
function lay({ memory }: BackboneKernels, ...arrays: readonly (Float32Array | Int16Array)[]): number[] {
  let at = 64;
  return arrays.map((array) => {
    new Uint8Array(memory.buffer).set(new Uint8Array(array.buffer), at);
    const address = at;
    at += Math.ceil(array.byteLength / 64) * 64;
    return address;
  });
}

interface Product {
  readonly x: Float32Array;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly skip?: Float32Array;
  readonly rows: number;
  readonly depth: number;
}

/** Rows x columns of `X W + bias + skip`, by the kernels. */
function multiply(kernels: BackboneKernels, { x, weight, bias, skip, rows, depth }: Product): Float32Array {
  const columns = bias.length;
  const { wholes, scales } = packFixed(makeWeight(columns, depth, weight));
  const arrays = [
    x,
    new Int16Array(x.length),
    new Float32Array(rows),
    wholes,
    scales,
    bias,
    skip ?? new Float32Array(8),
  ];
  const [xAt, q, qScales, w, wScales, biasAt, skipAt, y] = lay(kernels, ...arrays, new Float32Array(rows * columns));
  kernels.roundRows(xAt, q, qScales, rows, depth);
  const added = skip === undefined ? 0 : skipAt;
  kernels.multiplyFixed(q, qScales, w, wScales, biasAt, added, y, rows, depth, columns, -Infinity, Infinity);
  return new Float32Array(kernels.memory.buffer, y, rows * columns).slice();
}

/** The same in float64, and beside each number the sum of its terms' sizes. */
function multiplyExactly({ x, weight, bias, skip, rows, depth }: Product) {
  const columns = bias.length;
  return Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    let value = bias[column] + (skip?.[at] ?? 0);
    let size = 0;
    for (let k = 0; k < depth; k++) {
      const term = x[row * depth + k] * weight[column * depth + k];
      value += term;
      size += Math.abs(term);
    }
    return { value, size };
  });
}

describe("weights in whole numbers", () => {
  it("are off by half a step at most, and no sum with the largest picture leaves 32 bits", () => {
    const [outputs, depth] = [16, 864];
    const data = makeNumbers(outputs * depth, 0.3, "weights");
    const { wholes, scales } = packFixed(makeWeight(outputs, depth, data));
    for (let output = 0; output < outputs; output++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        const panel = Math.floor(output / 8) * 8 * depth;
        const whole = wholes[panel + Math.floor(k / 2) * 16 + (output % 8) * 2 + (k % 2)];
        expect(Math.abs(whole * scales[output] - data[output * depth + k])).toBeLessThanOrEqual(0.501 * scales[output]);
        sum += Math.abs(whole);
      }
      expect(sum * LARGEST).toBeLessThan(2 ** 31);
      expect(sum * LARGEST).toBeGreaterThan(0.99 * 2 ** 31); // as fine as there is room for
    }
  });

  it("stay zero where an output has none", () => {
    const { wholes, scales } = packFixed(makeWeight(8, 8, new Float32Array(64)));
    expect([...wholes, ...scales].every((number) => number === 0)).toBe(true);
  });
});

describe("a product in whole numbers", () => {
  it.each([
    [1, 8, 8],
    [3, 24, 16],
    [5, 40, 8],
    [64, 16, 24],
    [67, 96, 8],
    [131, 864, 16],
  ])(
    "of %d rows, depth %d and %d columns is the floats' within a thousandth of its terms, in both builds alike",
    (rows, depth, columns) => {
      const product = {
        ...{ rows, depth, bias: makeNumbers(columns, 1, "bias") },
        x: makeNumbers(rows * depth, 3, "x"),
        weight: makeNumbers(columns * depth, 0.2, "w"),
        skip: makeNumbers(rows * columns, 2, "skip"),
      };
      const [plain, fused] = builds.map((kernels) => multiply(kernels, product));
      expect(fused).toEqual(plain);
      for (const [at, { value, size }] of multiplyExactly(product).entries())
        expect(Math.abs(plain[at] - value)).toBeLessThan(1e-3 * size + 1e-6);
      const { skip: _, ...alone } = product;
      const bare = multiply(builds[0], alone);
      for (const [at, { value, size }] of multiplyExactly(alone).entries())
        expect(Math.abs(bare[at] - value)).toBeLessThan(1e-3 * size + 1e-6);
    },
  );

  it.each([1, -1])("does not run over where every weight and every number is the largest, of sign %d", (sign) => {
    const [rows, depth] = [4, 1280];
    const x = new Float32Array(rows * depth).fill(7 * sign);
    const weight = new Float32Array(8 * depth).fill(0.5);
    const product = multiply(builds[0], { x, weight, bias: new Float32Array(8), rows, depth });
    for (const value of product) expect(value / (3.5 * depth * sign)).toBeCloseTo(1, 3);
  });

  it("answers no number for a row that holds NaN, and leaves the other rows alone", () => {
    const [rows, depth] = [6, 16];
    const x = makeNumbers(rows * depth, 1, "x");
    const product = { weight: makeNumbers(8 * depth, 1, "w"), bias: new Float32Array(8), rows, depth };
    const clean = multiply(builds[0], { ...product, x });
    x[2 * depth + 5] = Number.NaN;
    const broken = multiply(builds[0], { ...product, x });
    expect([...broken].map((value) => !Number.isFinite(value))).toEqual(
      [...clean].map((_, at) => Math.floor(at / 8) === 2),
    );
    expect(broken.filter((_, at) => Math.floor(at / 8) !== 2)).toEqual(
      clean.filter((_, at) => Math.floor(at / 8) !== 2),
    );
  });
});

describe("a depthwise layer that is read in whole numbers", () => {
  it.each([
    [1, 5, 7],
    [2, 4, 3],
  ])("with stride %d makes what rounding its floats makes, %d x %d pixels", (stride, height, width) => {
    const channels = 24;
    const framedWidth = (width - 1) * stride + 3;
    const framed = makeNumbers(((height - 1) * stride + 3) * framedWidth * channels, 2, "x");
    const pixels = height * width;
    for (const kernels of builds) {
      const [x, w, bias, y, q, scales, q2, scales2, buffer] = lay(
        ...[kernels, framed, makeNumbers(9 * channels, 1, "w"), makeNumbers(channels, 1, "bias")],
        ...[new Float32Array(pixels * channels), new Int16Array(pixels * channels), new Float32Array(pixels)],
        ...[new Int16Array(pixels * channels), new Float32Array(pixels), new Float32Array(2 * channels)],
      );
      const shape = [framedWidth, channels, stride, height, width] as const;
      kernels.slide(x, w, bias, y, ...shape, 0, Infinity);
      kernels.roundRows(y, q, scales, pixels, channels);
      kernels.slideFixed(x, w, bias, q2, scales2, buffer, ...shape, 0, Infinity);
      const wholes = (at: number) => new Int16Array(kernels.memory.buffer, at, pixels * channels).slice();
      const floats = (at: number) => new Float32Array(kernels.memory.buffer, at, pixels).slice();
      expect(Math.max(...wholes(q))).toBe(LARGEST);
      expect(wholes(q2)).toEqual(wholes(q));
      expect(floats(scales2)).toEqual(floats(scales));
    }
  });
});
