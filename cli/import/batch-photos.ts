/** Reads photos from disk in batches that one request can carry, so that memory holds one batch only. */
import { readFile } from "node:fs/promises";
import { reasonOf } from "../shared/command.ts";
import type { Photo } from "./api-client.ts";
import type { LeftOut, SourcePhoto } from "./import-source.ts";

const MAX_BATCH_PHOTOS = 10;
/** The Worker holds a batch in memory beside the backbone. One larger photo travels alone. */
const MAX_BATCH_BYTES = 8_000_000;

export interface PhotoBatch {
  readonly photos: readonly Photo[];
  /** Files that cannot be sent at all. */
  readonly refused: readonly LeftOut[];
}

/** Yields batches in the order of `sources`. */
export async function* batchPhotos(sources: readonly SourcePhoto[], maxImageBytes: number): AsyncGenerator<PhotoBatch> {
  let photos: Photo[] = [];
  let refused: LeftOut[] = [];
  let bytes = 0;
  for (const source of sources) {
    const photo = await readPhoto(source, maxImageBytes);
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

async function readPhoto({ path, file, place }: SourcePhoto, maxImageBytes: number): Promise<Photo | LeftOut> {
  const named = { file, ...(place === undefined ? {} : { place }) };
  try {
    const bytes = new Uint8Array(await readFile(path));
    const reason = explainSize(bytes.length, maxImageBytes);
    return reason === null ? { ...named, bytes } : { ...named, reason };
  } catch (cause) {
    return { ...named, reason: `cannot be read: ${reasonOf(cause)}` };
  }
}

/** Why a photo of this size is not sent; null when it is. */
export function explainSize(bytes: number, maxImageBytes: number): string | null {
  const megabytes = (size: number) => (size / 1e6).toFixed(1);
  return bytes <= maxImageBytes ? null : `${megabytes(bytes)} MB; the server takes at most ${megabytes(maxImageBytes)}`;
}
