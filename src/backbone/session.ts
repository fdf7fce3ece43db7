/**
 * An ONNX Runtime Web session in one wasm thread, in workerd, Node or a browser. Only importer of onnxruntime-web.
 *
 * ORT offers no hook for what Workers need, so three globals are replaced while it initialises, and only then:
 * `WebAssembly.instantiate`, because workerd refuses to compile bytes: ORT is handed a sentinel as its "binary" and gets an
 * instance of the module that came with the bundle; `WebAssembly.Memory`, because that module takes private memory
 * (cli/runtime/private-memory.ts) and ORT's glue would make it shared; `Atomics.waitAsync`, which works on shared memory only.
 * Initialisation happens once per isolate and must not happen at module scope.
 */
import * as ort from "onnxruntime-web/wasm";
import type { NetworkEnds } from "./network.ts";

export interface BackboneSession {
  /** Runs one tensor, float32 [3, height, width] -> the raw embedding, float32 [dimension]. Not reentrant. */
  run(tensor: Float32Array): Promise<Float32Array>;
}

/** Any bytes that ORT will not look into: the instantiation that they are passed to is replaced. */
const SENTINEL = new Uint8Array([0x00, 0x61, 0x73, 0x6d]);

/** A session that reads tokens instead of pixels. */
export interface TokenSession {
  /** Runs one text's token ids -> the raw embedding, float32 [dimension]. Not reentrant. */
  run(ids: readonly number[]): Promise<Float32Array>;
}

/** Creates a session. Throws what ORT throws when the model cannot be loaded. */
export async function createBackboneSession(
  wasm: WebAssembly.Module,
  model: Uint8Array,
  { input, output }: NetworkEnds,
): Promise<BackboneSession> {
  const session = await loadModel(wasm, model);
  const shape = [1, 3, input.height, input.width];
  return { run: (tensor) => runOnce(session, input.name, new ort.Tensor("float32", tensor, shape), output.name) };
}

/** As `createBackboneSession`, for a network that takes int64 [1, n]. */
export async function createTokenSession(
  wasm: WebAssembly.Module,
  model: Uint8Array,
  { input, output }: { readonly input: { readonly name: string }; readonly output: { readonly name: string } },
): Promise<TokenSession> {
  const session = await loadModel(wasm, model);
  return {
    run: (ids) => {
      const feed = new ort.Tensor("int64", BigInt64Array.from(ids, BigInt), [1, ids.length]);
      return runOnce(session, input.name, feed, output.name);
    },
  };
}

function loadModel(wasm: WebAssembly.Module, model: Uint8Array): Promise<ort.InferenceSession> {
  return withPrecompiledWasm(wasm, () =>
    ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" }),
  );
}

async function runOnce(
  session: ort.InferenceSession,
  input: string,
  feed: ort.Tensor,
  output: string,
): Promise<Float32Array> {
  const results = await session.run({ [input]: feed }, [output]);
  const data = results[output]?.data;
  if (!(data instanceof Float32Array)) throw new Error(`backbone output ${output} is not a float32 tensor`);
  return data;
}

async function withPrecompiledWasm<T>(wasm: WebAssembly.Module, create: () => Promise<T>): Promise<T> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.proxy = false;
  ort.env.wasm.wasmBinary = SENTINEL.buffer;
  const { instantiate, Memory } = WebAssembly;
  const { waitAsync } = Atomics;
  Object.assign(WebAssembly, {
    instantiate: async (_source: unknown, imports: WebAssembly.Imports) => ({
      module: wasm,
      instance: await instantiate(wasm, imports), // browsers refuse a large synchronous one
    }),
    Memory: class PrivateMemory extends Memory {
      constructor({ initial, maximum = initial }: WebAssembly.MemoryDescriptor) {
        super({ initial, maximum });
      }
    },
  });
  Object.assign(Atomics, { waitAsync: undefined });
  try {
    return await create();
  } finally {
    Object.assign(WebAssembly, { instantiate, Memory });
    Object.assign(Atomics, { waitAsync });
  }
}
