/** The backbone that ships with the project, for tests in Node. */
import { readdir, readFile } from "node:fs/promises";
import { type BackboneManifest, backboneManifestSchema } from "../../src/backbone/manifest.ts";

const MODELS = new URL("../../models/", import.meta.url);

export async function readOwnBackbone(): Promise<{ manifest: BackboneManifest; model: Uint8Array<ArrayBuffer> }> {
  const file = (await readdir(MODELS)).find((name) => /^headstart-.*\.json$/.test(name)) ?? "";
  const manifest = backboneManifestSchema.parse(JSON.parse(await readFile(new URL(file, MODELS), "utf8")));
  return { manifest, model: new Uint8Array(await readFile(new URL(manifest.file, MODELS))) };
}
