/**
 * The workerd process that runs the Worker of a dev server, as Linux accounts for it. wrangler dev starts two: one in front
 * that forwards, and one behind it with the Worker; the one behind listens on a port of its own.
 */
import { readdir, readFile, readlink } from "node:fs/promises";
import { LOOPBACK } from "../../dev/ports.ts";
import { CommandError } from "../../shared/command.ts";

export interface WorkerdProcess {
  /** The Worker without the dev server's proxy in front, without a slash at the end. */
  readonly url: string;
  /** CPU time used so far, user and system, in ms. Resolution: 10 ms. */
  readCpuMs(): Promise<number>;
}

/** Linux counts CPU time in hundredths of a second towards programs (USER_HZ). */
const MS_PER_TICK = 10;
/** State of a listening socket in /proc/net/tcp. */
const LISTENING = "0A";

/** Finds it among the descendants of this process. Throws `CommandError` where /proc does not tell. */
export async function findWorkerdProcess(): Promise<WorkerdProcess> {
  for (const pid of await listDescendants(process.pid)) {
    const args = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
    const isWorker = args.some((arg) => arg.endsWith("/workerd")) && args.includes(`--socket-addr=entry=${LOOPBACK}:0`);
    if (!isWorker) continue;
    for (const port of await listListeningPorts(pid)) {
      const url = `http://${LOOPBACK}:${port}`;
      if (await isHealthy(url)) return { url, readCpuMs: () => readCpuMs(pid) };
    }
  }
  throw new CommandError("The workerd process of the dev server was not found; this benchmark needs Linux.");
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

async function listListeningPorts(pid: number): Promise<number[]> {
  const inodes = new Set<string>();
  for (const file of await readdir(`/proc/${pid}/fd`)) {
    const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => "");
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined) inodes.add(inode);
  }
  const rows = (await readFile(`/proc/${pid}/net/tcp`, "utf8")).split("\n").map((row) => row.trim().split(/\s+/));
  const own = rows.filter(([, , , state, , , , , , inode]) => state === LISTENING && inodes.has(inode ?? ""));
  return own.map(([, address = ""]) => Number.parseInt(address.split(":")[1] ?? "", 16));
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/v1/health`, { signal: AbortSignal.timeout(1_000) });
    return response.ok && (await response.text()).includes("ok");
  } catch {
    return false;
  }
}
