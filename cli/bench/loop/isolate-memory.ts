/**
 * Memory of the Worker's isolate while it works, by the DevTools protocol: JavaScript heap and ArrayBuffers, as V8 counts
 * them; wasm memory is not among them and never shrinks, so it is read afterwards. The isolate answers while it waits
 * for D1, never in the middle of arithmetic. workerd has no memory limit here, so V8 lets garbage lie; what a collection
 * leaves is what an isolate needs.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const SAMPLE_EVERY_MS = 10;
const COLLECT_EVERY_MS = 50;

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).nonempty();
const answerSchema = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) });
const usageSchema = z.object({
  usedSize: z.number(),
  embedderHeapUsedSize: z.number(),
  backingStorageSize: z.number(),
});

/** Largest numbers of bytes seen. */
export interface MemoryPeak {
  /** Right after a garbage collection; 0 when none took place while the work went on. */
  readonly liveBytes: number;
  /** At any time, garbage of earlier work included. */
  readonly peakBytes: number;
}

export interface IsolateMemory {
  peakDuring<T>(work: () => Promise<T>): Promise<MemoryPeak & { readonly value: T }>;
  close(): void;
}

/** Connects to the inspector of a dev server. Throws when it is not there. */
export async function watchIsolateMemory(inspectorUrl: string): Promise<IsolateMemory> {
  const targets = targetsSchema.parse(await (await fetch(`${inspectorUrl}/json`)).json());
  const socket = openSocket(targets[0].webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", () => reject(new Error("the inspector refused the connection")), { once: true });
  });
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  let lastId = 0;
  socket.addEventListener("message", ({ data }) => {
    const answer = answerSchema.safeParse(JSON.parse(String(data)));
    if (answer.success) waiting.get(answer.data.id)?.(answer.data.result);
  });
  const ask = (method: string) =>
    new Promise<Record<string, unknown>>((resolve) => {
      waiting.set(++lastId, resolve);
      socket.send(JSON.stringify({ id: lastId, method }));
    });
  async function readBytes(): Promise<number> {
    const usage = usageSchema.parse(await ask("Runtime.getHeapUsage"));
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  }
  return {
    async peakDuring(work) {
      let [liveBytes, peakBytes, isDone] = [0, 0, false];
      const watch = async () => {
        while (!isDone) {
          peakBytes = Math.max(peakBytes, await readBytes());
          await sleep(SAMPLE_EVERY_MS);
        }
      };
      // A collection takes place when the isolate next wakes up: its answer may come after the work's.
      const collect = async () => {
        while (!isDone) {
          await ask("HeapProfiler.collectGarbage");
          if (!isDone) liveBytes = Math.max(liveBytes, await readBytes());
          await sleep(COLLECT_EVERY_MS);
        }
      };
      collect();
      const watching = watch();
      const value = await work().finally(() => {
        isDone = true;
      });
      await watching;
      return { value, liveBytes, peakBytes };
    },
    close: () => socket.close(),
  };
}

/** wrangler's inspector wants to know who asks. Node's WebSocket takes headers, which the DOM's type does not know. */
function openSocket(url: string): WebSocket {
  const options: unknown = { headers: { Origin: "http://localhost" } };
  return new WebSocket(url, options as string[]);
}
