/** Accuracy of heads on one backbone over the shared sets of real photos: all training photos, and five of each class. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import { evaluateMenu } from "../evaluate/evaluate-menu.ts";
import { createNodeDecoder, createNodeEmbedder, OWN_PHOTO_LIMITS } from "../evaluate/node-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";

const MENUS = ["pizza-menu", "food101-13", "grocery-store", "pizza-or-not"];
const FEW_SHOTS = 5;
const SEEDS = [1, 2, 3, 4, 5];

export interface MenuAccuracy {
  readonly menu: string;
  /** For a head that learned from every training photo. */
  readonly allShots: number;
  /** Mean over the seeds of heads that learned from five photos of each class. */
  readonly fewShots: number;
}

/** One entry per set that lies in `imagesDir`; none where there are none. Embeds every photo once. */
export async function measureMenus(placed: PlacedBackbone, imagesDir: string): Promise<MenuAccuracy[]> {
  const kernels = loadHeadKernels();
  const { dimension } = placed.manifest.output;
  const options = { dimension, priorExponent: 0, unknownAlpha: 0.05, kernels };
  const source = {
    embedder: createNodeEmbedder(placed),
    decode: await createNodeDecoder(),
    limits: OWN_PHOTO_LIMITS,
    seed: 0,
  };
  const found: MenuAccuracy[] = [];
  for (const menu of MENUS.filter((name) => existsSync(path.join(imagesDir, name)))) {
    const train = await embedFolder(path.join(imagesDir, menu, "train"), source);
    const test = await embedFolder(path.join(imagesDir, menu, "test"), source);
    const accuracyOf = (rows: readonly LabelledEmbedding[]) => evaluateMenu(rows, test.rows, options).accuracy;
    const few = SEEDS.map((seed) => accuracyOf(takeShots(train.rows, seed)));
    found.push({
      menu,
      allShots: accuracyOf(train.rows),
      fewShots: few.reduce((sum, accuracy) => sum + accuracy, 0) / few.length,
    });
  }
  return found;
}

/** Five rows of each class, by the order of the hashes of seed and position; classes keep their order. */
function takeShots(rows: readonly LabelledEmbedding[], seed: number): LabelledEmbedding[] {
  const keyed = rows.map((row, i) => ({ row, key: sha256Of(Buffer.from(`${seed}/${i}`)) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  const classIds = [...new Set(rows.map(({ classId }) => classId))];
  const ordered = keyed.map(({ row }) => row);
  return classIds.flatMap((id) => ordered.filter(({ classId }) => classId === id).slice(0, FEW_SHOTS));
}
