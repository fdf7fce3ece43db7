/**
 * By what the tests see, without any compiler, that a source of committed wasm was changed and the wasm was not built again: a hash over
 * both, written whenever it is built.
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";

/** Wasm that is committed with the sources that it is made of. Paths are from the project's root. */
export interface BuiltWasm {
  readonly name: string;
  /** The committed file. */
  readonly output: string;
  /** What the compiler reads, and what pins the compiler where that is a file. */
  readonly sources: readonly string[];
  /** What it is told beside them. */
  readonly recipe: unknown;
}

const FINGERPRINTS_FILE = path.join(PROJECT_ROOT, "tools/kernels/fingerprints.json");

/** The SHA-256, in hex, of the recipe, the sources and the committed result. */
export async function fingerprintOf({ output, sources, recipe }: BuiltWasm): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(recipe));
  for (const file of [...sources, output]) {
    const bytes = await readFile(path.join(PROJECT_ROOT, file));
    hash.update(`\n${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Those of the last builds, by name. */
export async function readFingerprints(): Promise<Record<string, string>> {
  return JSON.parse(await readFile(FINGERPRINTS_FILE, "utf8"));
}

/** Notes that these were built of the sources that lie here now. */
export async function writeFingerprints(all: readonly BuiltWasm[]): Promise<void> {
  const fresh = await Promise.all(all.map(async (built) => [built.name, await fingerprintOf(built)] as const));
  const fingerprints = { ...(await readFingerprints()), ...Object.fromEntries(fresh) };
  await writeFile(FINGERPRINTS_FILE, `${JSON.stringify(fingerprints, null, 2)}\n`);
}
