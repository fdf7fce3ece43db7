/**
 * Temporary files of a test run in memory: a database on a disk waits for the disk at every commit, and no test reads what
 * only a disk keeps. A folder per run, gone with it; what killed runs have left goes with the next one.
 */
import { mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import path from "node:path";

/** Linux's file system in memory. */
const MEMORY_ROOT = "/dev/shm";
const PREFIX = "headstart-tests-";
/** Many times what a run was seen to hold at once (47 MB); a container may have as little as 64 MB there. */
const ROOM_BYTES = 2e9;

/** Lets this process and all that it starts keep temporary files in memory, where there is room for them. */
export function useMemoryFolder(): void {
  if (readRoom() < ROOM_BYTES) return;
  for (const name of readdirSync(MEMORY_ROOT)) {
    if (name.startsWith(PREFIX) && !isRunning(Number(name.slice(PREFIX.length)))) removeFolder(name);
  }
  const name = `${PREFIX}${process.pid}`;
  mkdirSync(path.join(MEMORY_ROOT, name), { recursive: true });
  process.env.TMPDIR = path.join(MEMORY_ROOT, name);
  process.on("exit", () => removeFolder(name));
}

/** In bytes; zero where there is no such file system. */
function readRoom(): number {
  try {
    const { bavail, bsize } = statfsSync(MEMORY_ROOT);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function removeFolder(name: string): void {
  rmSync(path.join(MEMORY_ROOT, name), { recursive: true, force: true });
}
