/** Runs an encoder once as a Worker would, in one thread and with private memory, and weighs it. */
import { createTokenSession, type TokenEnds, type TokenSession } from "../../../src/backbone/session.ts";
import { compileOrtModule } from "../../runtime/ort-module.ts";
import { CommandError, reasonOf } from "../../shared/command.ts";

export interface EncoderTrial {
  /** Numbers of one embedding. */
  readonly dimension: number;
  /** ONNX Runtime's memory with the network in it, after the longest text. */
  readonly wasmBytes: number;
}

/** The head's covariance is dimension^2 numbers, held in memory during a refit. */
const MAX_DIMENSION = 1_536;

/** `texts`: two of different meaning, as ids. Throws `CommandError` where what comes out is not an embedding of a text. */
export async function tryEncoder(
  model: Uint8Array,
  ends: TokenEnds,
  texts: readonly [readonly number[], readonly number[]],
  maxTokens: number,
): Promise<EncoderTrial> {
  const memories = watchMemories();
  try {
    const session = await start(model, ends);
    const [one, other] = [await run(session, texts[0]), await run(session, texts[1])];
    if (one.length !== other.length || one.length > MAX_DIMENSION) {
      throw new CommandError(
        `The output ${ends.output.name} gives ${one.length} and ${other.length} numbers for two texts; an embedding has always ` +
          `the same number, at most ${MAX_DIMENSION}. Say --pooling mean or cls where it is one vector a token.`,
      );
    }
    if (one.every((value, i) => value === other[i])) {
      throw new CommandError("Two different texts get the same numbers: tokenizer and network do not belong together.");
    }
    await run(
      session,
      Array.from({ length: maxTokens }, (_, i) => texts[0][i % texts[0].length]),
    );
    return { dimension: one.length, wasmBytes: memories.bytes() };
  } finally {
    memories.stop();
  }
}

async function start(model: Uint8Array, ends: TokenEnds): Promise<TokenSession> {
  try {
    return await createTokenSession(await compileOrtModule(), model, ends);
  } catch (cause) {
    throw new CommandError(
      `ONNX Runtime Web cannot load the network: ${reasonOf(cause)}\nExport it with standard operators and its weights in the file.`,
    );
  }
}

async function run(session: TokenSession, ids: readonly number[]): Promise<Float32Array> {
  const values = await session.run(ids).catch((cause: unknown) => {
    throw new CommandError(`The network cannot be run on a text of ${ids.length} tokens: ${reasonOf(cause)}`);
  });
  if (values.length > 0 && values.every(Number.isFinite)) return values;
  throw new CommandError("The network gives no numbers, or some that are not finite.");
}

/** Notes the wasm memories that are made from now on: ONNX Runtime tells nobody how large its own is. */
function watchMemories() {
  const made: WebAssembly.Memory[] = [];
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      made.push(this);
    }
  };
  return {
    bytes: () => made.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    stop() {
      WebAssembly.Memory = Memory;
    },
  };
}
