/** The wasm kernels of the repository: what each is compiled from, with which options, and where the result is committed. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import type { BuiltWasm } from "./fingerprints.ts";

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
  entries: ["product.as.ts", "bytes.as.ts", "window.as.ts", "rescale.as.ts", "ends.as.ts", "pack.as.ts"],
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

/** A kernel with all that its fingerprint covers: the compiler's lock file too. */
export async function toBuilt({ name, folder, entries, output, options }: Kernel): Promise<BuiltWasm> {
  const files = (await readdir(path.join(PROJECT_ROOT, folder))).filter((file) => file.endsWith(".as.ts")).sort();
  const sources = ["tools/kernels/package-lock.json", ...files.map((file) => `${folder}/${file}`)];
  return { name, output, sources, recipe: [entries, options] };
}
