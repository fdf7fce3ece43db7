/**
 * Asks ONNX Runtime what a graph takes and gives, and runs it once. Says why a graph cannot be a backbone; decides
 * nothing about preprocessing. The only file of the command that imports onnxruntime-web.
 */
import * as ort from "onnxruntime-web/wasm";
import { readShippedOrt } from "../runtime/ort-module.ts";
import { CommandError, reasonOf } from "../shared/command.ts";

const CHANNELS = 3;
/** A photo's edge when the graph leaves it open. */
const DEFAULT_INPUT_PIXELS = 224;
/** The head's covariance is dimension^2 numbers, held in memory during a refit. */
const MAX_DIMENSION = 2_048;

/** What a graph expects and returns, read from the graph and confirmed by one run. */
export interface GraphFacts {
  readonly input: { readonly name: string; readonly height: number; readonly width: number };
  readonly output: { readonly name: string; readonly dimension: number };
  /** Sizes that the graph leaves open and that were filled in here, as sentences. */
  readonly assumptions: readonly string[];
}

/** Of a network that looks at each photo so many `views` times. Throws `CommandError` with the reason when the graph cannot be used as a backbone. */
export async function inspectGraph(model: Uint8Array, views = 1): Promise<GraphFacts> {
  const session = await loadGraph(model);
  try {
    const { name, height, width, assumptions } = readInput(session.inputMetadata, views);
    const pattern = testPattern(views * height * width);
    const pixels = new ort.Tensor("float32", pattern, [views, CHANNELS, height, width]);
    const results = await session.run({ [name]: pixels }).catch((cause: unknown) => {
      throw new CommandError(`The model cannot be run on one ${width} x ${height} photo: ${reasonOf(cause)}`);
    });
    return { input: { name, height, width }, output: readOutput(results), assumptions };
  } finally {
    await session.release();
  }
}

/** Runs a backbone on `tensor` (float32 [views, 3, height, width]) and returns the raw embedding. */
export async function runGraph(model: Uint8Array, facts: GraphFacts, tensor: Float32Array): Promise<Float32Array> {
  const session = await loadGraph(model);
  try {
    const { name, height, width } = facts.input;
    const dims = [tensor.length / (CHANNELS * height * width), CHANNELS, height, width];
    const results = await session.run({ [name]: new ort.Tensor("float32", tensor, dims) });
    const data = results[facts.output.name]?.data;
    if (!(data instanceof Float32Array)) throw new CommandError(`The output ${facts.output.name} is not float32.`);
    return data;
  } finally {
    await session.release();
  }
}

/** A started network, one tensor at a time. */
export interface OpenGraph {
  /** Those outputs of one photo, float32 [3, height, width], by their names. */
  run(
    tensor: Float32Array,
    outputs: readonly string[],
  ): Promise<Map<string, { data: Float32Array; dims: readonly number[] }>>;
  close(): Promise<void>;
}

/** Throws `CommandError` when the graph cannot be loaded. */
export async function openGraph(model: Uint8Array, { name, height, width }: GraphFacts["input"]): Promise<OpenGraph> {
  const session = await loadGraph(model);
  return {
    async run(tensor, outputs) {
      const pixels = new ort.Tensor("float32", tensor, [1, CHANNELS, height, width]);
      const results = await session.run({ [name]: pixels }, outputs);
      return new Map(
        outputs.map((output) => {
          const { data, dims } = results[output];
          if (!(data instanceof Float32Array)) throw new CommandError(`The tensor ${output} is not float32.`);
          return [output, { data, dims }];
        }),
      );
    },
    close: () => session.release(),
  };
}

async function loadGraph(model: Uint8Array): Promise<ort.InferenceSession> {
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary ??= (await readShippedOrt()).buffer;
  ort.env.logLevel = "error";
  try {
    return await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  } catch (cause) {
    throw new CommandError(
      `This is not an ONNX model that ONNX Runtime Web can load: ${reasonOf(cause)}\n` +
        "Export the model as ONNX with standard operators and with its weights inside the file.",
    );
  }
}

