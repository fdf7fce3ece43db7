/** Where real photos and backbones are, when they are there: `../shared`, or the folder that HEADSTART_SHARED names. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT, sharedDir } from "../../cli/shared/project-paths.ts";

export const SHARED_DIR = path.resolve(PROJECT_ROOT, sharedDir(process.env));

/** Why the suites on real photos are skipped, or undefined when they can run. */
export const MISSING_SHARED_DATA = existsSync(path.join(SHARED_DIR, "data/images"))
  ? undefined
  : `no real photos: ${SHARED_DIR}/data/images is absent`;

/** A photo file of a labelled set. */
export interface LabelledPhoto {
  readonly label: string;
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads `data/images/<set>/<split>/<class>/*`, sorted, at most `limit` per class. */
export async function readPhotoSet(
  set: string,
  split: "train" | "test",
  limit = Number.POSITIVE_INFINITY,
): Promise<LabelledPhoto[]> {
  const root = path.join(SHARED_DIR, "data/images", set, split);
  const photos: LabelledPhoto[] = [];
  for (const label of (await readdir(root)).sort()) {
    const files = (await readdir(path.join(root, label))).sort().slice(0, limit);
    for (const file of files) photos.push({ label, file, bytes: await readBytes(path.join(root, label, file)) });
  }
  return photos;
}

export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(file));
}
