/** The kernels for whole numbers against plain loops, bit for bit, in both builds. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type BackboneKernels, createBackboneKernels, FORM } from "../../src/backbone/kernels/backbone-kernels.ts";
import { makeWeight, type OnnxWeight } from "../../src/backbone/onnx-file.ts";
import { fitsBytes, type OrderedWeight, packedFloats, packWeight } from "../../src/backbone/pack-weights.ts";
import { createRandom } from "../support/random.ts";

const BUILDS = ["backbone-kernels", "fused-backbone-kernels"];
const MEMORY_BYTES = 1 << 20;

async function loadKernels(build: string): Promise<BackboneKernels> {
  const file = new URL(`../../src/backbone/kernels/${build}.wasm`, import.meta.url);
  return createBackboneKernels(await WebAssembly.compile(await readFile(file)), MEMORY_BYTES);
}

function wholeWeight(dims: readonly number[], data: Float32Array): OnnxWeight {
  return makeWeight(dims, { type: "int8", bytes: new Uint8Array(Int8Array.from(data).buffer) });
}

function floatWeight(dims: readonly number[], data: Float32Array): OnnxWeight {
  return makeWeight(dims, { type: "float32", bytes: new Uint8Array(data.buffer) });
}

/** Puts arrays one behind the other and returns where they are. */
function createShelf(kernels: BackboneKernels) {
  const { memory } = kernels;
  let end = 64;
  const take = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  return {
    take,
    put(data: Float32Array | Int8Array | Uint8Array): number {
      const at = take(data.byteLength);
      new Uint8Array(memory.buffer, at).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      return at;
    },
    pack(ordered: OrderedWeight): number {
      const at = take(packedFloats(ordered) * 4);
      const room = ordered.weight.data.byteLength;
      packWeight(kernels, ordered, at, { stored: take(room), floats: take(room) });
      return at;
    },
    floats: (at: number, count: number) => new Float32Array(memory.buffer, at, count).slice(),
    bytes: (at: number, count: number) => new Uint8Array(memory.buffer, at, count).slice(),
  };
}

/** `form(sum * scale + bias (+ skip))` with the roundings of float32 in this order. */
function settle(sum: number, scale: number, bias: number, skip: number | null, bounds: [number, number], form: number) {
  const scaled = Math.fround(Math.fround(sum * scale) + bias);
  const added = skip === null ? scaled : Math.fround(scaled + skip);
  const [low, high] = bounds;
  return Math.min(high, Math.max(low, form === FORM.floats ? added : Math.floor(added)));
}

function randomFloats(seed: string, count: number, size: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => size * (2 * random() - 1));
}

function randomWholes(seed: string, count: number, low: number, high: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: count }, () => low + Math.floor(random() * (high - low + 1)));
}

/** As large as what four of one sign may add up to lets them be: two of 127, then four small ones. */
function largestWeights(outputs: number, depth: number): Float32Array {
  return Float32Array.from({ length: outputs * depth }, (_, i) =>
    i % 8 < 2 ? 127 : i % 8 < 4 ? -127 : i % 8 < 6 ? 2 : -2,
  );
}

const SHAPES = [
  { rows: 1, depth: 8, columns: 8 },
  { rows: 7, depth: 24, columns: 16 },
  { rows: 30, depth: 96, columns: 24 },
  { rows: 9, depth: 960, columns: 16 },
];

