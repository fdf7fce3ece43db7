/** The offline evaluation, on drawn photos and the backbone that ships with the project. */
import path from "node:path";
import { expect, it } from "vitest";
import { listModels } from "../../cli/backbone/find-source.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { embedFolder } from "../../cli/evaluate/embed-folder.ts";
import { evaluateMenu } from "../../cli/evaluate/evaluate-menu.ts";
import { describePlace, evaluatePlace } from "../../cli/evaluate/evaluate-place.ts";
import { createNodeDecoder, createNodeEmbedder } from "../../cli/evaluate/node-embedder.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { drawClouds, drawSkewed } from "../head/synthetic.ts";
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

it("tells drawn pizzas apart, reports a broken photo, and gives the same answer twice", async () => {
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
  await expect(empty).rejects.toThrow("has no subfolders. Make one folder per item");

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
  expect(() => evaluateMenu(rows, rows, options)).toThrow("teach at least two items");
  expect(() => evaluateMenu(rows, [], options)).toThrow("The test folder has no usable photos.");
  expect(() => evaluateMenu([], [], options)).toThrow("no usable photos");
});

it("says for a new place what each way comes to and which one its labels choose", () => {
  const all = drawClouds({ dimension: 8, counts: [60, 60], seed: 4 });
  const part = (from: number, to: number) => all.filter((_, i) => i % 60 >= from && i % 60 < to);
  const embeddingsOf = (rows: typeof all) => rows.map(({ embedding }) => embedding);
  const photos = {
    source: part(0, 20),
    labelled: part(20, 24),
    unlabelled: embeddingsOf(part(24, 44)),
    test: part(44, 60),
  };
  const result = evaluatePlace(photos, HEAD_OPTIONS);
  expect(result).toMatchObject({ judged: 8, trainedOn: 40, unlabelled: 40, examples: 32 });
  expect(result.accuracy.every(({ accuracy }) => accuracy !== null && accuracy > 0.7)).toBe(true);
  expect(describePlace(result)).toMatch(new RegExp(`^\\* ${result.chosen} .*of 8 labels right`, "m"));

  const bare = evaluatePlace({ ...photos, labelled: [], unlabelled: [] }, HEAD_OPTIONS);
  expect(bare.chosen).toBe("as taught");
  expect(bare.accuracy.filter(({ accuracy }) => accuracy !== null).length).toBe(1);
  const odd = [{ classId: "unheard-of", embedding: all[0].embedding }];
  expect(() => evaluatePlace({ ...photos, test: odd }, HEAD_OPTIONS)).toThrow("has no photos of unheard-of");
});
