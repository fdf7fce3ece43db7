/**
 * An ONNX Runtime Web session in one wasm thread, in workerd, Node or a browser: named tensors in, one float32 tensor out.
 * Only importer of onnxruntime-web.
 *
 * ORT offers no hook for what Workers need, so three globals are replaced while it initialises, and only then:
 * `WebAssembly.instantiate`, because workerd refuses to compile bytes: ORT is handed a sentinel as its "binary" and gets an
 * instance of the module that came with the bundle; `WebAssembly.Memory`, because that module takes private memory
 * (cli/runtime/private-memory.ts) and ORT's glue would make it shared; `Atomics.waitAsync`, which works on shared memory only.
 * Initialisation happens once per isolate and must not happen at module scope.
 */
import * as ort from "onnxruntime-web/wasm";

/** What a network is fed with, by the name of its input. */
export type Feeds = Readonly<Record<string, FeedTensor>>;

/** Row-major. */
type FeedTensor =
  | { readonly type: "float32"; readonly data: Float32Array; readonly dims: readonly number[] }
  | { readonly type: "int64"; readonly data: BigInt64Array; readonly dims: readonly number[] };

/** A started network. Callers run one at a time: ONNX Runtime throws when two runs overlap. */
export interface NetworkSession {
  /** The values of `output`, which must be float32. */
  run(feeds: Feeds, output: string): Promise<Float32Array>;
}

/** Any bytes that ORT will not look into: the instantiation that they are passed to is replaced. */
const SENTINEL = new Uint8Array([0x00, 0x61, 0x73, 0x6d]);

/** Throws what ORT throws when the model cannot be loaded. */
export async function createNetworkSession(wasm: WebAssembly.Module, model: Uint8Array): Promise<NetworkSession> {
  const session = await withPrecompiledWasm(wasm, () =>
    ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" }),
  );
  return {
    async run(feeds, output) {
      const tensors = Object.entries(feeds).map(([name, feed]) => [name, toOrt(feed)]);
      const results = await session.run(Object.fromEntries(tensors), [output]);
      const data = results[output]?.data;
      if (!(data instanceof Float32Array)) throw new Error(`backbone output ${output} is not a float32 tensor`);
      return data;
    },
  };
}

function toOrt({ type, data, dims }: FeedTensor): ort.Tensor {
  return type === "float32" ? new ort.Tensor(type, data, dims) : new ort.Tensor(type, data, dims);
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
