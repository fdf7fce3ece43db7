/**
 * What a Worker's isolate holds, asked over the inspector protocol while it works: JavaScript heap, array buffers outside of
 * it, and wasm memory, which V8 counts in neither. The isolate answers between two of its own steps, so a sample sees
 * everything that is alive there and every byte of garbage that V8 has not collected yet.
 */

export interface IsolateMemory {
  /** JavaScript heap in use, with the embedder's objects. */
  readonly heapBytes: number;
  /** Array buffers, and other memory outside of the heap that V8 knows of. */
  readonly bufferBytes: number;
  /** Memories of all wasm instances, those that wait for the garbage collector too. */
  readonly wasmBytes: number;
}

export interface Inspector {
  readMemory(): Promise<IsolateMemory>;
  /** Leaves what is alive. */
  collectGarbage(): Promise<void>;
  close(): void;
}

/** Keeps a weak reference to every wasm memory that is made from now on. Runs inside the Worker before its first photo. */
const WATCH_WASM = `(() => {
  const refs = [];
  const { Instance, Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(...args) { super(...args); refs.push(new WeakRef(this)); }
    static [Symbol.hasInstance](value) { return value instanceof Memory; }
  };
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args) {
      const instance = new target(...args);
      for (const value of Object.values(instance.exports)) if (value instanceof Memory) refs.push(new WeakRef(value));
      return instance;
    },
  });
  globalThis.countWasmBytes = () => refs.reduce((total, ref) => total + (ref.deref()?.buffer.byteLength ?? 0), 0);
  return refs.length;
})()`;

/** Connects to a dev server that has not seen a photo yet, and begins to count its wasm memory. */
export async function connectInspector(inspectorUrl: string): Promise<Inspector> {
  const [target] = readTargets(await (await fetch(`${inspectorUrl}/json`)).json());
  // The proxy asks where a page comes from; Node's own WebSocket takes headers, which its types do not say.
  const options: object = { headers: { origin: "http://localhost" } };
  const socket: WebSocket = Reflect.construct(WebSocket, [target, options]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("the inspector refused the connection")), { once: true });
  });
  const { call, contextId } = speak(socket);
  await call("Runtime.enable");
  const evaluate = async (expression: string) => {
    const answer = await call("Runtime.evaluate", { expression, contextId: contextId(), returnByValue: true });
    const { result } = answer as { result: { value?: unknown } };
    if (typeof result.value !== "number") throw new Error(`the Worker could not evaluate: ${JSON.stringify(answer)}`);
    return result.value;
  };
  await evaluate(WATCH_WASM);
  return {
    async readMemory() {
      const usage = (await call("Runtime.getHeapUsage")) as Record<string, number>;
      return {
        heapBytes: usage.usedSize + usage.embedderHeapUsedSize,
        bufferBytes: usage.backingStorageSize,
        wasmBytes: await evaluate("countWasmBytes()"),
      };
    },
    async collectGarbage() {
      await call("HeapProfiler.collectGarbage");
    },
    close: () => socket.close(),
  };
}

function readTargets(list: unknown): string[] {
  if (!Array.isArray(list)) throw new Error("the inspector lists no targets");
  return list.map((target: { webSocketDebuggerUrl: string }) => target.webSocketDebuggerUrl);
}

/** Sends commands and matches answers by id; remembers the context in which the Worker's own code runs. */
function speak(socket: WebSocket) {
  const waiting = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  let lastId = 0;
  let context: number | undefined;
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data));
    if (message.method === "Runtime.executionContextCreated") context = message.params.context.id;
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  function call(method: string, params: object = {}): Promise<unknown> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${JSON.stringify(error)}`)),
      );
      socket.send(JSON.stringify({ id, method, params }));
    });
  }
  return { call, contextId: () => context };
}
