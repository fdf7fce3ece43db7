/** Runs the command as a person does: as a process of its own, through the launcher that npm links. */
import { spawn } from "node:child_process";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sent as soon as something was printed on stderr. */
  readonly signal?: NodeJS.Signals;
}

/** No terminal, and no configuration of the person who runs the tests. */
export function runHeadstart(args: readonly string[], options: RunOptions = {}): Promise<CommandRun> {
  const { HEADSTART_URL: _url, HEADSTART_KEY: _key, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "cli/headstart.js"), ...args], {
      env: { ...inherited, XDG_CONFIG_HOME: "/nonexistent", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (options.signal !== undefined) child.kill(options.signal);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    child.stdin.on("error", () => {}); // it may end without reading what it is given
    child.stdin.end(options.input ?? "");
  });
}
