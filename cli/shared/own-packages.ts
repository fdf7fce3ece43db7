/**
 * Folders of the repository that are npm packages of their own, because few people need what they bring. A command that needs
 * one installs it first and says so; `npm install` brings none of them.
 */
import { copyFile, readFile } from "node:fs/promises";
import path from "node:path";
import { CommandError, reasonOf } from "./command.ts";
import { PROJECT_ROOT } from "./project-paths.ts";
import { runTool, type Tool } from "./tool.ts";

const PACKAGES = {
  kernels: { folder: "tools/kernels", brings: "the compiler of the wasm kernels (100 MB on disk)" },
  rivals: {
    folder: "tools/rivals",
    brings: "what Headstart is compared with, TensorFlow.js above all (90 MB on disk)",
  },
} as const;

/** The lock file that was installed last, kept beside what it installed. */
const INSTALLED = "node_modules/.installed-lock.json";
const NPM: Tool = { program: "npm", args: [] };

export type OwnPackage = keyof typeof PACKAGES;

/**
 * Installs the package from its lock file, unless that has been done. Needs the package registry the first time. Throws
 * `CommandError` when npm fails.
 */
export async function installPackage(name: OwnPackage): Promise<void> {
  const { folder, brings } = PACKAGES[name];
  const root = path.join(PROJECT_ROOT, folder);
  const lock = path.join(root, "package-lock.json");
  const installed = path.join(root, INSTALLED);
  if ((await readText(lock)) === (await readText(installed))) return;
  console.error(`Installing ${brings} into ${folder}/node_modules, once.`);
  const failure = await install(root);
  if (failure !== null) {
    throw new CommandError(
      `${folder} could not be installed: ${failure}. Run "npm --prefix ${folder} ci" with a connection to the package registry.`,
    );
  }
  await copyFile(lock, installed);
}

/** Null when it worked, or the reason. */
async function install(root: string): Promise<string | null> {
  try {
    const { exitCode, stderr } = await runTool(NPM, ["ci", "--no-progress"], { cwd: root });
    return exitCode === 0 ? null : stderr.trim();
  } catch (cause) {
    return reasonOf(cause);
  }
}

/** Empty where there is no such file. */
async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
