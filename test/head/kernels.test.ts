import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Kernels, packedLength, type RealArray } from "../../src/head/kernels/kernels.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { normalNumbers } from "./synthetic.ts";

const WASM_FILE = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const wasmBytes = readFileSync(WASM_FILE);

/** Float64 against float64 by another order of sums; float32 against float64. */
const TOLERANCES = { plain: 1e-12, wasm: 2e-4 } as const;

const IMPLEMENTATIONS: readonly (readonly ["plain" | "wasm", () => Kernels])[] = [
  ["plain", createPlainKernels],
  ["wasm", () => createWasmKernels(new WebAssembly.Module(wasmBytes))],
];

/** Sizes around the tile (4, 8), the block (64), the depth (128) and the chunk (512). */
const SIZES = [1, 3, 4, 7, 8, 63, 64, 65, 130, 523] as const;

function randomRows(rowCount: number, columns: number, seed: number): Float64Array {
  const normal = normalNumbers(seed);
  return Float64Array.from({ length: rowCount * columns }, () => Math.fround(normal()));
}

function row(matrix: ArrayLike<number>, i: number, columns: number): number[] {
  return Array.from({ length: columns }, (_, d) => matrix[i * columns + d]);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, d) => sum + value * b[d], 0);
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  let size = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    size = Math.max(size, Math.abs(expected[i]));
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
  }
  expect(difference / size).toBeLessThan(tolerance);
}

/** A well-conditioned covariance (n x n): `X^T X / rows + I`. */
function positiveDefinite(n: number): Float64Array {
  const x = randomRows(n + 5, n, n);
  const a = new Float64Array(n * n);
  for (let r = 0; r < n + 5; r++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) a[i * n + j] += (x[r * n + i] * x[r * n + j]) / (n + 5);
    }
  }
  for (let i = 0; i < n; i++) a[i * n + i] += 1;
  return a;
}

/** Copies `values` into an arena of exactly these lengths. */
function place(kernels: Kernels, ...values: readonly ArrayLike<number>[]): RealArray[] {
  const arena = kernels.openArena(values.reduce((sum, { length }) => sum + length, 0));
  return values.map((source) => {
    const target = arena.take(source.length);
    target.set(source);
    return target;
  });
}

describe.each(IMPLEMENTATIONS)("the %s kernels", (name, create) => {
  const kernels = create();
  const tolerance = TOLERANCES[name];

  it.each(SIZES)("add and subtract outer products of %i columns", (n) => {
    const rowCount = 131;
    const before = randomRows(1, packedLength(n), 2);
    const x = randomRows(rowCount, n, 3);
    const expected = before.slice();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        for (let r = 0; r < rowCount; r++) expected[packedLength(i) + j] += x[r * n + i] * x[r * n + j];
      }
    }
    const [gram, rows] = place(kernels, before, x);
    kernels.addOuterProducts(gram, rows, rowCount, n, 1);
    expectClose(gram, expected, tolerance);
    kernels.addOuterProducts(gram, rows, rowCount, n, -1);
    expectClose(gram, before, tolerance * 10);
  });

  it.each(SIZES)("factorise and solve %i equations both ways", (n) => {
    const matrix = positiveDefinite(n);
    const b = randomRows(11, n, 4);
    const [a, rows] = place(kernels, matrix, b);
    expect(kernels.factorise(a, n)).toBe(true);
    kernels.solveForward(a, n, rows, 11);
    kernels.solveBackward(a, n, rows, 11);
    const back = new Float64Array(b.length);
    for (let r = 0; r < 11; r++) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) back[r * n + i] += matrix[Math.max(i, j) * n + Math.min(i, j)] * rows[r * n + j];
      }
    }
    expectClose(back, b, tolerance);
  });

  it.each([
    [1, 1, 1],
    [5, 9, 3],
    [4, 8, 200],
    [70, 3, 65],
    [515, 17, 129],
  ])("multiply %i x %i rows of depth %i", (m, n, depth) => {
    const left = randomRows(m, depth, 5);
    const right = randomRows(n, depth, 6);
    const expected = Array.from({ length: m * n }, (_, at) =>
      dot(row(left, Math.floor(at / n), depth), row(right, at % n, depth)),
    );
    const [a, b, out] = place(kernels, left, right, new Float64Array(m * n).fill(7));
    kernels.multiplyTransposed({ m, n, depth }, a, b, out);
    expectClose(out, expected, tolerance);
  });

  it.each([1, 5, 64, 100])("refuse a matrix of %i rows that is not positive definite", (n) => {
    const matrix = positiveDefinite(n);
    matrix[n * n - 1] = -1;
    const [a] = place(kernels, matrix);
    expect(kernels.factorise(a, n)).toBe(false);
  });

  it("refuse to hand out more than was asked for", () => {
    const arena = kernels.openArena(10);
    expect(() => arena.take(1e6)).toThrow(RangeError);
  });

  it("hand out zeros, also where an earlier arena lay", () => {
    kernels.openArena(100).take(100).fill(9);
    expect(
      kernels
        .openArena(100)
        .take(100)
        .every((value) => value === 0),
    ).toBe(true);
  });
});

describe("the wasm module", () => {
  it("is smaller than 32 KB and imports nothing", () => {
    expect(wasmBytes.length).toBeLessThan(32_000);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(wasmBytes))).toEqual([]);
  });

  it("reuses its memory between fits", () => {
    const kernels = createWasmKernels(new WebAssembly.Module(wasmBytes));
    kernels.openArena(1_000_000);
    const bytes = kernels.memoryBytes();
    for (let fit = 0; fit < 50; fit++) kernels.openArena(900_000 + fit * 1000).take(900_000);
    expect(kernels.memoryBytes()).toBe(bytes);
    expect(bytes).toBeLessThan(6_000_000);
  });

  it("says so when it is handed another module", () => {
    const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    expect(() => createWasmKernels(empty)).toThrow("build it again");
  });
});
