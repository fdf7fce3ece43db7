/** The workerd process that runs a Worker, as Linux accounts for it. */
import { readdir, readFile } from "node:fs/promises";
import { CommandError } from "../../shared/command.ts";

export interface WorkerdProcess {
  /** CPU time used so far, user and system, in ms. Resolution: 10 ms. */
  readCpuMs(): Promise<number>;
}

/** Linux counts CPU time in hundredths of a second towards programs (USER_HZ). */
const MS_PER_TICK = 10;

/** Finds the one among the descendants of this process. Throws `CommandError` where /proc does not tell. */
export async function findWorkerdProcess(): Promise<WorkerdProcess> {
  for (const pid of await listDescendants(process.pid)) {
    const [program] = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
    if (program?.endsWith("/workerd")) return { readCpuMs: () => readCpuMs(pid) };
  }
  throw new CommandError("The process of workerd was not found; this benchmark needs Linux.");
}

async function readCpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // the name before it may hold spaces
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}

async function listDescendants(ancestor: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [])) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/status`, "utf8").catch(() => "") : "";
    const parent = /^PPid:\s*(\d+)/m.exec(status)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid);
    return parent !== undefined && (parent === ancestor || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}
