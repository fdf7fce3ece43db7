/** Brings the deployment's own files onto the guest's device: the backbone's, each checked by its hash, and compiled wasm. */
import { sha256Hex } from "../../shared/hash.ts";
import { DeviceError } from "./device-embedder.ts";

/** The deployment whose files are wanted. */
export interface FileSource {
  /** Its origin without a slash at the end; empty for the deployment whose page this is. */
  readonly origin: string;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
}

/** The deployment whose page this is. */
export const OWN_FILES: FileSource = { origin: "" };

/** A file that must have this hash: a proxy or a broken download must not change an answer. */
interface CheckedFile {
  readonly path: string;
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** `onProgress` hears the share that has arrived. Throws `DeviceError`. */
export async function readChecked(
  { path, sha256, bytes }: CheckedFile,
  onProgress: (share: number) => void,
  source: FileSource,
): Promise<Uint8Array<ArrayBuffer>> {
  if (crypto.subtle === undefined) throw new DeviceError("insecure");
  const response = await fetchFile(path, source);
  const file = new Uint8Array(bytes);
  let arrived = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    if (arrived + part.value.length > bytes) break;
    file.set(part.value, arrived);
    arrived += part.value.length;
    onProgress(arrived / bytes);
  }
  await expectHash(file, sha256);
  return file;
}

/** The same for a file whose length nobody has said. */
export async function readSmallChecked(
  { path, sha256 }: Omit<CheckedFile, "bytes">,
  source: FileSource,
): Promise<Uint8Array<ArrayBuffer>> {
  if (crypto.subtle === undefined) throw new DeviceError("insecure");
  const file = new Uint8Array(await (await fetchFile(path, source)).arrayBuffer());
  await expectHash(file, sha256);
  return file;
}

async function expectHash(file: Uint8Array<ArrayBuffer>, sha256: string): Promise<void> {
  if ((await sha256Hex(file)) !== sha256) throw new DeviceError("damaged");
}

/** `/backbone/manifest.json`, not looked into. Throws `DeviceError`. */
export async function readManifestFile(source: FileSource): Promise<unknown> {
  return (await fetchFile("/backbone/manifest.json", source)).json();
}

/** `/assets/<name>.wasm`. Throws `DeviceError` where it does not arrive or the browser has no wasm, `CompileError` where it cannot compile this one. */
export async function compile(name: string, source: FileSource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined") throw new DeviceError("unsupported");
  const response = await fetchFile(`/assets/${name}.wasm`, source);
  return WebAssembly.compile(await response.arrayBuffer());
}

async function fetchFile(path: string, { origin, signal }: FileSource): Promise<Response> {
  const response = await fetch(origin + path, signal === undefined ? {} : { signal }).catch(() => null);
  signal?.throwIfAborted();
  if (response === null) throw new DeviceError("stopped");
  if (!response.ok) throw new DeviceError("missing");
  return response;
}
