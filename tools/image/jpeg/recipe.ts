/** What the decoder of JPEGs is made of: libjpeg-turbo's source, which is not in the repository but known by its hash, ours, and the compiler's options. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { BuiltWasm } from "../../kernels/fingerprints.ts";

/** Of Debian, with `lld-14`, `wasi-libc` and `libclang-rt-14-dev-wasm32`. */
export const COMPILER = "clang-14";
/** What `apt-get source libjpeg-turbo` of bookworm brings. */
export const LIBRARY_VERSION = "2.1.5";
/** As `digestLibrary` tells it. */
export const LIBRARY_SHA256 = "f6739b63d0c1a6780f2e7c068129694fcee48e4a567bcf9e7c9ae2e7451556ed";

/** What decoding takes of the library as it is; files of ours bring in `jdhuff`, `jdphuff`, `jdcoefct` and `jsimd_none`, and stand for what is never used. */
export const LIBRARY_FILES = [
  ...["jcomapi", "jdapimin", "jdapistd", "jdcolor", "jddctmgr", "jdinput", "jdmainct", "jdmarker", "jdmaster"],
  ...["jdpostct", "jdsample", "jidctint", "jidctred", "jmemmgr", "jmemnobs"],
  "jutils",
] as const;

/** Ours, beside this file. */
export const OWN_FILES = [
  "jpeg-decoder",
  ...["baseline", "progressive", "coefficients", "hooks", "idct", "colour", "upsampling"],
] as const;

export const COMPILE = [
  ...["--target=wasm32-wasi", "-O3", "-msimd128", "-mbulk-memory", "-fno-strict-aliasing"],
  ...["-DNDEBUG", "-DNO_GETENV", "-DNO_PUTENV", "-c"],
] as const;
/** Takes Huffman codes from 64 bits at once, as the library does where addresses have 32 bits and registers 64. */
export const WIDE_BITS = ["-D__x86_64__", "-D__ILP32__"] as const;
export const LINK = [
  ...["--target=wasm32-wasi", "-nostartfiles", "-O3", "-fuse-ld=/usr/bin/wasm-ld-14", "-Wl,--no-entry"],
  ...["-Wl,--gc-sections", "-Wl,--strip-all", "-Wl,-z,stack-size=65536"],
] as const;

const FOLDER = "tools/image/jpeg";

/** The decoder with all that its fingerprint covers. */
export const JPEG_DECODER: BuiltWasm = {
  name: "jpeg-decoder",
  output: "src/image/kernels/jpeg-decoder.wasm",
  sources: [...OWN_FILES.map((name) => `${name}.c`), "jconfig.h", "jconfigint.h"].map((file) => `${FOLDER}/${file}`),
  recipe: [COMPILER, LIBRARY_SHA256, LIBRARY_FILES, COMPILE, WIDE_BITS, LINK],
};

/** The SHA-256, in hex, of all C files and headers in the folder of the library's source. */
export async function digestLibrary(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of (await readdir(folder)).filter((name) => /\.[ch]$/.test(name)).sort()) {
    const bytes = await readFile(path.join(folder, file));
    hash.update(`\n${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}
