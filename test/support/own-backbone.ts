/** The backbone that a fresh checkout is given, for tests in Node: of those that ship, the last by name. */
import { readdir, readFile } from "node:fs/promises";
import { type BackboneManifest, backboneManifestSchema } from "../../src/backbone/manifest.ts";

const MODELS = new URL("../../models/", import.meta.url);

export async function readOwnBackbone(): Promise<{ manifest: BackboneManifest; model: Uint8Array<ArrayBuffer> }> {
  const file = (await readdir(MODELS)).filter((name) => /^headstart-.*\.json$/.test(name)).toSorted().at(-1) ?? "";
  const manifest = backboneManifestSchema.parse(JSON.parse(await readFile(new URL(file, MODELS), "utf8")));
  return { manifest, model: new Uint8Array(await readFile(new URL(manifest.file, MODELS))) };
}