function readInput(inputs: readonly ort.InferenceSession.ValueMetadata[], views: number) {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0) {
    const names = inputs.map(({ name }) => name).join(", ") || "none";
    throw new CommandError(`A backbone takes one input, the photo; this model has ${inputs.length} (${names}).`);
  }
  if (!input.isTensor || input.type !== "float32") {
    const type = input.isTensor ? input.type : "no tensor";
    throw new CommandError(`The input ${input.name} is ${type}; export the model with a float32 input.`);
  }
  const { name, shape } = input;
  const [batch, channels, height, width] = shape;
  const text = `[${shape.join(", ")}]`;
  if (shape.length !== 4) {
    throw new CommandError(`The input ${name} has shape ${text}; a photo needs four: [N, 3, height, width].`);
  }
  if (width === CHANNELS && channels !== CHANNELS) {
    throw new CommandError(`The input ${name} is NHWC ${text}; export the model with NCHW: [N, 3, height, width].`);
  }
  if (channels !== CHANNELS && typeof channels === "number") {
    throw new CommandError(`The input ${name} has ${channels} channels ${text}; a photo has 3 (red, green, blue).`);
  }
  if (typeof batch === "number" && batch > 1 && batch !== views) {
    throw new CommandError(
      `The input ${name} takes ${batch} photos at once ${text}; export with a batch of 1 or open. A network made by --views needs its manifest beside it.`,
    );
  }
  const size = { height: fixedSize(height), width: fixedSize(width) };
  const isOpen = size.height === undefined || size.width === undefined;
  return {
    name,
    height: size.height ?? size.width ?? DEFAULT_INPUT_PIXELS,
    width: size.width ?? size.height ?? DEFAULT_INPUT_PIXELS,
    assumptions: isOpen ? [`input size ${size.width ?? size.height ?? DEFAULT_INPUT_PIXELS} (the graph is open)`] : [],
  };
}

/** A positive number, or undefined when the dimension is symbolic or unknown. */
function fixedSize(dimension: number | string | undefined): number | undefined {
  return typeof dimension === "number" && dimension > 0 ? dimension : undefined;
}

function readOutput(results: ort.InferenceSession.ReturnType): GraphFacts["output"] {
  const outputs = Object.entries(results).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  const fitting = outputs.filter(({ value }) => value.type === "float32" && isVector(value.dims));
  const [chosen] = fitting.filter(({ name }) => name === "embedding").concat(fitting);
  if (chosen === undefined) {
    const found = outputs.map(({ name, value }) => `${name}: ${value.type} [${value.dims.join(", ")}]`).join("; ");
    throw new CommandError(
      `No output is an embedding: float32 [1, length] (or [1, length, 1, 1]) is needed, this model gives ${found}.`,
    );
  }
  const { name, value } = chosen;
  if (fitting.length > 1 && name !== "embedding") {
    const names = fitting.map((output) => output.name).join(", ");
    throw new CommandError(`Several outputs could be the embedding (${names}); name the right one \`embedding\`.`);
  }
  const { data } = value;
  if (!(data instanceof Float32Array) || data.length < 2 || data.length > MAX_DIMENSION) {
    throw new CommandError(`The embedding has ${data.length} numbers; 2 to ${MAX_DIMENSION} can be used.`);
  }
  if (!data.every(Number.isFinite) || !data.some((number) => number !== 0)) {
    throw new CommandError(`The output ${name} is all zero or not finite on a test picture: the weights are damaged.`);
  }
  return { name, dimension: data.length };
}

/** True for [1, n] and [1, n, 1, 1]. */
function isVector(dims: readonly number[]): boolean {
  const isFlat = dims.length === 2 || (dims.length === 4 && dims[2] === 1 && dims[3] === 1);
  return isFlat && dims[0] === 1;
}

/** Planes of slow waves, three a view, in [-1, 1]: a picture that no ReLU network maps to zero. */
function testPattern(pixels: number): Float32Array {
  return Float32Array.from({ length: CHANNELS * pixels }, (_, i) => Math.sin(i / 97) * Math.cos(i / 4_001));
}
