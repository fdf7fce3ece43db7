/**
 * Has a network look at a photo several times: its input becomes [views, 3, height, width], and its output the mean over the views.
 * The file says it, so its SHA-256 does, and every runtime does the same. Pure: bytes in, bytes out.
 */
import {
  ATTRIBUTE_TYPE_INTS,
  decodeOnnx,
  ELEMENT_TYPE_INT64,
  encodeOnnx,
  type OnnxGraph,
  type OnnxModel,
  toNumber,
} from "./onnx-model.ts";

/** ReduceMean takes its axes as an input from this operator set on. */
const AXES_ARE_AN_INPUT = 18;

/** `ends` are the names of the network's input, [1, 3, height, width] or open, and of its output, [1, dimension]. */
export function averageViews(
  bytes: Uint8Array,
  ends: { readonly input: string; readonly output: string },
  views: number,
): Uint8Array {
  const model = decodeOnnx(bytes);
  const { graph } = model;
  const ofEach = `${ends.output}_of_each_view`;
  renameTensor(graph, ends.output, ofEach);
  addMean(model, ofEach, ends.output);
  const batch = graph.input.find(({ name }) => name === ends.input)?.type?.tensor_type?.shape?.dim[0];
  if (batch !== undefined) {
    batch.dim_value = views;
    delete batch.dim_param;
  }
  graph.value_info = []; // -- notes of shapes for one view
  return encodeOnnx(model);
}

/** Wherever a node writes or reads it; declared outputs keep the name. */
function renameTensor(graph: OnnxGraph, from: string, to: string): void {
  const rename = (name: string) => (name === from ? to : name);
  for (const node of graph.node) {
    node.input = node.input.map(rename);
    node.output = node.output.map(rename);
  }
}

function addMean({ graph, opset_import }: OnnxModel, input: string, output: string): void {
  const operatorSet = toNumber(opset_import?.find(({ domain }) => !domain)?.version ?? 1);
  if (operatorSet < AXES_ARE_AN_INPUT) {
    const axes = { name: "axes", ints: [0], type: ATTRIBUTE_TYPE_INTS };
    graph.node.push({ op_type: "ReduceMean", input: [input], output: [output], attribute: [axes] });
    return;
  }
  const axes = `${output}_axes`;
  const raw_data = new Uint8Array(BigInt64Array.of(0n).buffer);
  graph.initializer.push({ name: axes, dims: [1], data_type: ELEMENT_TYPE_INT64, raw_data });
  graph.node.push({ op_type: "ReduceMean", input: [input, axes], output: [output], attribute: [] });
}
