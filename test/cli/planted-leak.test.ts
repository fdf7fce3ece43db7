/** The soak's rule against real memory: a leak that is planted in this process is found, and its own garbage is none. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { findRises, type MemorySample } from "../../cli/soak/judge.ts";

const READINGS = 32;
const WASM_PAGE_BYTES = 65_536;

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Reads the memory after each act; `wasm` counts the memories that the acts keep. */
function watch(act: (reading: number) => void, countWasmBytes = () => 0): MemorySample[] {
  return Array.from({ length: READINGS }, (_, seconds) => {
    act(seconds);
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { seconds, heapBytes: heapUsed, bufferBytes: arrayBuffers, wasmBytes: countWasmBytes() };
  });
}

const makeObjects = (reading: number) =>
  Array.from({ length: 5_000 }, (_, i) => ({ reading, i, text: `${reading} ${i}` }));
const risesOf = (samples: readonly MemorySample[]) => findRises(samples).map(({ name }) => name);

describe("a soak", () => {
  it("finds objects that are kept", () => {
    const kept: object[] = [];
    expect(risesOf(watch((reading) => kept.push(makeObjects(reading))))).toEqual(["heapBytes"]);
    expect(kept).toHaveLength(READINGS);
  });

  it("finds buffers that are kept, outside of the heap", () => {
    const kept: Uint8Array[] = [];
    expect(risesOf(watch(() => kept.push(new Uint8Array(250_000).fill(1))))).toEqual(["bufferBytes"]);
    expect(kept).toHaveLength(READINGS);
  });

  it("finds one decoder that is kept every few readings", () => {
    const kept: WebAssembly.Memory[] = [];
    const keep = (reading: number) => {
      if (reading % 4 === 0) kept.push(new WebAssembly.Memory({ initial: 45 }));
    };
    const samples = watch(keep, () => kept.reduce((total, { buffer }) => total + buffer.byteLength, 0));
    expect(risesOf(samples)).toEqual(["wasmBytes"]);
    expect(samples.at(-1)?.wasmBytes).toBe((READINGS / 4) * 45 * WASM_PAGE_BYTES);
  });

  it("finds nothing where all of that is made and let go", () => {
    const samples = watch((reading) => {
      makeObjects(reading);
      new Uint8Array(250_000).fill(1);
    });
    expect(risesOf(samples)).toEqual([]);
  });
});
