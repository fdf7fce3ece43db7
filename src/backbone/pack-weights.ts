/**
 * Weights in the order in which a kernel reads them: which order, whether they fit it, and how they come to lie so, which the kernels of
 * `tools/backbone/kernels/pack.as.ts` do with the file's own bytes.
 */
import type { BackboneKernels } from "./kernels/backbone-kernels.ts";
import { FLOAT_BYTES } from "./memory-plan.ts";
import type { OnnxWeight } from "./onnx-file.ts";

/** `panels` is for `multiply`, `bytes` for `multiplyBytes`, `depthwise` for `slide`. */
export interface OrderedWeight {
  readonly weight: OnnxWeight;
  readonly order: "panels" | "bytes" | "depthwise";
}

/** Two places in the kernels' memory, for the weight as the file has it and for its numbers in float32. */
export interface PackingRoom {
  readonly stored: number;
  readonly floats: number;
}

/** How much of the depth one vector takes of a column, and one step of the kernel. */
const QUAD = 4;
const STEP = 8;
/** What a byte holds: activations from 0, weights from its negative on. */
export const MAX_BYTE = 127;
/** What four weights of one sign may add up to, so that 16 bits hold their products with 127. */
export const MAX_QUAD_SUM = Math.floor((2 ** 15 - 1) / MAX_BYTE);

/** How many floats take the room of the packed numbers. */
export function packedFloats({ weight, order }: OrderedWeight): number {
  const count = countOf(weight);
  return order === "bytes" ? Math.ceil(count / FLOAT_BYTES) : count;
}

/** How many floats take the room of the numbers on their way, stored and widened. */
export function roomFloats({ weight }: OrderedWeight): number {
  return countOf(weight);
}

function countOf({ dims }: OnnxWeight): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Lays the numbers at the address `to`, in their order. */
export function packWeight(k: BackboneKernels, { weight, order }: OrderedWeight, to: number, room: PackingRoom): void {
  const [outputs, inputs, height, width] = weight.dims;
  if (order === "bytes") {
    put(k, room.stored, wholesOf(weight));
    k.packBytes(room.stored, to, outputs, inputs, height * width);
    return;
  }
  const floats = putFloats(k, weight, room);
  if (order === "depthwise") k.packDepthwise(floats, to, outputs);
  else k.packPanels(floats, to, outputs, inputs, height * width);
}

function put({ memory }: BackboneKernels, at: number, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
  new Uint8Array(memory.buffer, at, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
}

/** The address of the numbers in float32. */
function putFloats(k: BackboneKernels, weight: OnnxWeight, { stored, floats }: PackingRoom): number {
  if (weight.stored.type !== "float16") {
    put(k, floats, weight.stored.type === "float32" ? weight.stored.bytes : weight.data);
    return floats;
  }
  put(k, stored, weight.stored.bytes);
  k.widenHalves(stored, floats, countOf(weight));
  return floats;
}

/** Of a weight that fits bytes; the file's own where it has them, since to read `data` would widen and keep them. */
function wholesOf(weight: OnnxWeight): Int8Array {
  const { type, bytes } = weight.stored;
  return type === "int8" ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) : Int8Array.from(weight.data);
}

/** Whether `multiplyBytes` can compute with these whole numbers: they are bytes, and what it adds in 16 bits fits there. */
export function fitsBytes(weight: OnnxWeight): boolean {
  if (!hasWholeSteps(weight)) return false;
  const values = weight.stored.type === "int8" ? wholesOf(weight) : weight.data;
  for (let i = 0; i < values.length; i++) if (values[i] > MAX_BYTE || values[i] < -MAX_BYTE) return false;
  return largestSum(values, weight.dims) <= MAX_QUAD_SUM;
}

/** Whether `multiplyBytes` can take the depth of such weights step by step, whatever numbers they hold. */
export function hasWholeSteps({ dims: [, inputs, height, width] }: Pick<OnnxWeight, "dims">): boolean {
  return inputs % QUAD === 0 && (inputs * height * width) % STEP === 0;
}

/**
 * The largest sum, without its sign, of those weights of one sign whose products the kernel adds in 16 bits: 0, 1, 4, 5 and 2, 3, 6, 7 of every
 * eight of the depth.
 */
function largestSum(values: Int8Array | Float32Array, [outputs, inputs, height, width]: readonly number[]): number {
  const area = height * width;
  const depth = inputs * area;
  const offsets = depthOffsets(inputs, area);
  let largest = 0;
  for (let from = 0; from < outputs * depth; from += depth) {
    for (let step = 0; step < depth; step += STEP) {
      for (let at = step; at < step + QUAD; at += 2) {
        const a = values[from + offsets[at]];
        const b = values[from + offsets[at + 1]];
        const c = values[from + offsets[at + QUAD]];
        const d = values[from + offsets[at + QUAD + 1]];
        const positive = (a > 0 ? a : 0) + (b > 0 ? b : 0) + (c > 0 ? c : 0) + (d > 0 ? d : 0);
        const negative = positive - a - b - c - d;
        if (positive > largest) largest = positive;
        if (negative > largest) largest = negative;
      }
    }
  }
  return largest;
}

/** Where in an output's weights each of the depth lies, which counts height, width, inputs. */
function depthOffsets(inputs: number, area: number): Int32Array {
  return Int32Array.from({ length: inputs * area }, (_, i) => (i % inputs) * area + Math.floor(i / inputs));
}
