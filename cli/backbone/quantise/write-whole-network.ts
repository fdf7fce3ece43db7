/**
 * A network in whole numbers as plain ONNX: convolutions of whole numbers in float32, whose sums are exact on every machine, then one product and one
 * sum for each, rounded down. So every runtime that computes in float32 finds the bits of our kernels, which see by the numbers where bytes do.
 */
import type { Convolution, Layer } from "../../../src/backbone/layers.ts";
import { inputsOf } from "../../../src/backbone/layers.ts";
import { createGraphBuilder, type GraphBuilder } from "../../onnx/graph-builder.ts";
import { ELEMENT_TYPE_FLOAT } from "../../onnx/onnx-model.ts";
import type { ChannelRanges } from "./channel-ranges.ts";
import { chooseReading, type Reading } from "./readings.ts";
import { roundWeights } from "./whole-weights.ts";

export interface FloatNetwork {
  readonly layers: readonly Layer[];
  /** The name by which the layers know the output. */
  readonly result: string;
  readonly input: { readonly name: string; readonly height: number; readonly width: number };
  readonly output: { readonly name: string; readonly dimension: number };
}

/** What the photos showed of the tensor of that name. */
export type RangesOf = (tensor: string) => ChannelRanges;

/** The model file; null where some sums of this network could not be exact. */
export function writeWholeNetwork(network: FloatNetwork, rangesOf: RangesOf): Uint8Array | null {
  const { layers, result, input, output } = network;
  const readings = chooseReadings(network, rangesOf);
  if (readings === null) return null;
  const graph = createGraphBuilder();
  /** By a tensor's name in the network: its name in the graph, as floats and as the whole numbers of its one reader. */
  const floats = new Map([[input.name, input.name]]);
  const wholes = new Map<string, string>();
  const floatOf = (name: string) => floats.get(name) ?? name;

  for (const layer of layers) {
    if (layer.kind === "average") {
      floats.set(layer.output, graph.node("GlobalAveragePool", [floatOf(layer.input)]));
    } else if (layer.kind === "concat") {
      floats.set(layer.output, graph.node("Concat", layer.inputs.map(floatOf), { ints: { axis: 1 } }));
    } else if (layer.kind === "convolution") {
      const reading = readings.get(layer);
      if (reading === undefined) return null;
      const whole = wholes.get(layer.input) ?? addReading(graph, floatOf(layer.input), reading);
      const reader = findOnlyReader(network, layer);
      const next = reader === null ? undefined : readings.get(reader);
      const skip = layer.skip === null ? null : floatOf(layer.skip);
      const added = addConvolution(graph, layer, { whole, reading, skip, next, means: rangesOf(layer.input).mean });
      (next === undefined ? floats : wholes).set(layer.output, added);
    } else return null;
  }
  graph.node("Flatten", [floatOf(result)], { ints: { axis: 1 } }, output.name);
  const type = ELEMENT_TYPE_FLOAT;
  const inputs = [{ name: input.name, type, dims: [1, 3, input.height, input.width] }];
  return graph.finish(inputs, [{ name: output.name, type, dims: [1, output.dimension] }]);
}

function chooseReadings({ layers }: FloatNetwork, rangesOf: RangesOf): Map<Convolution, Reading> | null {
  const readings = new Map<Convolution, Reading>();
  for (const layer of layers) {
    if (layer.kind !== "convolution") continue;
    const maker = layers.find((candidate) => candidate.output === layer.input);
    const bound = maker?.kind === "convolution" ? maker.high : Number.POSITIVE_INFINITY;
    const reading = chooseReading(layer, rangesOf(layer.input), bound);
    if (reading === null) return null;
    readings.set(layer, reading);
  }
  return readings;
}

