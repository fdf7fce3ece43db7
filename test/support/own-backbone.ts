/** The backbone that a fresh checkout is given, for tests in Node: of those that ship, the last by name. */
import { readdir, readFile } from "node:fs/promises";
import { type BackboneManifest, backboneManifestSchema } from "../../src/backbone/manifest.ts";

const MODELS = new URL("../../models/", import.meta.url);

/** A backbone of models/ by its name; the one of a fresh checkout without. */
export async function readOwnBackbone(
  name?: string,
): Promise<{ manifest: BackboneManifest; model: Uint8Array<ArrayBuffer> }> {
  const last =
    (await readdir(MODELS))
      .filter((file) => /^headstart-.*\.json$/.test(file))
      .toSorted()
      .at(-1) ?? "";
  const file = name === undefined ? last : `${name}.json`;
  const manifest = backboneManifestSchema.parse(JSON.parse(await readFile(new URL(file, MODELS), "utf8")));
  return { manifest, model: new Uint8Array(await readFile(new URL(manifest.file, MODELS))) };
}
