/**
 * Backbones in eight bits that this checkout has made. Nobody can make the same one again without the same photos, and the next `use` replaces
 * what is in place: a copy of each stays in `models/made/`, under a name with the beginning of its id.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PlacedBackbone } from "./placed-backbone.ts";

const ID_DIGITS = 8;

export interface SearchPlaces {
  /** The project's own backbones. */
  readonly modelsDir: string;
  /** Backbones shared between checkouts. May not exist. */
  readonly sharedBackbonesDir: string;
}

/** Where commands look for a backbone by its name or its id, in this order. */
export function backboneFolders({ modelsDir, sharedBackbonesDir }: SearchPlaces): readonly string[] {
  return [modelsDir, madeDir({ modelsDir }), sharedBackbonesDir];
}

/** The folder of the copies. May not exist. */
export function madeDir({ modelsDir }: Pick<SearchPlaces, "modelsDir">): string {
  return path.join(modelsDir, "made");
}

/** Keeps a copy of a backbone in eight bits and returns the name that `use` finds it by; any other goes by its own name. */
export async function keepMade({ manifest, file }: PlacedBackbone, places: SearchPlaces): Promise<string> {
  if (manifest.quantisation === undefined) return manifest.name;
  const stem = `${manifest.name}-${manifest.id.slice(0, ID_DIGITS)}`;
  const folder = madeDir(places);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${stem}.onnx`), await readFile(file));
  const copied = { ...manifest, file: `${stem}.onnx` };
  await writeFile(path.join(folder, `${stem}.json`), `${JSON.stringify(copied, null, 2)}\n`);
  return stem;
}
