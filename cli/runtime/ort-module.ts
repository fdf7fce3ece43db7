/**
 * ONNX Runtime's wasm as the Worker runs it: the installed package's file, known by its hash, with private memory.
 * An upgrade changes the hash and stops here until somebody has checked that the rewritten module still computes the same.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PROJECT_ROOT } from "../shared/project-paths.ts";
import { withPrivateMemory } from "./private-memory.ts";

/** `ort-wasm-simd-threaded.wasm` of onnxruntime-web 1.30.0. */
const SHIPPED_SHA256 = "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2";

/** Where `src/services.ts` imports it from. Not committed. */
export const ORT_MODULE_FILE = path.join(PROJECT_ROOT, "dist/runtime/ort-private-memory.wasm");

/** The file as the package ships it, with shared memory. */
export function readShippedOrt(): Promise<Uint8Array<ArrayBuffer>> {
  const file = createRequire(import.meta.url).resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm");
  return readFile(file).then((bytes) => new Uint8Array(bytes));
}

/** The rewritten module's bytes. Throws when the installed file is not the one that was checked. */
export async function readOrtModule(): Promise<Uint8Array<ArrayBuffer>> {
  const shipped = await readShippedOrt();
  const hash = createHash("sha256").update(shipped).digest("hex");
  if (hash !== SHIPPED_SHA256) {
    throw new Error(
      `onnxruntime-web's wasm has changed (SHA-256 ${hash}). Run the tests in test/backbone with the new hash in ` +
        "cli/runtime/ort-module.ts, and keep it only if they pass.",
    );
  }
  return withPrivateMemory(shipped);
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** Compiled once a process, for what runs ONNX Runtime in Node. */
export function compileOrtModule(): Promise<WebAssembly.Module> {
  compiled ??= readOrtModule().then((bytes) => WebAssembly.compile(bytes));
  return compiled;
}

let written: Promise<void> | undefined;

/** Writes the module where the Worker's bundle finds it, once a process; leaves it alone when it is there, so that no watcher wakes up. */
export function buildOrtModule(): Promise<void> {
  written ??= writeOrtModule();
  return written;
}

async function writeOrtModule(): Promise<void> {
  const bytes = await readOrtModule();
  const present = await readFile(ORT_MODULE_FILE).catch(() => undefined);
  if (present?.equals(bytes)) return;
  await mkdir(path.dirname(ORT_MODULE_FILE), { recursive: true });
  const draft = `${ORT_MODULE_FILE}.${process.pid}`;
  await writeFile(draft, bytes);
  await rename(draft, ORT_MODULE_FILE);
}
