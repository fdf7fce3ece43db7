/** Backbones put in folders of their own for the time of a measurement. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";

/**
 * Places each ONNX file and hands them to `work` in the order of `files`, with the folder that holds them. With a folder of photos each is followed
 * by itself in eight bits.
 */
export async function withPlaced<T>(
  files: readonly string[],
  work: (placed: readonly PlacedBackbone[], folder: string) => Promise<T>,
  int8?: string,
): Promise<T> {
  const places = projectPlaces();
  return inFolder(async (folder) => {
    const placed: PlacedBackbone[] = [];
    for (const file of files) {
      const activeDir = path.join(folder, path.basename(file, ".onnx"));
      placed.push(await useBackbone(file, { ...places, activeDir }));
      if (int8 !== undefined) placed.push(await useBackbone(file, { ...places, activeDir: `${activeDir}-int8`, int8 }));
    }
    return work(placed, folder);
  });
}

/** A temporary folder, which is removed whatever comes of `work`. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
