/** Embeds photo files one after the other, and measures what each costs. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Embedder } from "../../src/backbone/embedder.ts";
import type { Embedding } from "../../src/head/embedding.ts";
import type { DecodeImage } from "../../src/image/decode.ts";
import { type PhotoLimits, photoToTensor } from "../../src/image/photo.ts";
import type { Resample } from "../../src/image/resample.ts";
import type { Problem } from "../../src/shared/problem.ts";
import type { Result } from "../../src/shared/result.ts";
import type { LeftOut } from "../import/import-source.ts";
import { isClutter, sortFile } from "../import/scan-folder.ts";
import { CommandError } from "../shared/command.ts";
import { isMissing } from "../shared/replace.ts";

/** The Worker's way from a photo to its embedding. */
export interface PhotoReader {
  readonly embedder: Embedder;
  readonly decode: DecodeImage;
  readonly limits: PhotoLimits;
  /** The Worker's own rounding, where embeddings are to join the Worker's. */
  readonly resample?: Resample;
}

/** Wall time of decoding and preprocessing, and of the backbone, in ms. */
export interface EmbeddedFile {
  readonly embedding: Result<Embedding, Problem>;
  readonly decodeMs: number;
  readonly embedMs: number;
}

export async function embedFile(file: string, reader: PhotoReader): Promise<EmbeddedFile> {
  return embedBytes(new Uint8Array(await readFile(file)), reader);
}

/** The same of a photo that is not a file here. */
export async function embedBytes(
  bytes: Uint8Array<ArrayBuffer>,
  { embedder, decode, limits, resample }: PhotoReader,
): Promise<EmbeddedFile> {
  const start = performance.now();
  const tensor = await photoToTensor(bytes, embedder.manifest.input, limits, decode, { resample });
  const decoded = performance.now();
  const embedding = tensor.ok ? await embedder.embed(tensor.value) : tensor;
  return { embedding, decodeMs: decoded - start, embedMs: performance.now() - decoded };
}

/** All photos in a folder, in whatever folders of it, in the order of their paths: nothing depends on what these are called. */
export async function embedLoosePhotos(
  folder: string,
  reader: PhotoReader,
): Promise<{ readonly embeddings: readonly Embedding[]; readonly refused: readonly LeftOut[] }> {
  const embeddings: Embedding[] = [];
  const refused: LeftOut[] = [];
  for (const file of await listFiles(folder)) {
    const photo = await sortFile(folder, file);
    if (photo === null) continue;
    if ("reason" in photo) {
      refused.push(photo);
      continue;
    }
    const { embedding } = await embedFile(photo.path, reader);
    if (embedding.ok) embeddings.push(embedding.value);
    else refused.push({ file, reason: embedding.error.detail });
  }
  if (embeddings.length === 0) throw new CommandError(describeNone(folder, refused));
  return { embeddings, refused };
}

function describeNone(folder: string, [first]: readonly LeftOut[]): string {
  const why = first === undefined ? "." : `: ${first.file}: ${first.reason}`;
  return `There is no usable photo in ${folder}${why}`;
}

/** All files of a folder and the folders in it, by their paths within it, sorted. Throws `CommandError` where there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const found = await stat(folder).catch((cause: unknown) => {
    if (isMissing(cause)) throw new CommandError(`There is no folder ${folder}.`);
    throw cause;
  });
  if (!found.isDirectory()) throw new CommandError(`${folder} is a file: give the folder that holds the photos.`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !isClutter(entry.name));
  return files.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}
