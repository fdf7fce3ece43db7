/** What a network reads, pixels or tokens, laid into the tensors that its manifest names. */

import type { TextManifest } from "./manifest.ts";
import type { NetworkEnds } from "./network.ts";
import { createNetworkSession, type Feeds } from "./ort-session.ts";
import { poolTokens } from "./pool-tokens.ts";

/** A started network. Callers run one tensor at a time: ONNX Runtime throws when two runs overlap. */
export interface BackboneSession {
  /** Runs one tensor, float32 [views, 3, height, width] -> the raw embedding, float32 [dimension]. Not reentrant. */
  run(tensor: Float32Array): Promise<Float32Array>;
}

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
  const session = await createNetworkSession(wasm, model);
  const dims = [input.views?.length ?? 1, 3, input.height, input.width];
  return { run: (data) => session.run({ [input.name]: { type: "float32", data, dims } }, output.name) };
}

/** As `createBackboneSession`, for a network that takes int64 [1, n]. */
export async function createTokenSession(
  wasm: WebAssembly.Module,
  model: Uint8Array,
  { input, output }: TokenEnds,
): Promise<TokenSession> {
  const session = await createNetworkSession(wasm, model);
  return {
    async run(ids) {
      const { before, after } = input.frame ?? { before: [], after: [] };
      const framed = [...before, ...ids, ...after];
      const values = await session.run(layTokens(input, framed), output.name);
      return output.pooling === undefined ? values : poolTokens(values, framed.length, output.pooling);
    },
  };
}

/** The framed ids, and the inputs beside them that some networks want. */
function layTokens({ name, attentionMask, tokenTypeIds }: TokenEnds["input"], ids: readonly number[]): Feeds {
  const row = (values: readonly number[]) =>
    ({ type: "int64", data: BigInt64Array.from(values, BigInt), dims: [1, values.length] }) as const;
  return {
    [name]: row(ids),
    ...(attentionMask === undefined ? {} : { [attentionMask]: row(ids.map(() => 1)) }),
    ...(tokenTypeIds === undefined ? {} : { [tokenTypeIds]: row(ids.map(() => 0)) }),
  };
}
