/**
 * The few messages of ONNX that a head consists of, as protobuf's bytes (field numbers from onnx.proto). `cli/onnx` writes whole
 * models with protobufjs; this one runs in Workers, which allow no code that is made while they run.
 */
import { readFields } from "../onnx-file.ts";

/** ONNX's numbers for the types of a tensor's elements. */
export const ELEMENT_TYPE = { float: 1, int8: 3, int64: 7, bool: 9 } as const;

const ATTRIBUTE_TYPE = { int: 2, tensor: 4, ints: 7 } as const;

/** What an operator takes beside tensors: a whole number, several, or a constant. */
export type Attributes = Readonly<Record<string, number | readonly number[] | ConstantTensor>>;

/** A constant, row-major. */
export interface ConstantTensor {
  readonly data: Float32Array | Int8Array | BigInt64Array;
  readonly dims: readonly number[];
}

const encoder = new TextEncoder();

/** A whole number from 0 on, seven bits a byte, the lowest first. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** What stands before `length` bytes of field `number`. */
function fieldHead(number: number, length: number): Uint8Array {
  return joinBytes([varint(number * 8 + 2), varint(length)]);
}

/** A field that has a length: a text, bytes, or a message. */
export function field(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === "string" ? encoder.encode(content) : content;
  return joinBytes([fieldHead(number, bytes.length), bytes]);
}

function numberField(number: number, value: number): Uint8Array {
  return joinBytes([varint(number * 8), varint(value)]);
}

/** All parts, one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** GraphProto.node. */
export function nodeField(operator: string, inputs: readonly string[], output: string, attributes: Attributes) {
  const parts = [...inputs.map((name) => field(1, name)), field(2, output), field(4, operator)];
  return field(1, joinBytes([...parts, ...Object.entries(attributes).map(writeAttribute)]));
}

function writeAttribute([name, value]: [string, Attributes[string]]): Uint8Array {
  if (typeof value === "number") return attribute(name, ATTRIBUTE_TYPE.int, [numberField(3, value)]);
  if ("dims" in value) return attribute(name, ATTRIBUTE_TYPE.tensor, [field(5, writeTensor(value))]);
  const ints = value.map((int) => numberField(8, int));
  return attribute(name, ATTRIBUTE_TYPE.ints, ints);
}

function attribute(name: string, type: number, value: readonly Uint8Array[]): Uint8Array {
  return field(5, joinBytes([field(1, name), ...value, numberField(20, type)]));
}

function writeTensor({ data, dims }: ConstantTensor): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return joinBytes([...dims.map((size) => numberField(1, size)), numberField(2, typeOf(data)), field(9, raw)]);
}

function typeOf(data: ConstantTensor["data"]): number {
  if (data instanceof Float32Array) return ELEMENT_TYPE.float;
  return data instanceof Int8Array ? ELEMENT_TYPE.int8 : ELEMENT_TYPE.int64;
}

/** An input (11) or output (12) of a graph; a text stands for an open dimension. */
export function endField(number: 11 | 12, name: string, type: number, dims: readonly (number | string)[]): Uint8Array {
  const shape = dims.map((size) => field(1, typeof size === "number" ? numberField(1, size) : field(2, size)));
  const tensor = field(1, joinBytes([numberField(1, type), field(2, joinBytes(shape))]));
  return field(number, joinBytes([field(1, name), field(2, tensor)]));
}

/** ModelProto.metadata_props. */
function metadataField(key: string, value: string): Uint8Array {
  return field(14, joinBytes([field(1, key), field(2, value)]));
}

/*
 * Puts more nodes behind the network of an ONNX file, and metadata into it. The file itself is passed on as it is, in pieces, so
 * that nothing of its size is copied.
 */

/** Field numbers of ModelProto, and of the operator set's version in its message. */
const GRAPH = 7;
const OPERATOR_SETS = 8;
const DOMAIN = 1;
const VERSION = 2;

/** The version of ONNX's own operators that the file uses, 1 where it does not say. */
export function readOperatorSet(model: Uint8Array): number {
  for (const { number, bytes } of readFields(model)) {
    if (number !== OPERATOR_SETS) continue;
    const fields = [...readFields(bytes)];
    const isOnnx = fields.every((field) => field.number !== DOMAIN || field.bytes.length === 0);
    if (isOnnx) return fields.find((field) => field.number === VERSION)?.value ?? 1;
  }
  return 1;
}

/** The file in pieces: `more` are fields of a GraphProto. */
export function addToModel(
  model: Uint8Array<ArrayBuffer>,
  more: Uint8Array<ArrayBuffer>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const { number, bytes, end } of readFields(model)) {
    if (number === GRAPH) pieces.push(fieldHead(GRAPH, bytes.length + more.length), bytes, more);
    else pieces.push(model.subarray(start, end));
    start = end;
  }
  return [...pieces, ...Object.entries(metadata).map(([key, value]) => metadataField(key, value))];
}
