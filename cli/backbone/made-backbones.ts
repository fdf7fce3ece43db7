/**
 * Backbones in eight bits or with views that this checkout has made. Nobody can make the same one in eight bits again without the same photos, and the next
 * `use` replaces what is in place: a copy of each stays in `models/made/`, under a name with the beginning of its id.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { CommandError } from "../shared/command.ts";
import { replaceFile } from "../shared/replace.ts";
import { sha256Of } from "./file-identity.ts";
import type { PlacedBackbone } from "./placed-backbone.ts";

const ID_DIGITS = 8;
/** A manifest may have come with a download, and its name must lead nowhere else. */
const NOT_IN_FILE_NAMES = /[^\p{L}\p{N}._-]/gu;

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

/** Whether `use` made the file, of another one. */
export function isMade({ quantisation, input }: BackboneManifest): boolean {
  return quantisation !== undefined || input.views !== undefined;
}

/** Keeps a copy of a backbone that was made here and returns the name that `use` finds it by; any other goes by its own name. Throws `CommandError`. */
export async function keepMade({ manifest, file }: PlacedBackbone, places: SearchPlaces): Promise<string> {
  if (!isMade(manifest)) return manifest.name;
  const stem = `${manifest.name.replace(NOT_IN_FILE_NAMES, "_")}-${manifest.id.slice(0, ID_DIGITS)}`;
  const folder = madeDir(places);
  const model = await readFile(file);
  if (sha256Of(model) !== manifest.id) {
    throw new CommandError(`${file} was exchanged at this moment, and no copy was made. Run the command again, alone.`);
  }
  const copied = { ...manifest, file: `${stem}.onnx` };
  // -- the network last: one without its manifest would be taken for a file that nobody knows
  await replaceFile(path.join(folder, `${stem}.json`), `${JSON.stringify(copied, null, 2)}\n`);
  await replaceFile(path.join(folder, `${stem}.onnx`), model);
  return stem;
}
