/** The shared sets of photos in two places: half of the training photos where the menu was taught, the others and the test photos through another camera. */
import path from "node:path";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { ok } from "../../../src/shared/result.ts";
import { embedFolder } from "../../evaluate/embed-folder.ts";
import type { PhotoReader } from "../../evaluate/embed-photos.ts";
import { eachMenu } from "../embed-menus.ts";
import { OTHER_CAMERA, seeThrough } from "./other-camera.ts";

/** A menu and the new place that it is served in. */
export interface PlaceSet {
  readonly menu: string;
  /** Where it was taught: every second training photo. */
  readonly source: readonly LabelledEmbedding[];
  /** The other training photos as the place's camera sees them, and all test photos. */
  readonly there: readonly LabelledEmbedding[];
  readonly test: readonly LabelledEmbedding[];
  /** The test photos where the menu was taught. */
  readonly testAtSource: readonly LabelledEmbedding[];
}

/** One by one, so that each is measured before the next is read. Throws `CommandError` where there are no sets. */
export async function eachPlaceSet(
  backbone: string,
  menus: readonly string[],
  work: (set: PlaceSet) => void,
): Promise<void> {
  await eachMenu(backbone, menus, async (menu, folder, reader) => work(await readPlaceSet(folder, menu, reader)));
}

async function readPlaceSet(folder: string, menu: string, taught: PhotoReader): Promise<PlaceSet> {
  const there = throughCamera(taught);
  const read = async (part: string, reader: PhotoReader) =>
    (await embedFolder(path.join(folder, part), { ...reader, seed: 0 })).rows;
  const isEven = (_: unknown, i: number) => i % 2 === 0;
  return {
    menu,
    source: (await read("train", taught)).filter(isEven),
    there: (await read("train", there)).filter((row, i) => !isEven(row, i)),
    test: await read("test", there),
    testAtSource: await read("test", taught),
  };
}

function throughCamera(reader: PhotoReader): PhotoReader {
  return {
    ...reader,
    decode: async (header) => {
      const image = await reader.decode(header);
      return image.ok ? ok(seeThrough(image.value, OTHER_CAMERA)) : image;
    },
  };
}
