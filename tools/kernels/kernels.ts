/**
 * The wasm kernels of the repository: what each is compiled from, with which options, and where the result is committed. Also
 * the fingerprint by which the tests see, without the compiler, that a source was changed and its kernel was not built again.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";

export interface Kernel {
  readonly name: string;
  /** The folder of its sources, and those of them that the compiler starts from. */
  readonly folder: string;
  readonly entries: readonly string[];
  /** The committed file. */
  readonly output: string;
  readonly options: readonly string[];
}

const COMMON = ["-O3", "--converge", "--runtime", "stub", "--enable", "simd"];
const BACKBONE = {
  folder: "tools/backbone/kernels",
  entries: ["product.as.ts", "bytes.as.ts", "window.as.ts", "rescale.as.ts", "ends.as.ts"],
} as const;
const QUIET = ["--initialMemory", "1", "--disableWarning", "112"];

export const KERNELS: readonly Kernel[] = [
  {
    name: "head",
    folder: "tools/head/kernels",
    entries: ["head-kernels.as.ts"],
    output: "src/head/kernels/head-kernels.wasm",
    options: [...COMMON, "--initialMemory", "16"],
  },
  {
    name: "backbone",
    ...BACKBONE,
    output: "src/backbone/kernels/backbone-kernels.wasm",
    options: [...COMMON, ...QUIET],
  },
  {
    name: "fused-backbone",
    ...BACKBONE,
    output: "src/backbone/kernels/fused-backbone-kernels.wasm",
    options: [...COMMON, "--enable", "relaxed-simd", ...QUIET],
  },
  {
    name: "resample",
    folder: "tools/image/kernels",
    entries: ["resample.as.ts"],
    output: "src/image/kernels/resample-kernel.wasm",
    options: [...COMMON, "--initialMemory", "1"],
  },
];

/** Where the fingerprints of the last build are committed, by the kernel's name. */
export const FINGERPRINTS_FILE = path.join(PROJECT_ROOT, "tools/kernels/fingerprints.json");

/** The SHA-256, in hex, of the compiler's lock file, the options, the sources and the committed result. */
export async function fingerprintOf({ folder, entries, output, options }: Kernel): Promise<string> {
  const sources = (await readdir(path.join(PROJECT_ROOT, folder))).filter((file) => file.endsWith(".as.ts")).sort();
  const files = ["tools/kernels/package-lock.json", ...sources.map((file) => `${folder}/${file}`), output];
  const hash = createHash("sha256").update(JSON.stringify([entries, options]));
  for (const file of files) {
    const bytes = await readFile(path.join(PROJECT_ROOT, file));
    hash.update(`\n${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
