/** The Node of the machine, which may be older than the one that npm's scripts bring along. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** What packages promise to run on. */
const OLDEST_MAJOR = 20;

export interface FoundNode {
  readonly file: string;
  /** Such as `v20.20.2`. */
  readonly version: string;
}

/** The first outside of any `node_modules` on the path; this very one where there is none, or one too old. */
export function findOldestNode(): FoundNode {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
  const file = folders.map((folder) => path.join(folder, "node")).find(existsSync);
  const version = file === undefined ? "" : execFileSync(file, ["--version"], { encoding: "utf8" }).trim();
  const isUsable = Number(/^v(\d+)/.exec(version)?.[1]) >= OLDEST_MAJOR;
  return isUsable && file !== undefined ? { file, version } : { file: process.execPath, version: process.version };
}
