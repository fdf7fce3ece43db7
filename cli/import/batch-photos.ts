/** Reads photos from disk in batches that one request can carry, so that memory holds one batch only. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { reasonOf } from "../shared/command.ts";
import type { Photo } from "./api-client.ts";
import type { LeftOut } from "./scan-folder.ts";

const MAX_BATCH_PHOTOS = 10;
/** The Worker holds a batch in memory beside the backbone. One larger photo travels alone. */
const MAX_BATCH_BYTES = 8_000_000;

export interface PhotoBatch {
  readonly photos: readonly Photo[];
  /** Files that cannot be sent at all. */
  readonly refused: readonly LeftOut[];
}

/** Yields batches in the order of `files`, paths relative to `root`. */
export async function* batchPhotos(
  root: string,
  files: readonly { readonly file: string }[],
  maxImageBytes: number,
): AsyncGenerator<PhotoBatch> {
  let photos: Photo[] = [];
  let refused: LeftOut[] = [];
  let bytes = 0;
  for (const { file } of files) {
    const photo = await readPhoto(root, file, maxImageBytes);
    if ("reason" in photo) {
      refused.push(photo);
      continue;
    }
    if (photos.length === MAX_BATCH_PHOTOS || (photos.length > 0 && bytes + photo.bytes.length > MAX_BATCH_BYTES)) {
      yield { photos, refused };
      [photos, refused, bytes] = [[], [], 0];
    }
    photos.push(photo);
    bytes += photo.bytes.length;
  }
  if (photos.length > 0 || refused.length > 0) yield { photos, refused };
}

async function readPhoto(root: string, file: string, maxImageBytes: number): Promise<Photo | LeftOut> {
  try {
    const bytes = new Uint8Array(await readFile(path.join(root, file)));
    if (bytes.length <= maxImageBytes) return { file, bytes };
    const megabytes = (size: number) => (size / 1e6).toFixed(1);
    return { file, reason: `${megabytes(bytes.length)} MB; the server takes at most ${megabytes(maxImageBytes)}` };
  } catch (cause) {
    return { file, reason: `cannot be read: ${reasonOf(cause)}` };
  }
}
