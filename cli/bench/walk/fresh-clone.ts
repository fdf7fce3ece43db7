/** A newcomer's first steps, timed: clone into an empty folder, install, start. */
import path from "node:path";
import { type ChildGroup, startChildGroup } from "../../dev/child-group.ts";
import { CommandError } from "../../shared/command.ts";
import { PROJECT_ROOT } from "../../shared/project-paths.ts";

export interface FreshClone {
  /** Seconds of each step. */
  readonly cloneS: number;
  readonly installS: number;
  /** From the command to the printed link. */
  readonly startS: number;
  /** Signs in to its kitchen, once. */
  readonly link: string;
  stop(): Promise<void>;
}

/** Not the port of a Headstart that somebody may have running. */
const PORT = "8897";
const LINK = /^\s*Kitchen\s+(http\S+#code=\S+)/;

/** Clones what is committed of this checkout into `folder`, installs and starts it. Throws `CommandError` where a step fails. */
export async function startFreshClone(folder: string): Promise<FreshClone> {
  const clone = path.join(folder, "headstart");
  const cloneS = await timeCommand(folder, "git", ["clone", "--quiet", "--no-hardlinks", PROJECT_ROOT, clone]);
  const installS = await timeCommand(clone, "npm", ["install"]);
  const startedAt = performance.now();
  const printed = Promise.withResolvers<string>();
  const child = run(clone, "npm", ["start"], (line) => {
    const link = LINK.exec(line)?.[1];
    if (link !== undefined) printed.resolve(link);
  });
  void child.ended.then(() => printed.reject(failed("npm start", child)));
  try {
    const link = await printed.promise;
    return { cloneS, installS, startS: (performance.now() - startedAt) / 1_000, link, stop: child.stop };
  } catch (cause) {
    await child.stop();
    throw cause;
  }
}

async function timeCommand(cwd: string, program: string, args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = run(cwd, program, args, () => undefined);
  if ((await child.ended) !== 0) throw failed([program, ...args].join(" "), child);
  return (performance.now() - startedAt) / 1_000;
}

function failed(command: string, child: ChildGroup): CommandError {
  return new CommandError(`\`${command}\` failed:\n${child.lastLines().join("\n")}`);
}

function run(cwd: string, program: string, args: readonly string[], onLine: (line: string) => void): ChildGroup {
  return startChildGroup({ program, args: [] }, args, { cwd, env: strangersEnvironment(), onLine });
}

/** Without what npm and this checkout have put into it: a stranger has their own Node, and nothing of ours. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD|NODE)/.test(name));
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
  return { ...Object.fromEntries(own), PATH: folders.join(path.delimiter), PORT };
}
