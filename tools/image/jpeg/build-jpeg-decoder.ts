/**
 * `npm run jpeg-decoder -- <folder>` compiles libjpeg-turbo 2.1.5, whose unpacked source lies in that folder, to the decoder of JPEGs.
 * It needs Debian's `clang-14`, `lld-14`, `wasi-libc` and `libclang-rt-14-dev-wasm32`; `apt-get source libjpeg-turbo` of bookworm brings
 * the source. The result is committed: nobody needs any of that to install, build or test.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { CommandError, runAsCommand } from "../../../cli/shared/command.ts";
import { PROJECT_ROOT } from "../../../cli/shared/project-paths.ts";
import { runTool } from "../../../cli/shared/tool.ts";

const COMPILER = "clang-14";
const OUTPUT = path.join(PROJECT_ROOT, "src/image/kernels/jpeg-decoder.wasm");
const HERE = path.join(PROJECT_ROOT, "tools/image/jpeg");

/** What decoding takes of the library; `jsimd_none` says that there is no assembler. */
const LIBRARY = [
  ...[
    "jcomapi",
    "jdapimin",
    "jdapistd",
    "jdcoefct",
    "jdcolor",
    "jddctmgr",
    "jdhuff",
    "jdinput",
    "jdmainct",
    "jdmarker",
  ],
  ...["jdmaster", "jdmerge", "jdphuff", "jdpostct", "jdsample", "jidctflt", "jidctfst", "jidctint", "jidctred"],
  ...["jmemmgr", "jmemnobs", "jquant1", "jquant2", "jsimd_none", "jutils"],
];

const COMPILE = [
  ...[
    "--target=wasm32-wasi",
    "-O3",
    "-msimd128",
    "-mbulk-memory",
    "-fno-strict-aliasing",
    "-DNDEBUG",
    "-DNO_GETENV",
    "-DNO_PUTENV",
  ],
  "-c",
];
/** Takes Huffman codes from 64 bits at once, as the library does where addresses have 32 bits and registers 64. */
const WIDE_BITS = ["-D__x86_64__", "-D__ILP32__"];
const LINK = [
  ...["--target=wasm32-wasi", "-nostartfiles", "-O3", "-fuse-ld=/usr/bin/wasm-ld-14", "-Wl,--no-entry"],
  ...["-Wl,--gc-sections", "-Wl,--strip-all", "-Wl,-z,stack-size=65536"],
];

runAsCommand(import.meta.url, async () => {
  const [folder] = new Command("jpeg-decoder").argument("<folder>", "libjpeg-turbo 2.1.5, unpacked").parse().args;
  const source = path.resolve(folder);
  const scratch = await mkdtemp(path.join(tmpdir(), "headstart-jpeg-"));
  try {
    const objects: string[] = [];
    const files = [...LIBRARY.map((name) => path.join(source, `${name}.c`)), path.join(HERE, "jpeg-decoder.c")];
    for (const file of files) {
      const object = path.join(scratch, `${path.basename(file, ".c")}.o`);
      const wide = /jdp?huff\.c$/.test(file) ? WIDE_BITS : [];
      await compile([...COMPILE, ...wide, `-I${HERE}`, `-I${source}`, file, "-o", object]);
      objects.push(object);
    }
    await compile([...LINK, ...objects, "-o", OUTPUT]);
  } finally {
    await rm(scratch, { recursive: true });
  }
  return 0;
});

async function compile(options: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runTool({ program: COMPILER, args: [] }, options);
  if (exitCode !== 0) throw new CommandError(`libjpeg-turbo does not compile:\n${stderr}`);
}
