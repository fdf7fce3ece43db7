/** The rivals of the benchmarks get the same problem as Headstart does. */
import path from "node:path";
import { expect, it, vi } from "vitest";
import { compareRuntimes } from "../../cli/bench/classify/runtimes.ts";
import { drawRows } from "../../cli/bench/head-data.ts";
import { loadRivals } from "../../cli/bench/rivals.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";

const SMALL = { n: 300, d: 16, k: 3 };

it("gives the other libraries the same rows", async () => {
  const { timeClassifiers } = await loadRivals();
  const timing = await timeClassifiers([...drawRows(SMALL)]);
  expect(timing.rows).toBe(SMALL.n);
  for (const figure of Object.values(timing)) expect(figure).toBeGreaterThan(0);
});

it("embeds the shipped backbone alike in TensorFlow.js", async () => {
  vi.spyOn(console, "error").mockReturnValue(); // says that onnxruntime-node is not installed
  const { manifest } = await readOwnBackbone();
  const figures = await compareRuntimes({ manifest, file: path.join(MODELS_DIR, manifest.file) }, 3);
  const rival = figures.find(({ name }) => name === "tfjs-backend-wasm");
  expect(rival?.p50).toBeGreaterThan(0);
  expect(rival?.cosine).toBeGreaterThan(0.9999);
});
