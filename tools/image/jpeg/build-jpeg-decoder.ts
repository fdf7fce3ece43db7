/**
 * `npm run jpeg-decoder -- <folder>` compiles libjpeg-turbo, whose unpacked source lies in that folder, to the decoder of JPEGs; with `--check`
 * it compares what it compiles with the committed file and changes nothing. What it needs stands in `recipe.ts`. The result is committed:
 * nobody needs any of that to install, build or test.
 */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { CommandError, runAsCommand } from "../../../cli/shared/command.ts";
import { PROJECT_ROOT } from "../../../cli/shared/project-paths.ts";
import { runTool } from "../../../cli/shared/tool.ts";
import { writeFingerprints } from "../../kernels/fingerprints.ts";
import {
  COMPILE,
  COMPILER,
  digestLibrary,
  JPEG_DECODER,
  LIBRARY_FILES,
  LIBRARY_SHA256,
  LIBRARY_VERSION,
  LINK,
  OWN_FILES,
  WIDE_BITS,
} from "./recipe.ts";

const OUTPUT = path.join(PROJECT_ROOT, JPEG_DECODER.output);
const HERE = import.meta.dirname;

runAsCommand(import.meta.url, async () => {
  const program = new Command("jpeg-decoder")
    .argument("<folder>", `libjpeg-turbo ${LIBRARY_VERSION}, unpacked`)
    .option("--check", "only compare with the committed file")
    .parse();
  const source = path.resolve(program.args[0]);
  if ((await digestLibrary(source)) !== LIBRARY_SHA256) {
    throw new CommandError(
      `${source} does not hold the C files of libjpeg-turbo ${LIBRARY_VERSION} that recipe.ts knows by their hash.`,
    );
  }
  const scratch = await mkdtemp(path.join(tmpdir(), "headstart-jpeg-"));
  try {
    const fresh = await build(source, scratch);
    if (program.opts().check) await compare(fresh);
    else await copyFile(fresh, OUTPUT);
  } finally {
    await rm(scratch, { recursive: true });
  }
  if (!program.opts().check) await writeFingerprints([JPEG_DECODER]);
  console.log(`${JPEG_DECODER.output}: ${program.opts().check ? "the very bytes that its sources make" : "built"}`);
  return 0;
});

/** The path of the linked file. */
async function build(source: string, scratch: string): Promise<string> {
  const objects: string[] = [];
  const files = [
    ...LIBRARY_FILES.map((name) => path.join(source, `${name}.c`)),
    ...OWN_FILES.map((name) => path.join(HERE, `${name}.c`)),
  ];
  for (const file of files) {
    const object = path.join(scratch, `${path.basename(file, ".c")}.o`);
    const wide = /(baseline|progressive)\.c$/.test(file) ? WIDE_BITS : [];
    await compile([...COMPILE, ...wide, `-I${HERE}`, `-I${source}`, file, "-o", object]);
    objects.push(object);
  }
  const linked = path.join(scratch, "jpeg-decoder.wasm");
  await compile([...LINK, ...objects, "-o", linked]);
  return linked;
}

async function compile(options: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await runTool({ program: COMPILER, args: [] }, options);
  if (exitCode !== 0) throw new CommandError(`libjpeg-turbo does not compile:\n${stderr}`);
}

async function compare(fresh: string): Promise<void> {
  if ((await readFile(fresh)).equals(await readFile(OUTPUT))) return;
  throw new CommandError(
    `${JPEG_DECODER.output} is not what its sources make. Run "npm run jpeg-decoder -- <folder>" and commit the result.`,
  );
}