describe.each(BUILDS)("the build %s", (build) => {
  it.each(SHAPES)("multiplies bytes as plain loops do: $rows x $depth x $columns", async ({ rows, depth, columns }) => {
    const kernels = await loadKernels(build);
    const inputs = [randomWholes("x", rows * depth, 0, 127), new Float32Array(rows * depth).fill(127)];
    for (const [i, weights] of [
      randomWholes("w", columns * depth, -60, 60),
      largestWeights(columns, depth),
    ].entries()) {
      const weight = wholeWeight([columns, depth, 1, 1], weights);
      expect(fitsBytes(weight)).toBe(true);
      const scale = randomFloats("scale", columns, 0.01);
      const bias = randomFloats("bias", columns, 30);
      const skip = randomFloats("skip", rows * columns, 5);
      for (const form of Object.values(FORM)) {
        const bounds: [number, number] =
          form === FORM.floats ? [-Infinity, Infinity] : [0, form === FORM.wholeBytes ? 127 : 2047];
        const withSkip = form === FORM.floats;
        const shelf = createShelf(kernels);
        const y = shelf.take(rows * columns * 4);
        const at = {
          x: shelf.put(Uint8Array.from(inputs[i])),
          w: shelf.pack({ weight, order: "bytes" }),
          scale: shelf.put(scale),
          bias: shelf.put(bias),
          skip: withSkip ? shelf.put(skip) : 0,
        };
        kernels.multiplyBytes(at.x, at.w, at.scale, at.bias, at.skip, y, rows, depth, columns, ...bounds, form);
        const wanted = Array.from({ length: rows * columns }, (_, index) => {
          const [row, column] = [Math.floor(index / columns), index % columns];
          let sum = 0;
          for (let k = 0; k < depth; k++) sum += inputs[i][row * depth + k] * weights[column * depth + k];
          return settle(sum, scale[column], bias[column], withSkip ? skip[index] : null, bounds, form);
        });
        const read = form === FORM.wholeBytes ? shelf.bytes : shelf.floats;
        expect([...read(y, rows * columns)]).toEqual(wanted);
      }
    }
  });

  it.each([
    { width: 6, stride: 1, form: FORM.wholeBytes },
    { width: 7, stride: 1, form: FORM.wholeFloats },
    { width: 8, stride: 2, form: FORM.floats },
  ])("slides over whole numbers as plain loops do: width $width, stride $stride", async ({ width, stride, form }) => {
    const kernels = await loadKernels(build);
    const [height, channels] = [5, 12];
    const [outHeight, outWidth] = [height, width].map((size) => Math.floor((size - 3) / stride) + 1);
    const x = randomWholes("x", height * width * channels, 0, 2047);
    const weight = floatWeight([channels, 1, 3, 3], randomWholes("w", channels * 9, -910, 910));
    const [scale, bias] = [randomFloats("scale", channels, 1e-4), randomFloats("bias", channels, 60)];
    const bounds: [number, number] = form === FORM.floats ? [-Infinity, Infinity] : [0, 127];
    const shelf = createShelf(kernels);
    const count = outHeight * outWidth * channels;
    const y = shelf.take(count * 4);
    const [atX, atW] = [shelf.put(x), shelf.pack({ weight, order: "depthwise" })];
    const [atScale, atBias] = [shelf.put(scale), shelf.put(bias)];
    kernels.slide(atX, atW, atScale, atBias, y, width, channels, stride, outHeight, outWidth, ...bounds, form);
    const wanted = Array.from({ length: count }, (_, index) => {
      const c = index % channels;
      const [i, j] = [Math.floor(index / channels / outWidth), Math.floor(index / channels) % outWidth];
      let sum = 0;
      for (let k = 0; k < 9; k++) {
        const pixel = (i * stride + Math.floor(k / 3)) * width + j * stride + (k % 3);
        sum += x[pixel * channels + c] * weight.data[c * 9 + k];
      }
      return settle(sum, scale[c], bias[c], null, bounds, form);
    });
    expect([...(form === FORM.wholeBytes ? shelf.bytes : shelf.floats)(y, count)]).toEqual(wanted);
  });

  it("rescales as a plain loop does, with constants that repeat", async () => {
    const kernels = await loadKernels(build);
    const [count, period] = [8 * 7, 8];
    const x = randomFloats("x", count, 4);
    const [scale, bias] = [randomFloats("scale", period, 20), randomFloats("bias", period, 60)];
    const shelf = createShelf(kernels);
    const y = shelf.take(count * 4);
    kernels.rescale(shelf.put(x), shelf.put(scale), shelf.put(bias), y, count, period, 0, 127, FORM.wholeBytes);
    const wanted = Array.from(x, (value, i) =>
      settle(value, scale[i % period], bias[i % period], null, [0, 127], FORM.wholeBytes),
    );
    expect([...shelf.bytes(y, count)]).toEqual(wanted);
  });
});

describe("weights fit bytes", () => {
  const fits = (data: readonly number[], depth = 8, make = floatWeight) =>
    fitsBytes(
      make(
        [8, depth, 1, 1],
        Float32Array.from({ length: 8 * depth }, (_, i) => data[i % data.length]),
      ),
    );

  it("up to what 16 bits hold of four products, in either sign", () => {
    expect(fits([127, 127, 0, 0, 4, 0, 0, 0])).toBe(true);
    expect(fits([127, 127, 0, 0, 5, 0, 0, 0])).toBe(false);
    expect(fits([0, 0, -127, -127, 0, 0, -3, -2])).toBe(false);
    expect(fits([127, 127, 0, 0, -127, -127, 0, 0])).toBe(true);
  });

  it("as much when the file has them as bytes", () => {
    expect(fits([127, 127, 0, 0, 4, 0, 0, 0], 8, wholeWeight)).toBe(true);
    expect(fits([127, 127, 0, 0, 5, 0, 0, 0], 8, wholeWeight)).toBe(false);
    expect(fits([-128, 0, 0, 0, 0, 0, 0, 0], 8, wholeWeight)).toBe(false);
  });

  it("not beyond a byte, and not of a depth that the kernel does not step over", () => {
    expect(fits([128, 0, 0, 0, 0, 0, 0, 0])).toBe(false);
    expect(fits([1, 1, 1, 1], 4)).toBe(false);
  });
});
