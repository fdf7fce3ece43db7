/** The shared sets of real photos as embeddings, for the benchmarks of the head to learn from and be judged on. */
import { existsSync } from "node:fs";
import path from "node:path";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import type { PhotoReader } from "../evaluate/embed-photos.ts";
import { createNodeDecoder, createNodeEmbedder, OWN_PHOTO_LIMITS } from "../evaluate/node-embedder.ts";
import { CommandError } from "../shared/command.ts";
import { sharedDir } from "../shared/project-paths.ts";
import type { EmbeddedMenu } from "./accuracy-trials.ts";
import { inFolder } from "./placed-backbones.ts";

/** The project's own backbone, and the one to compare it with. */
export const BACKBONES = ["headstart-mobilenet-120", "mobilenetv2-1.0-224-fp32-backbone"] as const;

/** Folders of photos below `data/images`. */
export const MENUS = ["pizza-menu", "food101-13", "grocery-store", "pizza-or-not"];

/**
 * Hands what reads photos with that backbone to `work`, once for each of `menus` that is there, with its folder. One by one, so that each is
 * measured before the next is read; the backbone in place stays there. `int8` is a folder of photos by which to quantise it. Throws `CommandError` where there are no sets.
 */
export async function eachMenu(
  backbone: string,
  menus: readonly string[],
  work: (menu: string, folder: string, reader: PhotoReader) => Promise<void>,
  int8?: string,
): Promise<void> {
  const imagesDir = path.join(sharedDir(process.env), "data/images");
  const found = menus.filter((menu) => existsSync(path.join(imagesDir, menu)));
  if (found.length === 0) throw new CommandError(`There are no photos to learn from in ${imagesDir}.`);
  await inFolder(async (folder) => {
    const placed = await useBackbone(backbone, { ...projectPlaces(), activeDir: path.join(folder, "active"), int8 });
    const reader = {
      embedder: createNodeEmbedder(placed),
      decode: await createNodeDecoder(),
      limits: OWN_PHOTO_LIMITS,
    };
    for (const menu of found) await work(menu, path.join(imagesDir, menu), reader);
  });
}

/** Each photo once; in eight bits where `int8` is a folder of photos. Throws `CommandError` where there are no sets. */
export async function embedMenus(backbone: string, int8?: string): Promise<EmbeddedMenu[]> {
  const menus: EmbeddedMenu[] = [];
  const embed = async (menu: string, folder: string, reader: PhotoReader) => {
    const train = await embedFolder(path.join(folder, "train"), { ...reader, seed: 0 });
    const test = await embedFolder(path.join(folder, "test"), { ...reader, seed: 0 });
    const classIds = [...new Set(train.rows.map(({ classId }) => classId))];
    menus.push({ menu, classIds, rows: [...train.rows, ...test.rows], trainCount: train.rows.length });
  };
  await eachMenu(backbone, MENUS, embed, int8);
  return menus;
}
