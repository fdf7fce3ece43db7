/** The shared sets of photos, and of each test photo three shots by each hand, as embeddings. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Embedding } from "../../../src/head/embedding.ts";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { decodePhoto } from "../../../src/image/photo.ts";
import type { RgbaImage } from "../../../src/image/rgba-image.ts";
import { imageToTensor } from "../../../src/image/tensor.ts";
import { toNameKey } from "../../../src/shared/item-names.ts";
import { embedFolder } from "../../evaluate/embed-folder.ts";
import type { PhotoReader } from "../../evaluate/embed-photos.ts";
import { scanFolder } from "../../import/scan-folder.ts";
import { CommandError } from "../../shared/command.ts";
import { eachMenu, MENUS } from "../embed-menus.ts";
import { HANDS, type Hand, takeShots, WINDOWS } from "./shots.ts";

/** Shots in a row. */
export const SHOTS_IN_A_ROW = 3;

/** A test photo. */
export interface BurstPhoto {
  readonly classId: string;
  /** As it is. */
  readonly whole: Embedding;
  /** `SHOTS_IN_A_ROW` of it, by hand. */
  readonly shots: ReadonlyMap<Hand["name"], readonly Embedding[]>;
  /** The first of them by the last hand, and windows of it: as many. */
  readonly windows: readonly Embedding[];
}

export interface BurstSet {
  readonly menu: string;
  readonly train: readonly LabelledEmbedding[];
  readonly test: readonly BurstPhoto[];
}

/** One by one, so that each is measured before the next is read. Throws `CommandError` where there are no sets. */
export async function eachBurstSet(backbone: string, work: (set: BurstSet) => void): Promise<void> {
  await eachMenu(backbone, MENUS, async (menu, folder, reader) => {
    const { rows } = await embedFolder(path.join(folder, "train"), { ...reader, seed: 0 });
    work({ menu, train: rows, test: await embedShots(path.join(folder, "test"), reader) });
  });
}

async function embedShots(folder: string, reader: PhotoReader): Promise<BurstPhoto[]> {
  const { items } = await scanFolder(folder);
  const photos = items.flatMap(({ name, photos: own }) => own.map((photo) => ({ classId: toNameKey(name), ...photo })));
  const test: BurstPhoto[] = [];
  for (const [number, { classId, path: file }] of photos.entries()) {
    const decoded = await decodePhoto(new Uint8Array(await readFile(file)), reader.limits, reader.decode, undefined);
    if (!decoded.ok) continue;
    const {
      image,
      header: { orientation },
    } = decoded.value;
    const embed = async (seen: RgbaImage) => {
      const embedding = await reader.embedder.embed(imageToTensor(seen, orientation, reader.embedder.manifest.input));
      if (!embedding.ok) throw new CommandError(`${file}: ${embedding.error.detail}`);
      return embedding.value;
    };
    const shots = new Map<Hand["name"], readonly Embedding[]>();
    let windows: readonly Embedding[] = [];
    for (const hand of HANDS) {
      const taken = takeShots(image, hand, SHOTS_IN_A_ROW, number);
      shots.set(hand.name, await embedAll(taken, embed));
      windows = await embedAll([taken[0], ...takeShots(taken[0], WINDOWS, SHOTS_IN_A_ROW - 1, number)], embed);
    }
    test.push({ classId, whole: await embed(image), shots, windows });
  }
  return test;
}

async function embedAll(
  images: readonly RgbaImage[],
  embed: (image: RgbaImage) => Promise<Embedding>,
): Promise<Embedding[]> {
  const embeddings: Embedding[] = [];
  for (const image of images) embeddings.push(await embed(image));
  return embeddings;
}
