/** Finds the last linear layer of a classifier by walking back from its scores. Reads the graph only. */
import { type Int64, type OnnxGraph, type OnnxNode, toNumber } from "./onnx-model.ts";

/** The layer, and what goes into it. */
export interface LinearHead {
  /** Name of the tensor with the pooled features. */
  readonly features: string;
  /** Number of features, from the shape of the weights. */
  readonly dimension: number;
  readonly hasSoftmax: boolean;
  readonly description: string;
}

const SOFTMAX = new Set(["Softmax", "LogSoftmax", "Sigmoid"]);
/** Operators between a linear layer and the scores, or between the pooled features and the layer, that keep the values. */
const VALUE_KEEPING = new Set(["Identity", "Dropout", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast"]);
const FEATURE_KEEPING = new Set(["Identity", "Dropout"]);

/** Returns null when the scores do not come from a linear layer with constant weights. */
export function findLinearHead(graph: OnnxGraph, output: string): LinearHead | null {
  const producers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)));
  const weights = new Map(graph.initializer.map((tensor) => [tensor.name, tensor.dims]));
  let hasSoftmax = false;
  let node = producers.get(output);
  while (node !== undefined && (SOFTMAX.has(node.op_type) || VALUE_KEEPING.has(node.op_type))) {
    hasSoftmax ||= SOFTMAX.has(node.op_type);
    node = producers.get(firstInput(node));
  }
  if (node?.op_type === "Add") node = skipBias(node, producers, weights);
  if (node === undefined) return null;
  const dimension = countInputs(node, weights);
  if (dimension === null) return null;
  let features = firstInput(node);
  for (let before = producers.get(features); before !== undefined && FEATURE_KEEPING.has(before.op_type); ) {
    features = firstInput(before);
    before = producers.get(features);
  }
  const description = hasSoftmax ? `${node.op_type} and softmax` : node.op_type;
  return { features, dimension, hasSoftmax, description };
}

/** The MatMul or Conv under `Add(x, bias)`, whichever side the bias is on. */
function skipBias(
  add: OnnxNode,
  producers: ReadonlyMap<string, OnnxNode>,
  weights: ReadonlyMap<string, readonly Int64[]>,
): OnnxNode | undefined {
  const computed = add.input.filter((name) => !weights.has(name));
  const producer = computed.length === 1 ? producers.get(computed[0] ?? "") : undefined;
  return producer !== undefined && producer.op_type !== "Gemm" ? producer : undefined;
}

/** Features that a linear node takes: an axis of its weights' shape. Null for every other node. */
function countInputs(node: OnnxNode, weights: ReadonlyMap<string, readonly Int64[]>): number | null {
  const shape = weights.get(node.input[1] ?? "");
  if (shape === undefined) return null;
  const [first, second] = shape.map(toNumber);
  if (first === undefined || second === undefined) return null;
  switch (node.op_type) {
    case "Gemm":
      return intAttribute(node, "transB") === 1 ? second : first;
    case "MatMul":
      return shape.length === 2 ? first : null;
    case "Conv":
      return shape.length === 4 && shape.slice(2).every((size) => toNumber(size) === 1) ? second : null;
    default:
      return null;
  }
}

function intAttribute(node: OnnxNode, name: string): number {
  return toNumber(node.attribute.find((attribute) => attribute.name === name)?.i ?? 0);
}

function firstInput(node: OnnxNode): string {
  return node.input[0] ?? "";
}
