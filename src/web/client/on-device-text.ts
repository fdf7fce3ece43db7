/**
 * Embeds texts on the guest's device with the server's own code: the same vocabulary, the same network in the same runtime, the same
 * characters, so the numbers are the server's. A file of its own, loaded when somebody wants it.
 */

import { type TextManifest, textManifestSchema } from "../../backbone/manifest.ts";
import { createTokenSession } from "../../backbone/session.ts";
import { createTextReader, type TextReader } from "../../backbone/text-reader.ts";
import { EMBEDDING_TYPE, encodeEmbeddingMessage } from "../../head/embedding-message.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Tokenise } from "../../text/tokeniser.ts";
import { createTokeniser } from "../../text/tokeniser.ts";
import type { DeviceEmbedder } from "./device-embedder.ts";
import {
  compile,
  type FileSource,
  OWN_FILES,
  readChecked,
  readManifestFile,
  readSmallChecked,
} from "./device-files.ts";
import type { Problem } from "./problem.ts";

/** Embeds one text as it was written. */
type DeviceTextEmbedder = DeviceEmbedder<[raw: string]>;

/** Downloads what is needed, with the share that has arrived, checks it and starts it. Throws `DeviceError`. */
export async function prepareDeviceEmbedder(
  onProgress: (share: number) => void,
  source: FileSource = OWN_FILES,
): Promise<DeviceTextEmbedder> {
  const manifest = textManifestSchema.parse(await readManifestFile(source));
  const { id, bytes, sha256 } = manifest;
  const arrived = { model: 0, runtime: 0 }; // as many megabytes each, more or less
  const tell = (part: keyof typeof arrived, share: number) => {
    arrived[part] = share;
    onProgress((arrived.model + arrived.runtime) / 2);
  };
  const [model, tokenise, runtime] = await Promise.all([
    readChecked({ path: `/backbone/${id}.onnx`, sha256, bytes }, (share) => tell("model", share), source),
    readTokeniser(manifest, source),
    compileRuntime(() => tell("runtime", 1), source),
  ]);
  const session = await createTokenSession(runtime, model, manifest);
  const reader = createTextReader(manifest, {
    loadTokenise: async () => tokenise,
    startSession: async () => session,
  });
  return { embed: (raw) => embedText(reader, raw) };
}

async function embedText(reader: TextReader, raw: string): Promise<Result<Blob, Problem>> {
  const text = reader.normalise(raw);
  const embedding = text.ok ? await reader.embed(text.value) : text;
  if (!embedding.ok) return err({ status: 0, ...embedding.error });
  const message = encodeEmbeddingMessage({ backboneId: reader.manifest.id, embedding: embedding.value });
  return ok(new Blob([message], { type: EMBEDDING_TYPE }));
}

async function compileRuntime(onArrival: () => void, source: FileSource): Promise<WebAssembly.Module> {
  const runtime = await compile("ort-private-memory", source);
  onArrival();
  return runtime;
}

async function readTokeniser({ id, tokenizer: { sha256 } }: TextManifest, source: FileSource): Promise<Tokenise> {
  const file = await readSmallChecked({ path: `/backbone/${id}.tokenizer.json`, sha256 }, source);
  return createTokeniser(JSON.parse(new TextDecoder().decode(file)));
}
