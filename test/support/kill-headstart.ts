/** Kills the command with SIGKILL where it says something; without the launcher, which would leave its child behind. */
import { spawn } from "node:child_process";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";

/** Resolves when it is dead: true where `when` was met, false where the command ended before. */
export function killHeadstart(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  when: RegExp,
): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "cli/headstart.ts"), ...args], {
    env: { ...process.env, XDG_CONFIG_HOME: "/nonexistent", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (when.test(said)) child.kill("SIGKILL");
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_, signal) => resolve(signal === "SIGKILL"));
  });
}
