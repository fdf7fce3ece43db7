import path from "node:path";
import { describe, expect, it } from "vitest";
import { listModels } from "../../cli/backbone/find-source.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { embedLoosePhotos } from "../../cli/evaluate/embed-photos.ts";
import { evaluateMenu } from "../../cli/evaluate/evaluate-menu.ts";
import { areaUnderCurve } from "../../cli/evaluate/judge-strangers.ts";
import { createNodeDecoder, createNodeEmbedder } from "../../cli/evaluate/node-embedder.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { drawClouds } from "../head/synthetic.ts";
import { makePhoto } from "../support/photos.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

describe("an evaluation with strangers", () => {
  const rows = drawClouds({ dimension: 24, counts: [20, 20, 20], seed: 3 });
  const [train, test] = [0, 1].map((half) => rows.filter((_, i) => i % 2 === half));
  const others = drawClouds({ dimension: 24, counts: [15, 15], seed: 4 }).map(({ embedding }) => embedding);
  const options = { dimension: 24, priorExponent: 0, unknownAlpha: 0.05 };

  it("says how many are told from the photos of the menu, and leaves everything else as it is", () => {
    const { strangers, ...rest } = evaluateMenu(train ?? [], test ?? [], { ...options, strangers: others });
    const without = evaluateMenu(train ?? [], test ?? [], options);
    expect({ ...rest, strangers: null }).toEqual(without);
    expect(strangers?.falseAlarms).toBe(without.unknown);
    expect(strangers?.auroc).toBeGreaterThan(0.95);
    expect(strangers?.found).toBeGreaterThan(0.6);
  });

  it("learns from photos that are marked", () => {
    const [marked, judged] = [others.slice(0, 10), others.slice(10)];
    const separation = (extra: object) =>
      evaluateMenu(train ?? [], test ?? [], { ...options, strangers: judged, ...extra }).strangers?.auroc ?? 0;
    expect(separation({ marked })).not.toBe(separation({}));
    expect(separation({ marked })).toBeGreaterThan(0.95);
    expect(evaluateMenu(train ?? [], test ?? [], { ...options, marked }).marked).toBe(10);
  });
});

it("counts pairs that are told apart, ties half", () => {
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(1);
  expect(areaUnderCurve([1, 2], [1])).toBe(0.25);
  expect(areaUnderCurve([5], [1, 2])).toBe(0);
});

it("reads loose photos of any subfolder, leaves out what is not a photo, and names what is broken", async () => {
  const folder = await makeTempFolder();
  const photos = path.join(folder, "photos");
  await writeFiles(photos, {
    "loose.png": makePhoto("mushroom", 1, 64),
    "deep/er/other.PNG": makePhoto("mushroom", 2, 64),
    "deep/broken.png": makePhoto("mushroom", 3, 64).subarray(0, 200),
    "notes.txt": new Uint8Array([1]),
    ".hidden.png": makePhoto("mushroom", 4, 64),
    "phone/IMG_1.HEIC": new Uint8Array([1]),
    "no-ending": makePhoto("mushroom", 5, 64),
  });
  const own = (await listModels(MODELS_DIR))[0] ?? "";
  const places = { activeDir: path.join(folder, "active"), modelsDir: MODELS_DIR, sharedBackbonesDir: folder };
  const placed = await useBackbone(own, places);
  const limits = { maxImageBytes: 1_000_000, maxImagePixels: 1_000_000 };
  const reader = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits };
  const { embeddings, refused } = await embedLoosePhotos(photos, reader);
  expect(embeddings).toHaveLength(3);
  const heic = { file: path.join("phone", "IMG_1.HEIC"), reason: expect.stringContaining("save it as JPEG") };
  expect(refused).toEqual([{ file: path.join("deep", "broken.png"), reason: expect.any(String) }, heic]);
  const phone = path.join(photos, "phone");
  await expect(embedLoosePhotos(phone, reader)).rejects.toThrow(/no usable photo in .*IMG_1.HEIC: HEIC cannot be read/);
  await expect(embedLoosePhotos(path.join(photos, "notes.txt"), reader)).rejects.toThrow("is a file");
  await expect(embedLoosePhotos(path.join(folder, "nowhere"), reader)).rejects.toThrow("There is no folder");
  await expect(embedLoosePhotos(path.join(folder, "active"), reader)).rejects.toThrow("no usable photo");
});
