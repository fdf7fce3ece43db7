/** Parity with numpy and scikit-learn: `tools/head/make-fixture.py` made the fixture and says how. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { surerThanLeftOut } from "../../src/head/calibration.ts";
import { fitHead } from "../../src/head/fit.ts";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { predict } from "../../src/head/predict.ts";
import { statisticsOf } from "./synthetic.ts";

const fixture = JSON.parse(readFileSync(new URL("../fixtures/head/lda.json", import.meta.url), "utf8"));
const wasmFile = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const rowsOf = (table: number[][]) =>
  table.map((values, i) => ({
    classId: `c${fixture.labels[i]}`,
    embedding: { values: Int8Array.from(values), scale: fixture.scale },
  }));

describe.each([
  ["plain", () => createPlainKernels()],
  ["wasm", () => createWasmKernels(new WebAssembly.Module(readFileSync(wasmFile)))],
])("a head fitted with the %s kernels", (_name, createKernels) => {
  const rows = rowsOf(fixture.train);
  const options = {
    classIds: ["c0", "c1", "c2", "c3"],
    priorExponent: 0,
    unknownAlpha: 0.05,
    kernels: createKernels(),
  };
  const fitted = fitHead(statisticsOf(rows), rows, options);
  if (!fitted.ok) throw new Error(fitted.error.message);
  const { head, rho, tau, temperature, evaluation } = fitted.value;

  it("chooses the rho, tau and temperature that numpy chooses", () => {
    expect(rho).toBe(fixture.rho);
    expect(tau / fixture.tau).toBeCloseTo(1, 3);
    // numpy's is the one of the rows left out.
    const counts = Float64Array.from(options.classIds, (id) => rows.filter(({ classId }) => classId === id).length);
    expect(temperature / surerThanLeftOut(counts) / fixture.temperature).toBeCloseTo(1, 3);
  });

  it("has the accuracy and log-loss of refits in numpy", () => {
    expect(Math.abs((evaluation?.accuracy ?? 0) - fixture.accuracy)).toBeLessThan(0.002);
    expect(Math.abs((evaluation?.logLoss ?? 0) - fixture.logLoss)).toBeLessThan(0.005);
  });

  it("answers held-out rows as scikit-learn's LDA does", () => {
    rowsOf(fixture.held).forEach(({ embedding }, i) => {
      const scores = predict(head, embedding).scores;
      const expected: number[] = fixture.heldScores[i];
      const best = expected.indexOf(Math.max(...expected));
      const logitOf = (k: number) => Math.log(scores.find(({ classId }) => classId === `c${k}`)?.score ?? 0);
      for (let k = 0; k < 4; k++) {
        const gap = temperature * (expected[best] - expected[k]);
        expect(Math.abs(logitOf(best) - logitOf(k) - gap)).toBeLessThan(0.03 * (1 + gap));
      }
    });
  });
});
