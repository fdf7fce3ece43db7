/**
 * Reads the part of an ONNX file that a network of convolutions consists of: nodes, their attributes, weights. The wire
 * format is protobuf's (field numbers from onnx.proto); what is not listed here is skipped. Throws RangeError on a file that
 * ends early. cli/onnx reads and writes whole models with protobufjs; this one runs in Workers and on phones.
 */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Whichever of the three the attribute has; the others stay empty. */
interface OnnxAttribute {
  readonly ints: readonly number[];
  readonly float: number | null;
  readonly text: string;
}

/** A tensor of the file, row-major; `dims` is empty for a scalar. */
export interface OnnxWeight {
  readonly dims: readonly number[];
  readonly stored: StoredNumbers;
  /** float32, widened from half precision where the file stores that; integers as they are. Made when it is first read: a network has millions. */
  readonly data: Float32Array;
}

/** Numbers as the file has them, little-endian, at whatever address. */
interface StoredNumbers {
  readonly type: "float32" | "float16" | "int8" | "int64";
  readonly bytes: Uint8Array;
}

/** The graph in the file's own order, which ONNX guarantees to be an order of execution. */
export interface OnnxFile {
  readonly nodes: readonly OnnxNode[];
  /** By name; a weight of a type that is not read here is absent. */
  readonly weights: ReadonlyMap<string, OnnxWeight>;
}

/** By ONNX's number. */
const STORED_TYPES: Readonly<Record<number, StoredNumbers["type"]>> = {
  1: "float32",
  3: "int8",
  7: "int64",
  10: "float16",
};
const NUMBER_BYTES = { float32: 4, float16: 2, int8: 1, int64: 8 } as const;

/** The graph of a model file. */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const nodes: OnnxNode[] = [];
  const weights = new Map<string, OnnxWeight>();
  for (const model of readFields(bytes)) {
    if (model.number !== 7) continue;
    for (const { number, bytes: part } of readFields(model.bytes)) {
      if (number === 1) nodes.push(readNode(part));
      if (number === 5) addWeight(weights, part);
    }
  }
  return { nodes, weights };
}

function readNode(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let type = "";
  for (const { number, bytes: part } of readFields(bytes)) {
    if (number === 1) inputs.push(readText(part));
    if (number === 2) outputs.push(readText(part));
    if (number === 4) type = readText(part);
    if (number === 5) addAttribute(attributes, part);
  }
  return { type, inputs, outputs, attributes };
}

function addAttribute(attributes: Map<string, OnnxAttribute>, bytes: Uint8Array): void {
  let name = "";
  let text = "";
  let float: number | null = null;
  const ints: number[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === 1) name = readText(field.bytes);
    if (field.number === 2) float = viewOf(field.bytes).getFloat32(0, true);
    if (field.number === 4) text = readText(field.bytes);
    if (field.number === 3 || field.number === 8) ints.push(...readIntegers(field));
  }
  attributes.set(name, { ints, float, text });
}

function addWeight(weights: Map<string, OnnxWeight>, message: Uint8Array): void {
  const dims: number[] = [];
  let name = "";
  let type = 0;
  let bytes: Uint8Array = NO_BYTES;
  for (const field of readFields(message)) {
    if (field.number === 1) dims.push(...readIntegers(field));
    if (field.number === 2) type = field.value;
    if (field.number === 4 || field.number === 9) bytes = field.bytes; // packed floats lie as raw ones do
    if (field.number === 8) name = readText(field.bytes);
  }
  const count = dims.reduce((product, size) => product * size, 1);
  const known = STORED_TYPES[type];
  if (known !== undefined && bytes.length === count * NUMBER_BYTES[known]) {
    weights.set(name, makeWeight(dims, { type: known, bytes }));
  }
}

/** `data` is made of what is stored when somebody asks for it. */
export function makeWeight(dims: readonly number[], stored: StoredNumbers): OnnxWeight {
  let data: Float32Array | undefined;
  return {
    dims,
    stored,
    get data() {
      data ??= readNumbers(stored);
      return data;
    },
  };
}

function readNumbers({ type, bytes }: StoredNumbers): Float32Array {
  const { buffer } = new Uint8Array(bytes); // a copy, aligned
  if (type === "float32") return new Float32Array(buffer);
  if (type === "float16") return widenHalves(new Uint16Array(buffer));
  if (type === "int8") return new Float32Array(new Int8Array(buffer));
  return Float32Array.from(new BigInt64Array(buffer), Number);
}

/**
 * IEEE 754 binary16 (sign, 5 bits of exponent with bias 15, 10 of fraction) to binary32 (8 bits, bias 127, 23), by shifting the
 * bits. Subnormal halves are normal floats; infinities and NaN keep their meaning.
 */
function widenHalves(halves: Uint16Array): Float32Array {
  const wide = new Float32Array(halves.length);
  const bits = new Uint32Array(wide.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i];
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) wide[i] = (sign < 0 ? -fraction : fraction) * 2 ** -24;
    else bits[i] = sign | ((exponent === 0x1f ? 0xff : exponent + 112) << 23) | (fraction << 13);
  }
  return wide;
}

/** One protobuf field: `value` where it is a number, `bytes` where it has a length or a fixed size; `end` is where the next begins. */
interface Field {
  readonly number: number;
  readonly value: number;
  readonly bytes: Uint8Array;
  readonly end: number;
}

const NO_BYTES = new Uint8Array();

/** The fields of one message, in the file's order. Throws RangeError where it ends early. */
export function* readFields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  function readVarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= bytes.length) throw new RangeError("The ONNX file ends inside a number.");
      const byte = bytes[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
  function take(length: number): Uint8Array {
    if (at + length > bytes.length) throw new RangeError("The ONNX file ends inside a field.");
    at += length;
    return bytes.subarray(at - length, at);
  }
  while (at < bytes.length) {
    const key = readVarint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: readVarint(), bytes: NO_BYTES, end: at };
        break;
      case 1:
        yield { number, value: 0, bytes: take(8), end: at };
        break;
      case 2:
        yield { number, value: 0, bytes: take(readVarint()), end: at };
        break;
      case 5:
        yield { number, value: 0, bytes: take(4), end: at };
        break;
      default:
        throw new RangeError(`The ONNX file holds a field of the unknown wire type ${key % 8}.`);
    }
  }
}

/** A repeated integer comes one per field or packed into one. */
function readIntegers({ value, bytes }: Field): number[] {
  if (bytes.length === 0) return [value];
  const values: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
    }
    values.push(number);
  }
  return values;
}

const TEXT = new TextDecoder();

function readText(bytes: Uint8Array): string {
  return TEXT.decode(bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
