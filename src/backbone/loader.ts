/**
 * Brings the active backbone from where the build put it (`/backbone/manifest.json`, `/backbone/<id>.onnx`) into a
 * session. The weights are checked against their id: a file that is not the one named in the manifest is never run.
 */
import { sha256Hex } from "../shared/hash.ts";
import { createEmbedder, type Embedder } from "./embedder.ts";
import { backboneManifestSchema } from "./manifest.ts";
import { type BackboneRuntimes, startBackboneSession } from "./start-session.ts";

/** Reads a file of the deployment, null when it is absent. */
export type ReadAsset = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/** No usable backbone came with the deployment; `message` says what to do. */
export class BackboneError extends Error {
  override readonly name = "BackboneError";
}

/** Returns a function that gives the one embedder of this isolate. It throws `BackboneError` when there is no backbone. */
export function createBackboneLoader(readAsset: ReadAsset, runtimes: BackboneRuntimes): () => Promise<Embedder> {
  let embedder: Embedder | undefined;

  return async function loadEmbedder() {
    if (embedder !== undefined) return embedder;
    const manifest = await readManifest(readAsset);
    // Two first requests may both have read the manifest; the first one here makes the embedder for both.
    embedder ??= createEmbedder(manifest, async () => {
      const model = await readAsset(`/backbone/${manifest.id}.onnx`);
      if (model === null) throw new BackboneError(`The file of backbone ${manifest.name} is missing. ${ADVICE}`);
      const id = await sha256Hex(model);
      if (id !== manifest.id) throw new BackboneError(`The file of backbone ${manifest.name} is damaged. ${ADVICE}`);
      return startBackboneSession(runtimes, model, manifest);
    });
    return embedder;
  };
}

const ADVICE = "Put a backbone in place with `npm run backbone -- use`, then start or deploy again.";

async function readManifest(readAsset: ReadAsset) {
  const bytes = await readAsset("/backbone/manifest.json");
  if (bytes === null) throw new BackboneError(`The deployment carries no backbone. ${ADVICE}`);
  const parsed = backboneManifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) throw new BackboneError(`The backbone's manifest is not valid. ${ADVICE}`);
  return parsed.data;
}
