/** Tiny ONNX graphs for tests, written with the same codec that the command uses. */
import {
  ATTRIBUTE_TYPE_INTS,
  decodeOnnx,
  ELEMENT_TYPE_FLOAT,
  encodeOnnx,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from "../../cli/onnx/onnx-model.ts";
import { createRandom } from "./random.ts";

/** ONNX's number for 64-bit integers. */
export const ELEMENT_TYPE_INT64 = 7;

/** Serialises a graph as a model of IR version 7: ir_version (1) = 7, opset_import (8) { version (2) }. */
export function makeModel(graph: Partial<OnnxGraph>, operatorSet = 13): Uint8Array {
  const whole = { node: [], initializer: [], input: [], output: [], value_info: [], ...graph };
  return Buffer.concat([Uint8Array.of(0x08, 7, 0x42, 2, 0x10, operatorSet), encodeOnnx({ graph: whole })]);
}

/** A tensor declaration; strings are open dimensions. */
export function makeValue(name: string, dims: readonly (number | string)[], type = ELEMENT_TYPE_FLOAT): OnnxValueInfo {
  const dim = dims.map((size) => (typeof size === "number" ? { dim_value: size } : { dim_param: size }));
  return { name, type: { tensor_type: { elem_type: type, shape: { dim } } } };
}

export function makeNode(
  op_type: string,
  input: string[],
  output: string[],
  ints: Record<string, number> = {},
): OnnxNode {
  const attribute = Object.entries(ints).map(([name, i]) => ({ name, i, type: 2 }));
  return { op_type, input, output, attribute };
}

/** Random float32 weights. */
export function makeWeights(name: string, dims: number[]): OnnxTensor {
  const random = createRandom(name);
  const values = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random() - 0.5);
  return { name, dims, data_type: ELEMENT_TYPE_FLOAT, raw_data: new Uint8Array(values.buffer) };
}

export interface ConvolutionOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: readonly number[];
  readonly strides?: readonly number[];
  /** Top, left, bottom, right. */
  readonly pads?: readonly number[];
  /** Default 1; as many as channels for a depthwise one. */
  readonly group?: number;
}

/** A convolution with random weights and bias, called `name`. */
export function makeConvolution(name: string, input: string, output: string, options: ConvolutionOptions) {
  const { inputs, outputs, kernel, strides, pads, group = 1 } = options;
  const node = makeNode("Conv", [input, `${name}.weight`, `${name}.bias`], [output], { group });
  for (const [attribute, ints] of Object.entries({ strides, pads })) {
    if (ints !== undefined) node.attribute.push({ name: attribute, ints: [...ints], type: ATTRIBUTE_TYPE_INTS });
  }
  const weights = [
    makeWeights(`${name}.weight`, [outputs, inputs / group, ...kernel]),
    makeWeights(`${name}.bias`, [outputs]),
  ];
  return { node, weights };
}

export interface TinyBackboneOptions {
  readonly input?: readonly (number | string)[];
  readonly inputType?: number;
}

/** Convolution 1 x 1 to 6 channels, ReLU, global average pool, flatten: [N, 3, 16, 16] -> `embedding` [N, 6]. */
export function makeTinyBackbone({ input = ["N", 3, 16, 16], inputType }: TinyBackboneOptions = {}): Uint8Array {
  return makeModel({
    node: [
      makeNode("Conv", ["input", "kernel"], ["convolved"]),
      makeNode("Relu", ["convolved"], ["active"]),
      makeNode("GlobalAveragePool", ["active"], ["pooled"]),
      makeNode("Flatten", ["pooled"], ["embedding"], { axis: 1 }),
    ],
    initializer: [makeWeights("kernel", [6, 3, 1, 1])],
    input: [makeValue("input", input, inputType)],
    output: [makeValue("embedding", ["N", 6])],
  });
}

/** How a classifier's last layer is written. */
export type LinearStyle = "Gemm" | "MatMul+Add" | "Conv";

/** Puts a linear layer with `classes` outputs, and a softmax where asked, behind a backbone's output `embedding`. */
export function addClassifier(
  backbone: Uint8Array,
  width: number,
  classes: number,
  style: LinearStyle,
  softmax = false,
) {
  const model = decodeOnnx(backbone);
  const { graph } = model;
  const scores = softmax ? "scores" : "logits";
  if (style === "Conv") {
    const last = graph.node.pop(); // the Flatten: a convolution reads the pooled features as [N, width, 1, 1]
    const pooled = last?.input[0] ?? "";
    graph.initializer.push(makeWeights("fc.weight", [classes, width, 1, 1]), makeWeights("fc.bias", [classes]));
    graph.node.push(
      makeNode("Conv", [pooled, "fc.weight", "fc.bias"], ["fc"]),
      makeNode("Flatten", ["fc"], ["logits"], { axis: 1 }),
    );
  } else if (style === "Gemm") {
    graph.initializer.push(makeWeights("fc.weight", [classes, width]), makeWeights("fc.bias", [classes]));
    graph.node.push(makeNode("Gemm", ["embedding", "fc.weight", "fc.bias"], ["logits"], { transB: 1 }));
  } else {
    graph.initializer.push(makeWeights("fc.weight", [width, classes]), makeWeights("fc.bias", [classes]));
    graph.node.push(
      makeNode("MatMul", ["embedding", "fc.weight"], ["product"]),
      makeNode("Add", ["fc.bias", "product"], ["logits"]),
    );
  }
  if (softmax) graph.node.push(makeNode("Softmax", ["logits"], ["scores"]));
  graph.output = [makeValue(scores, ["N", classes])];
  return encodeOnnx(model);
}
