/**
 * Memory of the Worker's isolate while it works, by the DevTools protocol: JavaScript heap and ArrayBuffers, as V8
 * counts them, garbage that is not yet collected included. The isolate answers while it waits for D1, never in the middle
 * of arithmetic; that works in wasm memory, which never shrinks and is read afterwards.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const SAMPLE_EVERY_MS = 10;

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).nonempty();
const answerSchema = z.object({ id: z.number(), result: z.record(z.string(), z.unknown()) });
const usageSchema = z.object({
  usedSize: z.number(),
  embedderHeapUsedSize: z.number(),
  backingStorageSize: z.number(),
});

export interface IsolateMemory {
  /** Runs `work` and returns the largest number of bytes seen during it, uncollected garbage of earlier work included. */
  peakDuring<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly peakBytes: number }>;
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
      let peakBytes = 0;
      let isDone = false;
      const sample = async () => {
        while (!isDone) {
          peakBytes = Math.max(peakBytes, await readBytes());
          await sleep(SAMPLE_EVERY_MS);
        }
      };
      const [value] = await Promise.all([
        work().finally(() => {
          isDone = true;
        }),
        sample(),
      ]);
      return { value, peakBytes: Math.max(peakBytes, await readBytes()) };
    },
    close: () => socket.close(),
  };
}

/** wrangler's inspector wants to know who asks. Node's WebSocket takes headers, which the DOM's type does not know. */
function openSocket(url: string): WebSocket {
  const options: unknown = { headers: { Origin: "http://localhost" } };
  return new WebSocket(url, options as string[]);
}
