/** Photos of a folder as a backbone's input. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { photoToTensor } from "../../../src/image/photo.ts";
import type { TensorSpec } from "../../../src/image/tensor.ts";
import { listFiles } from "../../evaluate/embed-photos.ts";
import { createNodeDecoder, OWN_PHOTO_LIMITS } from "../../evaluate/node-embedder.ts";
import { CommandError } from "../../shared/command.ts";

/** Ranges hardly change with more of them. */
const MAX_PHOTOS = 128;

/**
 * At most 128 photos, from all over the folder in the order of paths: the same photos give the same tensors. Files that are no photos are left out.
 * Throws `CommandError` where none can be used.
 */
export async function readTensors(folder: string, spec: TensorSpec): Promise<Float32Array[]> {
  const files = await listFiles(folder);
  const decode = await createNodeDecoder();
  const stride = Math.max(1, files.length / MAX_PHOTOS);
  const tensors: Float32Array[] = [];
  for (let at = 0; at < files.length; at += stride) {
    const bytes = new Uint8Array(await readFile(path.join(folder, files[Math.floor(at)])));
    const tensor = await photoToTensor(bytes, spec, OWN_PHOTO_LIMITS, decode);
    if (tensor.ok) tensors.push(tensor.value);
  }
  if (tensors.length === 0) throw new CommandError(`There is no photo in ${folder} that can be read.`);
  return tensors;
}
