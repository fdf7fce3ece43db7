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
import { poolTokens } from "./pool-tokens.ts";
import type { TextManifest } from "./text-manifest.ts";

/** A started network. Callers run one tensor at a time: ONNX Runtime throws when two runs overlap. */
export interface BackboneSession {
  /** Runs one tensor, float32 [3, height, width] -> the raw embedding, float32 [dimension]. Not reentrant. */
  run(tensor: Float32Array): Promise<Float32Array>;
}

/** Any bytes that ORT will not look into: the instantiation that they are passed to is replaced. */
const SENTINEL = new Uint8Array([0x00, 0x61, 0x73, 0x6d]);

/** Names and shapes at both ends of a network that reads tokens. */
export interface TokenEnds {
  readonly input: Pick<TextManifest["input"], "name" | "frame" | "attentionMask" | "tokenTypeIds">;
  readonly output: Pick<TextManifest["output"], "name" | "pooling">;
}

/** A session that reads tokens instead of pixels. */
export interface TokenSession {
  /** Runs one window's token ids, without the frame -> the raw embedding, float32 [dimension]. Not reentrant. */
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
  return { run: (tensor) => runOnce(session, { [input.name]: new ort.Tensor("float32", tensor, shape) }, output.name) };
}

/** As `createBackboneSession`, for a network that takes int64 [1, n]. */
export async function createTokenSession(
  wasm: WebAssembly.Module,
  model: Uint8Array,
  { input, output }: TokenEnds,
): Promise<TokenSession> {
  const session = await loadModel(wasm, model);
  const { before, after } = input.frame ?? { before: [], after: [] };
  return {
    async run(ids) {
      const framed = [...before, ...ids, ...after];
      const feeds = { [input.name]: int64Row(framed) };
      if (input.attentionMask !== undefined) feeds[input.attentionMask] = int64Row(framed.map(() => 1));
      if (input.tokenTypeIds !== undefined) feeds[input.tokenTypeIds] = int64Row(framed.map(() => 0));
      const values = await runOnce(session, feeds, output.name);
      return output.pooling === undefined ? values : poolTokens(values, framed.length, output.pooling);
    },
  };
}

function int64Row(values: readonly number[]): ort.Tensor {
  return new ort.Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
}

function loadModel(wasm: WebAssembly.Module, model: Uint8Array): Promise<ort.InferenceSession> {
  return withPrecompiledWasm(wasm, () =>
    ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all" }),
  );
}

async function runOnce(
  session: ort.InferenceSession,
  feeds: Readonly<Record<string, ort.Tensor>>,
  output: string,
): Promise<Float32Array> {
  const results = await session.run(feeds, [output]);
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
