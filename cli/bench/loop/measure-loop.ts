/** One size of the learning loop's benchmark: a fresh database, a rebuild, then runs that absorb ever more labels. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { startDevServer } from "../../dev-server.ts";
import { openLabelSource } from "./fill.ts";
import { type IsolateMemory, type MemoryPeak, watchIsolateMemory } from "./isolate-memory.ts";

const CONFIG_FILE = fileURLToPath(new URL("wrangler.toml", import.meta.url));

const costSchema = z.object({ queries: z.number(), rowsRead: z.number(), rowsWritten: z.number() });
const runSchema = z.object({
  outcome: z.string(),
  message: z.string(),
  usage: costSchema,
  bytes: z.object({ sent: z.number(), received: z.number(), largest: z.number() }),
  wasmBytes: z.number(),
});
const classifySchema = z.object({ fresh: costSchema, checked: costSchema, cached: costSchema });

export type DatabaseCost = z.infer<typeof costSchema>;

/** What one training run cost. */
export interface RunFigures extends DatabaseCost, MemoryPeak {
  readonly what: string;
  readonly outcome: string;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly largestParameter: number;
  /** From the request to its answer. */
  readonly ms: number;
  /** The kernels' memory, on top of heap and ArrayBuffers. */
  readonly wasmBytes: number;
}

export interface LoopFigures {
  /** Examples before the first run. */
  readonly n: number;
  readonly rebuild: readonly RunFigures[];
  readonly absorb: readonly RunFigures[];
  readonly classify: z.infer<typeof classifySchema>;
}

export interface LoopSize {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  /** Labels that the runs absorb, one run each. */
  readonly absorb: readonly number[];
}

export async function measureLoop({ n, d, k, absorb }: LoopSize): Promise<LoopFigures> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  const server = await startDevServer({ dataDir, configFile: CONFIG_FILE, quiet: true });
  try {
    const labels = await openLabelSource(server.url, k, d);
    await labels.write(n, true);
    const memory = await watchIsolateMemory(server.inspectorUrl);
    const train = (what: string, query: string) => measureRun(memory, what, `${server.url}/train?d=${d}${query}`);
    const rebuild = [await train("rebuild, run 1", "&rebuild")];
    while (rebuild.at(-1)?.outcome === "rebuilding")
      rebuild.push(await train(`rebuild, run ${rebuild.length + 1}`, ""));
    const runs: RunFigures[] = [];
    for (const count of absorb) {
      await labels.write(count, false);
      runs.push(await train(`absorb ${count}`, ""));
    }
    const classify = classifySchema.parse(await (await fetch(`${server.url}/classify`)).json());
    memory.close();
    return { n, rebuild, absorb: runs, classify };
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measureRun(memory: IsolateMemory, what: string, url: string): Promise<RunFigures> {
  const { value, liveBytes, peakBytes } = await memory.peakDuring(async () => {
    const start = performance.now();
    const response = await fetch(url, { method: "POST" });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
    return { run: runSchema.parse(JSON.parse(text)), ms: performance.now() - start };
  });
  const { outcome, usage, bytes, wasmBytes, message } = value.run;
  if (outcome !== "published" && outcome !== "rebuilding" && outcome !== "held") throw new Error(`${what}: ${message}`);
  return {
    what,
    outcome,
    ...usage,
    ms: value.ms,
    liveBytes,
    peakBytes,
    wasmBytes,
    bytesSent: bytes.sent,
    bytesReceived: bytes.received,
    largestParameter: bytes.largest,
  };
}
