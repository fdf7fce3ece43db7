/** The offline evaluation, on drawn photos and the backbone that ships with the project. */
import path from "node:path";
import { expect, it } from "vitest";
import { listModels } from "../../cli/backbone/find-source.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { embedFolder } from "../../cli/evaluate/embed-folder.ts";
import { evaluateMenu } from "../../cli/evaluate/evaluate-menu.ts";
import { createNodeDecoder, createNodeEmbedder } from "../../cli/evaluate/node-embedder.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { drawSkewed } from "../head/synthetic.ts";
import { makePhoto } from "../support/photos.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 1_000_000 };
const HEAD_OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

async function writePhotos(folder: string, seeds: readonly number[]): Promise<void> {
  const files = ["pepperoni", "margherita"].flatMap((kind) =>
    seeds.map((seed) => [`${kind}/${seed}.png`, makePhoto(kind, seed)] as const),
  );
  await writeFiles(folder, Object.fromEntries(files));
}

it("tells drawn pizzas apart, reports a broken photo, and gives the same answer twice", {
  timeout: 60_000,
}, async () => {
  const folder = await makeTempFolder();
  const [train, test] = [path.join(folder, "train"), path.join(folder, "test")];
  await writePhotos(train, [1, 2, 3, 4, 5]);
  await writePhotos(test, [11, 12, 13]);
  await writeFiles(test, { "pepperoni/broken.png": makePhoto("pepperoni", 1).subarray(0, 900) });
  const own = (await listModels(MODELS_DIR))[0] ?? "";
  const placed = await useBackbone(own, {
    activeDir: path.join(folder, "active"),
    modelsDir: MODELS_DIR,
    sharedBackbonesDir: folder,
  });
  const common = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits: LIMITS };
  const { dimension } = placed.manifest.output;

  const empty = embedFolder(await makeTempFolder(), { ...common, seed: 0 });
  await expect(empty).rejects.toThrow("has no subfolders. Make one folder per class");

  async function run() {
    const learned = await embedFolder(train, { ...common, shots: 4, seed: 1 });
    const judged = await embedFolder(test, { ...common, seed: 0 });
    return { judged, result: evaluateMenu(learned.rows, judged.rows, { dimension, ...HEAD_OPTIONS }) };
  }
  const { judged, result } = await run();
  expect(judged.refused.map(({ file }) => file)).toEqual([path.join("pepperoni", "broken.png")]);
  expect(result).toMatchObject({ trainedOn: 8, examples: 6, accuracy: 1, classIds: ["margherita", "pepperoni"] });
  expect((await run()).result).toEqual(result);
});

it("judges logistic regression instead where it has won on photos set aside", () => {
  const [train, test] = [drawSkewed(600, 1), drawSkewed(300, 2)];
  const options = { dimension: 4, ...HEAD_OPTIONS };
  const first = evaluateMenu(train, test, options);
  const second = evaluateMenu(train, test, { ...options, withSecondStage: true });
  expect(first.secondStage).toBeNull();
  expect(second.secondStage).toMatchObject({ isPromoted: true, comparison: { examples: expect.any(Number) } });
  expect(second.logLoss).toBeLessThan(first.logLoss);
  // Who is a stranger is said by the distances, whoever tells the items apart.
  const strangers = drawSkewed(40, 3).map(({ embedding: { values, scale } }) => ({
    values: values.map((v) => -v),
    scale,
  }));
  const judged = [false, true].map((withSecondStage) =>
    evaluateMenu(train, test, { ...options, strangers, withSecondStage }),
  );
  expect(judged[1]?.strangers).toEqual(judged[0]?.strangers);
  expect(judged[1]?.unknown).toBe(first.unknown);
  const few = evaluateMenu(train.slice(0, 20), test, { ...options, withSecondStage: true });
  expect(few.secondStage).toMatchObject({ isPromoted: false, comparison: null });
});

it("refuses a test with classes that were not learned", () => {
  const embedding = { values: Int8Array.of(1, 0), scale: 1 };
  const rows = [{ classId: "calzone", embedding }];
  expect(() => evaluateMenu([], rows, { dimension: 2, ...HEAD_OPTIONS })).toThrow("no photos of calzone");
});

it("refuses folders that are empty or hold one class, with a sentence that says why", () => {
  const embedding = { values: Int8Array.of(1, 0), scale: 1 };
  const rows = [1, 2].map(() => ({ classId: "calzone", embedding }));
  const options = { dimension: 2, ...HEAD_OPTIONS };
  expect(() => evaluateMenu(rows, rows, options)).toThrow("teach at least two classes");
  expect(() => evaluateMenu(rows, [], options)).toThrow("The test folder has no usable photos.");
  expect(() => evaluateMenu([], [], options)).toThrow("no usable photos");
});
