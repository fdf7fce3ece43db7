/**
 * From an ONNX graph to the few kinds of layers that the kernels compute, with additions and activations folded into the
 * convolution before them. Pure. Says why when a graph holds anything else: ONNX Runtime runs it then.
 */
import { err, ok, type Result } from "../shared/result.ts";
import type { OnnxFile, OnnxNode, OnnxWeight } from "./onnx-file.ts";

/** `output = clamp(floor?(convolution(input) * scale + bias + skip), low, high)`. */
export interface Convolution {
  readonly kind: "convolution";
  readonly input: string;
  output: string;
  /** A tensor of the output's shape that is added, null for none. */
  skip: string | null;
  /** [outputs, inputs (1 when depthwise), height, width]. */
  readonly weight: OnnxWeight;
  bias: Float32Array;
  /** Whether input and weights are whole numbers: their sums come out the same in whatever order and kind of number they are added. */
  hasWholeSums: boolean;
  /** One for each output, by which whole sums are multiplied; null for none. */
  scale: Float32Array | null;
  /** Rounded down before it is bounded. */
  isFloored: boolean;
  readonly isDepthwise: boolean;
  readonly stride: number;
  /** Zeros around the picture. */
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  low: number;
  high: number;
}

/** `output = clamp(floor?(input * scale + bias), low, high)`, with one number of each per channel, or one for all. */
export interface Rescaling {
  readonly kind: "rescaling";
  readonly input: string;
  output: string;
  readonly scale: Float32Array;
  bias: Float32Array;
  isFloored: boolean;
  low: number;
  high: number;
}

/** Mean over the pixels. */
interface Average {
  readonly kind: "average";
  readonly input: string;
  readonly output: string;
}

/** Vectors one after the other. */
interface Concat {
  readonly kind: "concat";
  readonly inputs: readonly string[];
  readonly output: string;
}

/** All that our kernels compute; a graph that needs anything else is run by ONNX Runtime. */
export type Layer = Convolution | Rescaling | Average | Concat;

/** The names of the tensors that a layer reads. */
export function inputsOf(layer: Layer): readonly string[] {
  if (layer.kind === "concat") return layer.inputs;
  return layer.kind === "convolution" && layer.skip !== null ? [layer.input, layer.skip] : [layer.input];
}

/** ONNX's number for float32. */
const FLOAT = 1;
/** Channels that one register tile of the kernels computes. */
const CHANNEL_MULTIPLE = 8;

/** What is known half-way through the graph. */
interface Plan {
  readonly layers: Layer[];
  readonly weights: Map<string, OnnxWeight>;
  /** Other names of tensors: of a Flatten's output, of a weight's Cast. */
  readonly aliases: Map<string, string>;
  /** How many nodes read a tensor. */
  readonly readers: Map<string, number>;
}