/** The convolution into which a layer can hand whole numbers at once; null where floats are needed in between. */
function findOnlyReader({ layers, result }: FloatNetwork, layer: Convolution): Convolution | null {
  const readers = layers.filter((candidate) => inputsOf(candidate).includes(layer.output));
  const [reader] = readers;
  const isOnly = readers.length === 1 && reader.kind === "convolution" && reader.skip !== layer.output;
  const isSimple = layer.skip === null && (layer.low === 0 || layer.low === Number.NEGATIVE_INFINITY);
  return isOnly && isSimple && layer.output !== result ? reader : null;
}

function addReading(graph: GraphBuilder, input: string, { steps, offsets, low, high }: Reading): string {
  // One number serves all channels where it can: the picture itself has three, too few for the kernels to take apart.
  const isEven = [steps, offsets].every((values) => values.every((value) => value === values[0]));
  const channels = isEven ? 1 : steps.length;
  const factors = Float32Array.from(steps.slice(0, channels), (step) => 1 / step);
  const shifts = Float32Array.from(offsets.slice(0, channels), (offset) => offset + HALF);
  const scaled = graph.node("Mul", [input, perChannel(graph, factors)]);
  return addBounds(graph, graph.node("Floor", [graph.node("Add", [scaled, perChannel(graph, shifts)])]), low, high);
}

/** What is rounded down after this is rounded to the nearest. */
const HALF = 0.5;

interface ConvolutionEnds {
  /** The input in whole numbers, and how they stand for it. */
  readonly whole: string;
  readonly reading: Reading;
  /** Means of the input's channels over the photos. */
  readonly means: Float64Array;
  readonly skip: string | null;
  /** How the only reader wants the output; undefined for floats. */
  readonly next: Reading | undefined;
}

function addConvolution(
  graph: GraphBuilder,
  layer: Convolution,
  { whole, reading, means, skip, next }: ConvolutionEnds,
) {
  const { weight, isDepthwise, stride, top, left, bottom, right } = layer;
  const { wholes, scales, biases } = roundWeights(layer, reading, means);
  const ints = { strides: [stride, stride], pads: [top, left, bottom, right], group: isDepthwise ? weight.dims[0] : 1 };
  const product = graph.node("Conv", [whole, addWeights(graph, wholes, weight.dims, reading.isBytes)], { ints });
  // Changes no whole number, but runtimes fold a product with constants into the weights of the convolution before it, and those would be whole no more.
  const sums = graph.node("Floor", [product]);
  const step = (c: number) => next?.steps[c] ?? 1;
  const shift = (c: number) => (next === undefined ? 0 : next.offsets[c] + HALF);
  const factors = Float32Array.from(scales, (scale, c) => scale / step(c));
  const shifts = Float32Array.from(biases, (bias, c) => bias / step(c) + shift(c));
  const scaled = graph.node("Mul", [sums, perChannel(graph, factors)]);
  const raised = graph.node("Add", [scaled, perChannel(graph, shifts)]);
  if (next !== undefined) {
    return addBounds(graph, graph.node("Floor", [raised]), layer.low === 0 ? 0 : next.low, next.high);
  }
  return addBounds(graph, skip === null ? raised : graph.node("Add", [raised, skip]), layer.low, layer.high);
}

function addWeights(graph: GraphBuilder, wholes: Float32Array, dims: readonly number[], areBytes: boolean): string {
  if (!areBytes) return graph.constant(undefined, wholes, dims);
  const bytes = graph.constant(undefined, Int8Array.from(wholes), dims);
  return graph.node("Cast", [bytes], { ints: { to: ELEMENT_TYPE_FLOAT } });
}

function perChannel(graph: GraphBuilder, values: Float32Array): string {
  return graph.constant(undefined, values, [1, values.length, 1, 1]);
}

function addBounds(graph: GraphBuilder, input: string, low: number, high: number): string {
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return input;
  if (low === 0 && high === Number.POSITIVE_INFINITY) return graph.node("Relu", [input]);
  const bounds = [low, high].map((bound) => graph.constant(undefined, Float32Array.of(bound), []));
  return graph.node("Clip", [input, ...bounds]);
}
