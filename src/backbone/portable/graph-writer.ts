/**
 * Formulas as a piece of an ONNX graph: each call adds one operator and returns the name of its output. Keeps to operators that mean
 * the same from operator set 9 on, so that the piece fits behind any network; constants are nodes, which files of every age may hold.
 */
import { type Attributes, endField, joinBytes, nodeField } from "./onnx-bytes.ts";

/** The oldest set that has all that is written here. */
export const OLDEST_OPERATOR_SET = 9;
/** From here on these take their axes as a tensor, where they had an attribute before. */
const AXES_AS_INPUT = { ReduceL2: 18, ReduceMax: 18, ReduceMean: 18 } as const;

/** No name of a network begins like this. */
const PREFIX = "headstart.";

/** A piece of a graph that grows. */
export interface GraphWriter {
  /** A constant of these dimensions; numbers alone are float32. Returns its name. */
  constant(data: Float32Array | Int8Array | readonly number[], dims?: readonly number[]): string;
  /** One operator with one output, which gets a running name where none is given. Returns the name. */
  node(operator: string, inputs: readonly string[], attributes?: Attributes, output?: string): string;
  /** `operator` along one axis, which stays with the length 1. Returns the name. */
  reduce(operator: keyof typeof AXES_AS_INPUT, input: string, axis?: number): string;
  /** Declares an input or output. */
  input(name: string, type: number, dims: readonly (number | string)[]): string;
  output(name: string, type: number, dims: readonly (number | string)[]): void;
  /** Fields of a GraphProto. */
  finish(): Uint8Array<ArrayBuffer>;
}

/** An empty piece, for a model of that operator set. */
export function createGraphWriter(operatorSet: number): GraphWriter {
  const fields: Uint8Array[] = [];

  function node(
    operator: string,
    inputs: readonly string[],
    attributes: Attributes = {},
    output = `${PREFIX}${operator}_${fields.length}`,
  ): string {
    fields.push(nodeField(operator, inputs, output, attributes));
    return output;
  }

  return {
    node,
    constant(data, dims) {
      const values = data instanceof Float32Array || data instanceof Int8Array ? data : Float32Array.from(data);
      return node("Constant", [], { value: { data: values, dims: dims ?? [values.length] } });
    },
    reduce(operator, input, axis = 1) {
      if (operatorSet < AXES_AS_INPUT[operator]) return node(operator, [input], { axes: [axis], keepdims: 1 });
      const axes = node("Constant", [], { value: { data: BigInt64Array.of(BigInt(axis)), dims: [1] } });
      return node(operator, [input, axes], { keepdims: 1 });
    },
    input(name, type, dims) {
      fields.push(endField(11, name, type, dims));
      return name;
    },
    output(name, type, dims) {
      fields.push(endField(12, name, type, dims));
    },
    finish: () => joinBytes(fields),
  };
}
