/**
 * Runs a network of convolutions on our own kernels: pictures lie as height x width x channels, weights are packed once, and
 * the memory of a tensor is used again when nobody reads it any more. One instance runs one photo at a time.
 */
import { err, ok, type Result } from "../shared/result.ts";
import { findByteTensors } from "./byte-tensors.ts";
import { convolutionSteps, floatsOf, type Keep, type Picture, rescalingStep, type Step } from "./convolution-steps.ts";
import { createBackboneKernels } from "./kernels/backbone-kernels.ts";
import { inputsOf, type Layer, planLayers } from "./layers.ts";
import { takeOneView } from "./mean-of-views.ts";
import { createMemoryPlan, FLOAT_BYTES, type MemoryPlan } from "./memory-plan.ts";
import { readOnnxFile } from "./onnx-file.ts";
import { type OrderedWeight, type PackingRoom, packedFloats, packWeight, roomFloats } from "./pack-weights.ts";

/** float32 [views, 3, height, width] -> the raw embedding, float32 [dimension]. */
type RunNetwork = (tensor: Float32Array) => Float32Array;

const INPUT_CHANNELS = 3;
const VECTOR_FLOATS = 4;

/** What of a backbone's manifest the network depends on. */
export interface NetworkEnds {
  readonly input: {
    readonly name: string;
    readonly height: number;
    readonly width: number;
    readonly views?: readonly unknown[] | undefined;
  };
  readonly output: { readonly name: string; readonly dimension: number };
}

/** Builds the network of `model`, or says which part of it the kernels do not know. Throws RangeError on a damaged file. */
export function createNetwork(
  module: WebAssembly.Module,
  model: Uint8Array,
  { input, output }: NetworkEnds,
): Result<RunNetwork, string> {
  const one = takeOneView(readOnnxFile(model), output.name);
  const plan = planLayers(one.file, one.output);
  if (!plan.ok) return plan;
  const memory = createMemoryPlan();
  const floats = INPUT_CHANNELS * input.height * input.width;
  const planes = memory.keep(floats);
  const { height, width, views = [input] } = input;
  if (views.length > 1 !== one.isMeanOfViews) return err("another number of views than the manifest says");
  const pixels = { at: memory.keep(floats), height, width, channels: INPUT_CHANNELS, isBytes: false };
  const compiled = compile(plan.value.layers, new Map([[input.name, pixels]]), memory, plan.value.output);
  if (!compiled.ok) return compiled;
  const { steps, constants, result } = compiled.value;
  if (result.height * result.width !== 1 || result.channels !== output.dimension)
    return err("an output of another size");

  const room = planPacking(memory, constants);
  const kernels = createBackboneKernels(module, memory.size());
  for (const { at, content } of constants) {
    if (content instanceof Float32Array) new Float32Array(kernels.memory.buffer, at, content.length).set(content);
    else packWeight(kernels, content, at, room);
  }
  function runView(tensor: Float32Array): Float32Array {
    new Float32Array(kernels.memory.buffer, planes, floats).set(tensor);
    kernels.interleave(planes, pixels.at, height * width);
    for (const step of steps) step(kernels);
    return new Float32Array(kernels.memory.buffer, result.at, result.channels).slice();
  }

  return ok((tensor) => meanOf(views.map((_, view) => runView(tensor.subarray(view * floats, (view + 1) * floats)))));
}

/** Number by number; of one vector itself. */
function meanOf([first, ...others]: readonly Float32Array[]): Float32Array {
  if (others.length === 0) return first;
  return first.map((value, i) => others.reduce((sum, other) => sum + other[i], value) / (1 + others.length));
}

interface Constant {
  readonly at: number;
  readonly content: Float32Array | OrderedWeight;
}

/** Room for the largest weight, where the pictures will lie. */
function planPacking(memory: MemoryPlan, constants: readonly Constant[]): PackingRoom {
  const sizes = constants.map(({ content }) => (content instanceof Float32Array ? 0 : roomFloats(content)));
  const floats = sizes.reduce((largest, size) => Math.max(largest, size), 0);
  const room = { stored: memory.take(floats), floats: memory.take(floats) };
  memory.release(room.stored);
  memory.release(room.floats);
  return room;
}

