/** Weights in the order of each kernel, from each form that a file stores them in, in both builds. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createBackboneKernels } from "../../src/backbone/kernels/backbone-kernels.ts";
import { makeWeight, type OnnxWeight } from "../../src/backbone/onnx-file.ts";
import { fitsBytes, type OrderedWeight, packWeight } from "../../src/backbone/pack-weights.ts";

const BUILDS = ["backbone-kernels", "fused-backbone-kernels"];
const ROOM = { stored: 32_768, floats: 49_152 };
const TO = 1_024;

async function loadKernels(build: string) {
  const file = new URL(`../../src/backbone/kernels/${build}.wasm`, import.meta.url);
  return createBackboneKernels(await WebAssembly.compile(await readFile(file)), 65_536);
}

/** The packed numbers; what lies behind them must stay as it was. */
async function pack(build: string, ordered: OrderedWeight): Promise<number[]> {
  const kernels = await loadKernels(build);
  const { length } = ordered.weight.data;
  const Numbers = ordered.order === "bytes" ? Int8Array : Float32Array;
  const place = new Numbers(kernels.memory.buffer, TO, length + 8).fill(77);
  packWeight(kernels, ordered, TO, ROOM);
  expect([...place.subarray(length)]).toEqual(Array(8).fill(77));
  return [...place.subarray(0, length)];
}

/** Every number is its own place in the file, so that no two may be exchanged unseen. */
const STORED: Readonly<Record<string, (dims: readonly number[]) => OnnxWeight>> = {
  float32: (dims) => makeWeight(dims, { type: "float32", bytes: new Uint8Array(places(dims, Float32Array).buffer) }),
  float16: (dims) => makeWeight(dims, { type: "float16", bytes: new Uint8Array(places(dims, Float16Array).buffer) }),
};

function places<T>(
  dims: readonly number[],
  Numbers: { from(list: ArrayLike<number>, map: (v: number, i: number) => number): T },
): T {
  return Numbers.from({ length: dims.reduce((product, size) => product * size, 1) }, (_, i) => i);
}

/** `order` of [output, input, position] counted by a plain loop. */
function inPanels([outputs, inputs, height, width]: readonly number[], quad: number): number[] {
  const area = height * width;
  const order: number[] = [];
  for (let panel = 0; panel < outputs; panel += 8)
    for (let position = 0; position < area; position++)
      for (let input = 0; input < inputs; input += quad)
        for (let lane = 0; lane < 8; lane++)
          for (let i = 0; i < quad; i++) order.push(((panel + lane) * inputs + input + i) * area + position);
  return order;
}

describe.each(BUILDS)("the build %s", (build) => {
  describe.each(Object.keys(STORED))("from %s", (type) => {
    it.each([
      [16, 12, 1, 1],
      [8, 7, 1, 1],
      [16, 3, 3, 3],
    ])("lays panels of eight outputs: %i x %i x %i x %i", async (...dims) => {
      expect(await pack(build, { weight: STORED[type](dims), order: "panels" })).toEqual(inPanels(dims, 1));
    });

    it("lays the nine weights of a channel apart", async () => {
      const packed = await pack(build, { weight: STORED[type]([12, 1, 3, 3]), order: "depthwise" });
      expect(packed).toEqual(Array.from({ length: 108 }, (_, i) => (i % 12) * 9 + Math.floor(i / 12)));
    });
  });

  it.each([
    [8, 16, 1, 1],
    [8, 8, 1, 1],
    [8, 4, 2, 2],
  ])("lays four of the depth of each of eight outputs together: %i x %i x %i x %i", async (...dims) => {
    const count = dims.reduce((product, size) => product * size, 1);
    const small = (i: number) => (i % 251) - 125;
    const bytes = new Uint8Array(Int8Array.from({ length: count }, (_, i) => small(i)).buffer);
    const packed = await pack(build, { weight: makeWeight(dims, { type: "int8", bytes }), order: "bytes" });
    expect(packed).toEqual(inPanels(dims, 4).map(small));
  });

  it("takes bytes as the file has them, and makes no floats of them on the way", async () => {
    const weight: OnnxWeight = {
      dims: [8, 16, 1, 1],
      stored: { type: "int8", bytes: new Uint8Array(128).fill(3) },
      get data(): Float32Array {
        throw new Error("somebody widened the bytes");
      },
    };
    expect(fitsBytes(weight)).toBe(true);
    const kernels = await loadKernels(build);
    packWeight(kernels, { weight, order: "bytes" }, TO, ROOM);
    expect([...new Int8Array(kernels.memory.buffer, TO, 128)]).toEqual(Array(128).fill(3));
  });

  it("widens every half to the number that it is", async () => {
    for (let from = 0; from < 65_536; from += 4_096) {
      const halves = Uint16Array.from({ length: 4_096 }, (_, i) => from + i);
      const weight = makeWeight([8, 512, 1, 1], { type: "float16", bytes: new Uint8Array(halves.buffer) });
      const wide = new Float16Array(halves.buffer);
      const packed = await pack(build, { weight, order: "panels" });
      expect(packed).toEqual(inPanels(weight.dims, 1).map((at) => wide[at]));
    }
  });
});
