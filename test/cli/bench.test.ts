/** The table of the backbone benchmark, and what it measures, on the project's own backbone. */
import path from "node:path";
import { expect, it } from "vitest";
import { type BackboneFigures, describeFigures } from "../../cli/bench/backbone-table.ts";
import { timeBackbones } from "../../cli/bench/backbone-timing.ts";
import { describeLoop } from "../../cli/bench/loop.ts";
import { measureMenus } from "../../cli/bench/menu-accuracy.ts";
import { measureWasmMemory } from "../../cli/bench/wasm-memory.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { makePhoto } from "../support/photos.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

async function findOwn() {
  const { manifest } = await readOwnBackbone();
  return { manifest, file: path.join(MODELS_DIR, manifest.file) };
}

const FIGURES: BackboneFigures = {
  name: "tiny",
  bytes: 1_500_000,
  dimension: 64,
  wasmBytes: 2 ** 24,
  ort: { ms: 3.14, ratio: null },
  kernels: { ms: 1.57, ratio: 0.333 },
  menus: [
    { menu: "pizza", allShots: 0.8, fewShots: 0.5 },
    { menu: "bread", allShots: 0.6, fewShots: 0.4 },
  ],
};

it("writes Markdown with a mean over the menus", () => {
  expect(describeFigures([FIGURES]).split("\n")).toEqual([
    "| backbone | file, MB | length | ms | of MobileNetV2 1.0 | own kernels, ms | of MobileNetV2 1.0 | wasm memory, MiB | pizza | bread | mean |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    "| tiny | 1.50 | 64 | 3.1 | - | 1.6 | 0.33 | 16 | 0.800 / 0.500 | 0.600 / 0.400 | 0.700 / 0.450 |",
  ]);
});

it("leaves the menus out where there are no photos", async () => {
  expect(await measureMenus(await findOwn(), await makeTempFolder())).toEqual([]);
  expect(describeFigures([{ ...FIGURES, menus: [] }])).not.toContain("mean");
});

it("judges heads on all photos and on five of each class", async () => {
  const folder = await makeTempFolder();
  const photos = ["pepperoni", "margherita"].flatMap((kind) =>
    [1, 2, 3, 4, 5, 6, 7].map((seed) => {
      return [`pizza-menu/${seed < 6 ? "train" : "test"}/${kind}/${seed}.png`, makePhoto(kind, seed)] as const;
    }),
  );
  await writeFiles(folder, Object.fromEntries(photos));
  expect(await measureMenus(await findOwn(), folder)).toEqual([{ menu: "pizza-menu", allShots: 1, fewShots: 1 }]);
});

it("times every round in both runtimes and reads ONNX Runtime's memory", async () => {
  const own = await findOwn();
  for (const times of Object.values(await timeBackbones([own]))) {
    const time = times.get(own.manifest.name);
    expect(time?.runs.length).toBeGreaterThanOrEqual(30);
    expect(time?.median).toBeGreaterThan(0);
  }
  expect(await measureWasmMemory(own)).toBeGreaterThan(own.manifest.bytes);
});

it("writes what runs and classifications cost as two tables", () => {
  const cost = { queries: 36, rowsRead: 7_334, rowsWritten: 220 };
  const free = { queries: 0, rowsRead: 0, rowsWritten: 0 };
  const bytes = { bytesSent: 1_500_000, bytesReceived: 20_000, largestParameter: 1_466_668 };
  const run = {
    what: "absorb 100",
    outcome: "published",
    ms: 1234.5,
    liveBytes: 50e6,
    peakBytes: 60e6,
    wasmBytes: 20e6,
  };
  const classify = { fresh: { ...free, queries: 3 }, checked: { ...free, queries: 1 }, cached: free };
  const figures = [{ n: 1_000, rebuild: [], absorb: [{ ...run, ...cost, ...bytes }], classify }];
  expect(describeLoop(figures).split("\n").slice(2)).toEqual([
    "| 1,000 | absorb 100 | 36 | 7,334 | 220 | 1.50 | 0.02 | 1.47 | 1,235 | 50 | 60 | 20 |",
    "",
    "| N | classification | queries | rows read | rows written |",
    "|--:|---|--:|--:|--:|",
    "| 1,000 | in a fresh isolate | 3 | 0 | 0 |",
    "| 1,000 | cache checked, every 5 s | 1 | 0 | 0 |",
    "| 1,000 | cached | 0 | 0 | 0 |",
  ]);
});