/** Gives every tensor its place, and every layer the calls that compute it. */
function compile(layers: readonly Layer[], pictures: Map<string, Picture>, memory: MemoryPlan, output: string) {
  const steps: Step[] = [];
  const constants: Constant[] = [];
  const keep: Keep = (content) => {
    const at = memory.keep(content instanceof Float32Array ? content.length : packedFloats(content));
    constants.push({ at, content });
    return at;
  };
  const lastReads = findLastReads(layers, output);
  const byteTensors = findByteTensors(layers, output);
  for (const [index, layer] of layers.entries()) {
    const inputs = inputsOf(layer).map((name) => pictures.get(name));
    const known = inputs.filter((picture) => picture !== undefined);
    if (known.length < inputs.length) return err("a tensor that nothing computes");
    const shape = shapeOf(layer, known);
    if (shape === null) return err("shapes that do not fit together");
    const isBytes = byteTensors.has(layer.output);
    const picture = {
      at: memory.take(floatsOf(shape.height * shape.width * shape.channels, isBytes)),
      isBytes,
      ...shape,
    };
    pictures.set(layer.output, picture);
    steps.push(...stepsOf(layer, known, picture, memory, keep));
    for (const name of inputsOf(layer)) if (lastReads.get(name) === index) memory.release(pictures.get(name)?.at);
  }
  const result = pictures.get(output);
  return result === undefined ? err("no output") : ok({ steps, constants, result });
}

/** By name, the index of the layer that reads it last; what is read at the end is not among them. */
function findLastReads(layers: readonly Layer[], output: string): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, layer] of layers.entries()) for (const name of inputsOf(layer)) last.set(name, index);
  last.delete(output);
  return last;
}

function shapeOf(layer: Layer, inputs: readonly Picture[]): Omit<Picture, "at" | "isBytes"> | null {
  const [x, skip] = inputs;
  if (layer.kind === "rescaling") {
    const { height, width, channels } = x;
    const fits = layer.scale.length === 1 || (layer.scale.length === channels && channels % VECTOR_FLOATS === 0);
    return fits ? { height, width, channels } : null;
  }
  if (layer.kind === "average") return { height: 1, width: 1, channels: x.channels };
  if (layer.kind === "concat") {
    const channels = inputs.reduce((sum, picture) => sum + picture.channels, 0);
    return inputs.every(({ height, width }) => height * width === 1) ? { height: 1, width: 1, channels } : null;
  }
  const { weight, isDepthwise, stride, top, left, bottom, right } = layer;
  const [channels, inputsPerGroup, kernelHeight, kernelWidth] = weight.dims;
  if (x.channels !== (isDepthwise ? channels : inputsPerGroup)) return null;
  const height = Math.floor((x.height + top + bottom - kernelHeight) / stride) + 1;
  const width = Math.floor((x.width + left + right - kernelWidth) / stride) + 1;
  const isSame = skip === undefined || (skip.height === height && skip.width === width && skip.channels === channels);
  return isSame && height > 0 && width > 0 ? { height, width, channels } : null;
}

function stepsOf(layer: Layer, inputs: readonly Picture[], y: Picture, memory: MemoryPlan, keep: Keep): Step[] {
  const [x, skip] = inputs;
  if (layer.kind === "average") return [(k) => k.average(x.at, y.at, x.height * x.width, x.channels)];
  if (layer.kind === "concat") return inputs.map((part, i) => copyVector(part, y.at, inputs.slice(0, i)));
  if (layer.kind === "rescaling") return [rescalingStep(layer, x, y, keep)];
  return convolutionSteps(layer, x, skip?.at ?? 0, y, memory, keep);
}

function copyVector(part: Picture, at: number, before: readonly Picture[]): Step {
  const offset = before.reduce((sum, { channels }) => sum + channels, 0) * FLOAT_BYTES;
  return ({ memory }) =>
    new Uint8Array(memory.buffer).copyWithin(at + offset, part.at, part.at + part.channels * FLOAT_BYTES);
}
