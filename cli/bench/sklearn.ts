/** Runs a script of tools/head/ with Debian's Python, where scikit-learn is; the benchmarks do without it elsewhere. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../shared/project-paths.ts";

/** Where `apt install python3-sklearn` puts scikit-learn. */
const PYTHON = "/usr/bin/python3";
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** The JSON that the script prints; null where there is no such Python, or it has no scikit-learn. */
export function runSklearn(script: string, args: readonly string[]): unknown {
  if (!existsSync(PYTHON)) return null;
  const file = path.join(PROJECT_ROOT, "tools/head", script);
  return JSON.parse(execFileSync(PYTHON, [file, ...args], { encoding: "utf8", maxBuffer: MAX_OUTPUT_BYTES }));
}
