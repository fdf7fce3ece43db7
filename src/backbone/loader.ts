/**
 * Brings the active backbone from where the build put it (`/backbone/manifest.json`, `/backbone/<id>.onnx`, for texts also
 * `/backbone/<id>.tokenizer.json`) into a session; of one at a model service there is the manifest alone. Files are checked against the manifest: others are never run.
 */
import * as z from "zod";
import { sha256Hex } from "../shared/hash.ts";
import { createTokeniser } from "../text/tokeniser.ts";
import { createEmbedder, type Embedder } from "./embedder.ts";
import {
  type BackboneManifest,
  backboneManifestSchema,
  serviceManifestSchema,
  type TextManifest,
  textManifestSchema,
} from "./manifest.ts";
import { createTokenSession } from "./session.ts";
import { type BackboneRuntimes, startBackboneSession } from "./start-session.ts";
import { createTextReader, type TextReader } from "./text-reader.ts";
import type { EmbedPieces } from "./workers-ai.ts";
import { createServiceReader } from "./workers-ai.ts";

/** Reads a file of the deployment, null when it is absent. */
type ReadAsset = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/** Reads a file of the backbone called `name`. Throws `BackboneError` where it is absent or has another hash. */
export type ReadBackboneFile = (name: string, file: string, sha256: string) => Promise<Uint8Array<ArrayBuffer>>;

/** No usable backbone came with the deployment; `message` says what to do. */
export class BackboneError extends Error {
  override readonly name = "BackboneError";
}

/** What a deployment reads with: photos or texts. */
export type ActiveBackbone = Embedder | TextReader;

/** Returns a function that gives the one backbone of this isolate. It throws `BackboneError` when there is none. `embedPieces` asks the model service, where the deployment has one. */
export function createBackboneLoader(
  readAsset: ReadAsset,
  runtimes: BackboneRuntimes,
  embedPieces?: EmbedPieces,
): () => Promise<ActiveBackbone> {
  const readChecked = createFileReader(readAsset);
  let embedder: ActiveBackbone | undefined;

  return async function loadEmbedder() {
    if (embedder !== undefined) return embedder;
    const manifest = await readManifest(readAsset);
    // Two first requests may both have read the manifest; the first one here makes the embedder for both.
    if ("service" in manifest) embedder ??= createServiceReader(manifest, embedPieces);
    else embedder ??= manifest.modality === "text" ? openTexts(manifest) : openPhotos(manifest);
    return embedder;
  };

  function openPhotos(manifest: BackboneManifest): Embedder {
    return createEmbedder(manifest, async () => {
      const model = await readChecked(manifest.name, `${manifest.id}.onnx`, manifest.id);
      return startBackboneSession(runtimes, model, manifest);
    });
  }

  function openTexts(manifest: TextManifest): TextReader {
    const { id, name, sha256, tokenizer } = manifest;
    return createTextReader(manifest, {
      loadTokenise: async () => {
        const file = await readChecked(name, `${id}.tokenizer.json`, tokenizer.sha256);
        return createTokeniser(JSON.parse(new TextDecoder().decode(file)));
      },
      startSession: async () =>
        createTokenSession(await runtimes.loadOrt(), await readChecked(name, `${id}.onnx`, sha256), manifest),
    });
  }
}

/** Files of whatever backbone the deployment has. */
export function createFileReader(readAsset: ReadAsset): ReadBackboneFile {
  return async function readChecked(name, file, sha256) {
    const bytes = await readAsset(`/backbone/${file}`);
    if (bytes === null) throw new BackboneError(`The file of backbone ${name} is missing. ${ADVICE}`);
    if ((await sha256Hex(bytes)) === sha256) return bytes;
    throw new BackboneError(`The file of backbone ${name} is damaged. ${ADVICE}`);
  };
}

const ADVICE = "Put a backbone in place with `npm run backbone -- use`, then start or deploy again.";

/** What any backbone may be; the modality, and the service of one without weights, tell which. */
const manifestSchema = z.union([serviceManifestSchema, textManifestSchema, backboneManifestSchema]);

async function readManifest(readAsset: ReadAsset): Promise<z.infer<typeof manifestSchema>> {
  const bytes = await readAsset("/backbone/manifest.json");
  if (bytes === null) throw new BackboneError(`The deployment carries no backbone. ${ADVICE}`);
  const parsed = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) throw new BackboneError(`The backbone's manifest is not valid. ${ADVICE}`);
  return parsed.data;
}
