/** Reads photos from disk in batches that one request can carry, so that memory holds one batch only. */
import { readFile } from "node:fs/promises";
import type { Purpose } from "../../src/shared/closed-lists.ts";
import { reasonOf } from "../shared/command.ts";
import type { ApiClient, Photo, UploadResult } from "./api-client.ts";
import type { LeftOut, SourcePhoto, SourceSample, SourceText } from "./import-source.ts";
import { batchTexts } from "./plan-texts.ts";

const MAX_BATCH_PHOTOS = 10;
/** The Worker holds a batch in memory beside the backbone. One larger photo travels alone. */
const MAX_BATCH_BYTES = 8_000_000;

/** What one request carries, of photos or of texts. */
export interface SampleBatch {
  readonly samples: readonly SourceSample[];
  readonly refused: readonly LeftOut[];
  /** One result per sample, in their order. */
  upload(classId: string): Promise<UploadResult[]>;
}

/** Cuts an item's samples, all for one purpose, into requests. */
export type Batching<S extends SourceSample> = (
  samples: readonly S[],
  purpose: Purpose | undefined,
) => AsyncIterable<SampleBatch> | Iterable<SampleBatch>;

export function photoBatching(client: ApiClient, maxImageBytes: number): Batching<SourcePhoto> {
  return async function* (sources, purpose) {
    for await (const { photos, refused } of batchPhotos(sources, maxImageBytes)) {
      yield { samples: photos, refused, upload: (classId) => client.upload(classId, photos, purpose) };
    }
  };
}

export function textBatching(client: ApiClient): Batching<SourceText> {
  return (texts, purpose) =>
    batchTexts(texts).map((samples) => ({
      samples,
      refused: [],
      upload: (classId) =>
        client.uploadTexts(
          classId,
          samples.map(({ text }) => text),
          purpose,
        ),
    }));
}

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
