/** Backbones put in folders of their own for the time of a measurement. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { type UseBackboneOptions, useBackbone } from "../backbone/use-backbone.ts";

/** In what other forms each backbone is measured: in eight bits by a folder of photos, with two views. */
export type OtherForms = Pick<UseBackboneOptions, "int8" | "views">;

/** Places each ONNX file, followed by its other forms, and hands them to `work` in the order of `files`, with the folder that holds them. */
export async function withPlaced<T>(
  files: readonly string[],
  work: (placed: readonly PlacedBackbone[], folder: string) => Promise<T>,
  { int8, views }: OtherForms = {},
): Promise<T> {
  const places = projectPlaces();
  return inFolder(async (folder) => {
    const placed: PlacedBackbone[] = [];
    for (const file of files) {
      const activeDir = path.join(folder, path.basename(file, ".onnx"));
      placed.push(await useBackbone(file, { ...places, activeDir }));
      if (int8 !== undefined) placed.push(await useBackbone(file, { ...places, activeDir: `${activeDir}-int8`, int8 }));
      if (views) placed.push(await useBackbone(file, { ...places, activeDir: `${activeDir}-views`, views }));
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