/** The layers in the order in which they run and the name of their result, or what stands in the way. */
export function planLayers(
  { nodes, weights }: OnnxFile,
  output: string,
): Result<{ layers: readonly Layer[]; output: string }, string> {
  const readers = new Map<string, number>();
  for (const name of nodes.flatMap((node) => node.inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const plan: Plan = { layers: [], weights: new Map(weights), aliases: new Map(), readers };
  for (const node of nodes) {
    const obstacle = addNode(plan, node);
    if (obstacle !== null) return err(obstacle);
  }
  return ok({ layers: plan.layers, output: plan.aliases.get(output) ?? output });
}

/** Returns what stands in the way, null for nothing. */
function addNode(plan: Plan, node: OnnxNode): string | null {
  const [output] = node.outputs;
  const inputs = node.inputs.map((name) => plan.aliases.get(name) ?? name);
  const [input] = inputs;
  switch (node.type) {
    case "Cast":
      return intOf(node, "to") === FLOAT ? renameWeight(plan, input, output) : "a Cast to something else than float32";
    case "Flatten":
      plan.aliases.set(output, input);
      return null;
    case "Conv":
      return addConvolution(plan, node, inputs);
    case "Relu":
      return bound(plan, input, output, 0, Number.POSITIVE_INFINITY);
    case "Clip":
      return bound(plan, input, output, ...readBounds(plan, node));
    case "Add":
      return inputs.some((name) => plan.weights.has(name))
        ? addConstant(plan, inputs, output)
        : addSkip(plan, inputs, output);
    case "Mul":
      return multiplyByConstant(plan, inputs, output);
    case "Floor":
      return roundDown(plan, input, output);
    case "GlobalAveragePool":
      plan.layers.push({ kind: "average", input, output });
      return null;
    case "Concat":
      if (intOf(node, "axis") !== 1) return "a Concat along another axis than that of the channels";
      plan.layers.push({ kind: "concat", inputs, output });
      return null;
    default:
      return `operator ${node.type}`;
  }
}

function intOf({ attributes }: OnnxNode, name: string): number | undefined {
  return attributes.get(name)?.ints[0];
}

function renameWeight(plan: Plan, input: string, output: string): string | null {
  const weight = plan.weights.get(input);
  if (weight === undefined) return "a Cast of something that is not a weight";
  plan.weights.set(output, weight);
  return null;
}

function addConvolution(plan: Plan, node: OnnxNode, [input, weightName, biasName]: readonly string[]): string | null {
  const weight = plan.weights.get(weightName);
  if (weight?.dims.length !== 4) return "a convolution without constant weights in two dimensions";
  const [outputs, inputsPerGroup, height, width] = weight.dims;
  const { attributes } = node;
  const ints = (name: string, otherwise: readonly number[]) => attributes.get(name)?.ints ?? otherwise;
  const [group] = ints("group", [1]);
  const isDepthwise = group > 1;
  if (isDepthwise && (group !== outputs || inputsPerGroup !== 1 || height !== 3 || width !== 3)) {
    return "a grouped convolution other than depthwise 3 x 3";
  }
  const [stride, strideAcross] = ints("strides", [1, 1]);
  if (stride !== strideAcross || ints("dilations", []).some((step) => step !== 1)) {
    return "a stretched or dilated convolution";
  }
  if (!["", "NOTSET"].includes(attributes.get("auto_pad")?.text ?? "")) return "automatic padding";
  if (outputs % CHANNEL_MULTIPLE !== 0) return `${outputs} channels`;
  const bias = biasName === undefined ? new Float32Array(outputs) : plan.weights.get(biasName)?.data;
  const hasWholeSums = biasName === undefined && isWhole(plan, input) && areWhole(weight);
  if (bias?.length !== outputs) return "a bias that is not constant";
  const [top, left, bottom, right] = ints("pads", [0, 0, 0, 0]);
  const sides = { top, left, bottom, right };
  const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const [output] = node.outputs;
  plan.layers.push({
    kind: "convolution",
    input,
    output,
    skip: null,
    weight,
    bias,
    isDepthwise,
    stride,
    hasWholeSums,
    scale: null,
    isFloored: false,
    ...sides,
    ...unbounded,
  });
  return null;
}

function readBounds({ weights }: Plan, { inputs, attributes }: OnnxNode): [number, number] {
  const [, lowName = "", highName = ""] = inputs;
  const low = weights.get(lowName)?.data[0] ?? attributes.get("min")?.float;
  const high = weights.get(highName)?.data[0] ?? attributes.get("max")?.float;
  return [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
}

function bound(plan: Plan, input: string, output: string, low: number, high: number): string | null {
  const layer = findUnbounded(plan, input);
  if (layer === undefined) return "an activation that follows no convolution";
  if (layer.isFloored && ![low, high].every(isWholeBound)) return "bounds of whole numbers that are not whole";
  Object.assign(layer, { output, low, high });
  return null;
}

/** The sum goes to the convolution that was computed last: the other summand is there by then. */
function addSkip(plan: Plan, inputs: readonly string[], output: string): string | null {
  const open = inputs.map((name) => findOpenConvolution(plan, name));
  const layer = plan.layers.findLast((candidate) => open.some((other) => other === candidate));
  if (layer?.kind !== "convolution" || layer.isDepthwise || layer.skip !== null || inputs.length !== 2) {
    return "an addition that follows no plain convolution";
  }
  const skip = inputs[0] === layer.output ? inputs[1] : inputs[0];
  const isComputedBefore = plan.layers.slice(0, plan.layers.indexOf(layer)).some((other) => other.output === skip);
  if (!isComputedBefore) return "an addition of something that is not computed before";
  Object.assign(layer, { skip, output });
  return null;
}

/** Whole sums times one number per output, or anything else as a layer of its own. */
function multiplyByConstant(plan: Plan, inputs: readonly string[], output: string): string | null {
  const [input, factors] = splitConstant(plan, inputs);
  if (input === undefined || factors === undefined)
    return "a multiplication by something that is no number per channel";
  const layer = findOpenConvolution(plan, input);
  if (layer?.hasWholeSums && layer.scale === null && layer.skip === null) {
    if (factors.length !== layer.bias.length) return "a scale of another length than the outputs";
    Object.assign(layer, { scale: factors, output });
    return null;
  }
  const bias = new Float32Array(factors.length);
  const unbounded = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  plan.layers.push({ kind: "rescaling", input, output, scale: factors, bias, isFloored: false, ...unbounded });
  return null;
}

/** The bias of scaled sums. */
function addConstant(plan: Plan, inputs: readonly string[], output: string): string | null {
  const [input, bias] = splitConstant(plan, inputs);
  const layer = input === undefined ? undefined : findUnbounded(plan, input);
  const isScaled = layer?.kind === "rescaling" || (layer?.kind === "convolution" && layer.skip === null);
  if (!isScaled || layer.isFloored || bias?.length !== layer.scale?.length || layer.bias.some((value) => value !== 0)) {
    return "an addition of a constant that follows no scale";
  }
  Object.assign(layer, { bias, output });
  return null;
}

/** Of whole sums it changes nothing, but keeps other runtimes from folding their scale into the weights. */
function roundDown(plan: Plan, input: string, output: string): string | null {
  const layer = findUnbounded(plan, input);
  if (layer === undefined || layer.isFloored) return "a rounding that follows no convolution";
  const areSums = layer.kind === "convolution" && layer.hasWholeSums && layer.scale === null && layer.skip === null;
  if (layer.kind === "convolution" && layer.scale === null && !areSums) return "a rounding of sums without a scale";
  Object.assign(layer, { output, isFloored: !areSums });
  return null;
}

/** The name of what is computed, and the constant with one number for all or one per channel. */
function splitConstant({ weights }: Plan, inputs: readonly string[]): [string | undefined, Float32Array | undefined] {
  const constant = inputs.map((name) => weights.get(name)).find((weight) => weight !== undefined);
  const input = inputs.find((name) => !weights.has(name));
  const isPerChannel = constant !== undefined && (constant.dims.at(-3) ?? 1) === constant.data.length;
  return [input, isPerChannel ? constant.data : undefined];
}

/** Whether only whole numbers can be there. */
function isWhole({ layers }: Plan, name: string): boolean {
  const layer = layers.findLast((candidate) => candidate.output === name);
  return (layer?.kind === "convolution" || layer?.kind === "rescaling") && layer.isFloored;
}

/** A plain loop where the file does not say it: a network has millions, and a cold start waits for them. */
function areWhole(weight: OnnxWeight): boolean {
  if (weight.stored.type === "int8") return true;
  const values = weight.data;
  for (let i = 0; i < values.length; i++) if (Math.trunc(values[i]) !== values[i]) return false;
  return true;
}

function isWholeBound(bound: number): boolean {
  return Number.isInteger(bound) || !Number.isFinite(bound);
}

/** The layer that makes `name`, when nobody else reads it and no activation has closed it. */
function findUnbounded({ layers, readers }: Plan, name: string): Convolution | Rescaling | undefined {
  const layer = layers.findLast((candidate) => candidate.output === name);
  const isOpen =
    (layer?.kind === "convolution" || layer?.kind === "rescaling") &&
    readers.get(name) === 1 &&
    layer.low === Number.NEGATIVE_INFINITY &&
    layer.high === Number.POSITIVE_INFINITY;
  return isOpen ? layer : undefined;
}

/** The convolution that makes `name`, when something can still be added to it. */
function findOpenConvolution(plan: Plan, name: string): Convolution | undefined {
  const layer = findUnbounded(plan, name);
  return layer?.kind === "convolution" && !layer.isFloored ? layer : undefined;
}
