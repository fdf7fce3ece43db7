/**
 * `npm run kernels` compiles the wasm kernels; with `--check` it compares what it compiles with the committed files and changes
 * nothing. The compiler is a package of its own, which the first run installs.
 */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { CommandError, runAsCommand } from "../../cli/shared/command.ts";
import { installPackage } from "../../cli/shared/own-packages.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { nodeTool, runTool } from "../../cli/shared/tool.ts";
import { writeFingerprints } from "./fingerprints.ts";
import { KERNELS, type Kernel, toBuilt } from "./kernels.ts";

const COMPILER = path.join(PROJECT_ROOT, "tools/kernels/node_modules/assemblyscript/bin/asc.js");

runAsCommand(import.meta.url, async () => {
  const program = new Command("kernels")
    .description("compile the wasm kernels of head, backbone and resize")
    .option("--check", "only compare with the committed files")
    .parse();
  await installPackage("kernels");
  const scratch = await mkdtemp(path.join(tmpdir(), "headstart-kernels-"));
  try {
    for (const kernel of KERNELS) {
      const fresh = await compile(kernel, scratch);
      await (program.opts().check ? compare(kernel, fresh) : copyFile(fresh, committed(kernel)));
      console.log(`${kernel.output}: ${program.opts().check ? "the very bytes that its sources make" : "built"}`);
    }
    if (!program.opts().check) await writeFingerprints(await Promise.all(KERNELS.map(toBuilt)));
  } finally {
    await rm(scratch, { recursive: true });
  }
  return 0;
});

function committed({ output }: Kernel): string {
  return path.join(PROJECT_ROOT, output);
}

/** The path of the compiled file. */
async function compile({ name, folder, entries, options }: Kernel, scratch: string): Promise<string> {
  const file = path.join(scratch, `${name}.wasm`);
  const sources = entries.map((entry) => `${folder}/${entry}`);
  const { exitCode, stderr } = await runTool(nodeTool(), [COMPILER, ...sources, "-o", file, ...options]);
  if (exitCode !== 0) throw new CommandError(`The kernel ${name} does not compile:\n${stderr}`);
  return file;
}

async function compare(kernel: Kernel, fresh: string): Promise<void> {
  if ((await readFile(fresh)).equals(await readFile(committed(kernel)))) return;
  throw new CommandError(`${kernel.output} is not what its sources make. Run "npm run kernels" and commit the result.`);
}
