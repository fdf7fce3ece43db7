/** The memory of a program that this process has started, as Linux reports it. */
import { readdirSync, readFileSync } from "node:fs";
import { largestByQuarter } from "./quantile.ts";

const SAMPLE_EVERY_MS = 100;

/** One program's memory. */
export interface WatchedMemory {
  /** The largest resident set of any one such process, in MiB; 0 where there is no /proc. */
  readonly peakMib: number;
  /** The same for each quarter of the time: bounded memory does not grow from one to the next. */
  readonly quartersMib: readonly number[];
}

/** Samples until `stop`. */
export function watchMemory(program: string): { stop(): WatchedMemory } {
  const samples: number[] = [];
  const sample = () => {
    samples.push(Math.max(0, ...findDescendants(program).map(residentKib)) / 1024);
  };
  sample();
  const timer = setInterval(sample, SAMPLE_EVERY_MS).unref(); // -- nobody stops it where the work fails
  return {
    stop() {
      clearInterval(timer);
      sample();
      return { peakMib: Math.round(Math.max(...samples)), quartersMib: largestByQuarter(samples) };
    },
  };
}

/** The resident sets of all such processes together, in bytes; 0 where there is no /proc. */
export function readResidentBytes(program: string): number {
  return findDescendants(program).reduce((sum, pid) => sum + residentKib(pid), 0) * 1_024;
}

/** Descendants of this process that run `program`. */
function findDescendants(program: string): string[] {
  const parents = new Map<string, string>();
  const named: string[] = [];
  for (const pid of listProcesses()) {
    const stat = read(`/proc/${pid}/stat`);
    const close = stat.lastIndexOf(")"); // -- a name may hold spaces and brackets
    parents.set(pid, stat.slice(close + 2).split(" ")[1] ?? "");
    if (stat.slice(stat.indexOf("(") + 1, close).startsWith(program)) named.push(pid);
  }
  const isOurs = (pid: string | undefined): boolean =>
    pid !== undefined && pid !== "" && (pid === String(process.pid) || isOurs(parents.get(pid)));
  return named.filter(isOurs);
}

function listProcesses(): string[] {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function residentKib(pid: string): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** A process can end during the look. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
