/**
 * Writes an ONNX graph node by node: each call adds one operator and returns the name of its output, so a network reads as
 * the formulas that it computes. Knows operators' arguments only as names; ONNX Runtime checks them when it loads the file.
 */
import {
  ATTRIBUTE_TYPE_FLOAT,
  ATTRIBUTE_TYPE_INT,
  ATTRIBUTE_TYPE_INTS,
  ELEMENT_TYPE_FLOAT,
  ELEMENT_TYPE_INT8,
  ELEMENT_TYPE_INT64,
  encodeOnnx,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxValueInfo,
} from "./onnx-model.ts";

/** LayerNormalization came with 17; IR 8 is what that release of ONNX wrote. */
const OPERATOR_SET = 17;
const IR_VERSION = 8;

/** What an operator takes beside tensors. A number that is to be a float where it could be whole goes in `floats`. */
export interface NodeAttributes {
  readonly ints?: Readonly<Record<string, number | readonly number[]>>;
  readonly floats?: Readonly<Record<string, number>>;
}

/** A declared input or output; strings are open dimensions. */
export interface GraphEnd {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly (number | string)[];
}

export interface GraphBuilder {
  /** A constant: float32, int8 or, from plain numbers, int64, called by a running number where it has no name. Returns its name. */
  constant(
    name: string | undefined,
    data: Float32Array | Int8Array | readonly number[],
    dims: readonly number[],
  ): string;
  /** Adds an operator with one output, called `output` or by a running number. Returns its name. */
  node(operator: string, inputs: readonly string[], attributes?: NodeAttributes, output?: string): string;
  /** As `node`, for operators with several outputs. */
  nodeWithOutputs(operator: string, inputs: readonly string[], count: number): string[];
  /** The model file. */
  finish(inputs: readonly GraphEnd[], outputs: readonly GraphEnd[]): Uint8Array;
}

/** An empty graph. */
export function createGraphBuilder(): GraphBuilder {
  const graph: OnnxGraph = { node: [], initializer: [], input: [], output: [], value_info: [] };

  function add(operator: string, inputs: readonly string[], output: string[], attributes: NodeAttributes = {}): void {
    graph.node.push({ op_type: operator, input: [...inputs], output, attribute: writeAttributes(attributes) });
  }

  return {
    constant(name = `constant_${graph.initializer.length}`, data, dims) {
      const { data_type, raw_data } = writeTensor(data);
      graph.initializer.push({ name, dims: [...dims], data_type, raw_data });
      return name;
    },
    node(operator, inputs, attributes, output = `${operator}_${graph.node.length}`) {
      add(operator, inputs, [output], attributes);
      return output;
    },
    nodeWithOutputs(operator, inputs, count) {
      const names = Array.from({ length: count }, (_, i) => `${operator}_${graph.node.length}_${i}`);
      add(operator, inputs, names);
      return names;
    },
    finish(inputs, outputs) {
      graph.input = inputs.map(declare);
      graph.output = outputs.map(declare);
      return encodeOnnx({ ir_version: IR_VERSION, opset_import: [{ domain: "", version: OPERATOR_SET }], graph });
    },
  };
}

function writeTensor(data: Float32Array | Int8Array | readonly number[]) {
  if (data instanceof Float32Array) return { data_type: ELEMENT_TYPE_FLOAT, raw_data: bytesOf(data) };
  if (data instanceof Int8Array) return { data_type: ELEMENT_TYPE_INT8, raw_data: bytesOf(data) };
  return { data_type: ELEMENT_TYPE_INT64, raw_data: bytesOf(BigInt64Array.from(data, BigInt)) };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int8Array | BigInt64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function writeAttributes({ ints = {}, floats = {} }: NodeAttributes): OnnxAttribute[] {
  const whole = Object.entries(ints).map(([name, value]) =>
    typeof value === "number"
      ? { name, i: value, type: ATTRIBUTE_TYPE_INT }
      : { name, ints: [...value], type: ATTRIBUTE_TYPE_INTS },
  );
  return [...whole, ...Object.entries(floats).map(([name, f]) => ({ name, f, type: ATTRIBUTE_TYPE_FLOAT }))];
}

function declare({ name, type, dims }: GraphEnd): OnnxValueInfo {
  const dim = dims.map((size) => (typeof size === "number" ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: type, shape: { dim } } } };
}
