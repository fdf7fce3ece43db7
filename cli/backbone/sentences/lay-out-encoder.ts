/**
 * The network of Universal Sentence Encoder Lite as an ONNX graph for one text, from its weights. x_i is token i's
 * embedding (256 numbers), n the number of tokens:
 *
 *   x = 2 E[ids] + timing                             the graph of the original adds the embedding twice
 *   layer 0:  y = attend(norm(x)) + x D + d           256 -> 512 numbers, 4 heads of 64
 *             x = y + feed(norm(y))
 *   layer 1:  y = attend(norm(x)) + x                 4 heads of 128
 *             x = y + feed(norm(y))
 *   sentence = unit(tanh(mean_i(x_i) W + b))
 *   attend(x) = concat_h(softmax(Q_h K_h^T / sqrt(depth)) V_h) O + o,   feed(x) = relu(x F + f) G + g
 */
import { createGraphBuilder, type GraphBuilder } from "../../onnx/graph-builder.ts";
import { ELEMENT_TYPE_FLOAT, ELEMENT_TYPE_INT64 } from "../../onnx/onnx-model.ts";
import type { SentenceWeights } from "./sentence-weights.ts";

/** The longest text in tokens, as the encoder was trained. */
export const MAX_TOKENS = 128;
export const SENTENCE_NUMBERS = 512;
/** The graph's input and output by name. */
export const TOKEN_IDS = "input_ids";
export const EMBEDDING = "embedding";

const EMBEDDING_WIDTH = 256;
const WIDTH = 512;
const FEED_WIDTH = 1536;
const HEADS = 4;
/** Of the layer norms, as in the original graph. */
const EPSILON = 1e-6;

/** How weights are stored: as they are, or as int8 with the activations quantised as they come. */
export type WeightFormat = "float32" | "int8-dynamic";

const APPLIED = "module_apply_default/Encoder_en/KonaTransformer/Encode";
const KERNELS = "module/Encoder_en/KonaTransformer/Encode";

/** The model file. Inputs: `input_ids` int64 [1, n], n up to 128. Output: `embedding` [1, 512]. */
export function layOutEncoder(weights: SentenceWeights, format: WeightFormat): Uint8Array {
  const graph = createGraphBuilder();
  const net: Net = { graph, weights, multiply: format === "float32" ? multiplyFloats : multiplyInt8 };
  const ids = graph.node("Squeeze", [TOKEN_IDS, graph.constant("batch axis", [0], [1])]);
  const embedded = format === "float32" ? lookUpFloats(net, ids) : lookUpInt8(net, ids);
  const x = graph.node("Add", [graph.node("Add", [embedded, embedded]), timing(net, ids)]);
  const second = addLayer(net, 1, addLayer(net, 0, x));
  const pooled = graph.node("ReduceMean", [second], { ints: { axes: [0], keepdims: 1 } });
  const dense = net.multiply(net, pooled, hidden("weights"), WIDTH, WIDTH);
  const squashed = graph.node("Tanh", [addBias(net, dense, hidden("bias"))]);
  graph.node("LpNormalization", [squashed], { ints: { axis: 1, p: 2 } }, EMBEDDING);
  return graph.finish(
    [{ name: TOKEN_IDS, type: ELEMENT_TYPE_INT64, dims: [1, "tokens"] }],
    [{ name: EMBEDDING, type: ELEMENT_TYPE_FLOAT, dims: [1, SENTENCE_NUMBERS] }],
  );
}

interface Net {
  readonly graph: GraphBuilder;
  readonly weights: SentenceWeights;
  /** `x W`, W the weight of this name: rows x columns. */
  readonly multiply: (net: Net, x: string, weight: string, rows: number, columns: number) => string;
}

function hidden(part: string): string {
  return `module/Encoder_en/hidden_layers/tanh_layer_0/${part}`;
}

function addLayer(net: Net, layer: 0 | 1, x: string): string {
  const { graph } = net;
  const place = `${APPLIED}/Layer_${layer}/TransformerLayer`;
  const width = layer === 0 ? EMBEDDING_WIDTH : WIDTH;
  const attended = attend(net, layer, normalise(net, x, `${place}/layer_prepostprocess`, width), width);
  const y = graph.node("Add", [attended, layer === 0 ? widen(net, x, `${place}/dense`) : x]);
  return graph.node("Add", [y, feed(net, layer, normalise(net, y, `${place}/FFN/layer_prepostprocess`, WIDTH))]);
}

function widen(net: Net, x: string, place: string): string {
  const kernel = `${place}/kernel/ConcatPartitions/concat`;
  const widened = net.multiply(net, x, kernel, EMBEDDING_WIDTH, WIDTH);
  return addBias(net, widened, `${place}/bias/ConcatPartitions/concat`);
}

function attend(net: Net, layer: 0 | 1, x: string, width: number): string {
  const { graph } = net;
  const kernels = `${KERNELS}/Layer_${layer}/TransformerLayer/MultiheadAttention`;
  const place = `${APPLIED}/Layer_${layer}/TransformerLayer/MultiheadAttention`;
  const product = net.multiply(net, x, `${kernels}/qkv_transform_single/kernel/part_0`, width, 3 * width);
  const all = addBias(net, product, `${place}/qkv_transform_single/bias/ConcatPartitions/concat`);
  const shape = graph.constant(`heads ${layer}`, [-1, 3, HEADS, width / HEADS], [4]);
  // [n, 3, heads, depth] -> [3, heads, n, depth]
  const split = graph.node("Transpose", [graph.node("Reshape", [all, shape])], { ints: { perm: [1, 2, 0, 3] } });
  const parts = graph.nodeWithOutputs("Split", [split, graph.constant(`qkv ${layer}`, [1, 1, 1], [3])], 3);
  const first = graph.constant(`first axis ${layer}`, [0], [1]);
  const [q, k, v] = parts.map((part) => graph.node("Squeeze", [part, first]));
  const scale = graph.constant(`scale ${layer}`, Float32Array.of(Math.sqrt(HEADS / width)), [1]);
  const keys = graph.node("Transpose", [k], { ints: { perm: [0, 2, 1] } });
  const likeness = graph.node("MatMul", [graph.node("Mul", [q, scale]), keys]);
  const mixed = graph.node("MatMul", [graph.node("Softmax", [likeness], { ints: { axis: -1 } }), v]);
  const together = graph.node("Reshape", [
    graph.node("Transpose", [mixed], { ints: { perm: [1, 0, 2] } }),
    graph.constant(`together ${layer}`, [-1, width], [2]),
  ]);
  const out = net.multiply(net, together, `${kernels}/output_transform_single/kernel/part_0`, width, WIDTH);
  return addBias(net, out, `${place}/output_transform_single/bias/ConcatPartitions/concat`);
}

function feed(net: Net, layer: 0 | 1, x: string): string {
  const kernels = `${APPLIED}/TransformerStack/Layer_${layer}/TransformerLayer/FFN`;
  const place = `${APPLIED}/Layer_${layer}/TransformerLayer/FFN`;
  const product = net.multiply(net, x, `${kernels}/conv1/Tensordot/Reshape_1`, WIDTH, FEED_WIDTH);
  const wide = net.graph.node("Relu", [addBias(net, product, `${place}/conv1/bias/ConcatPartitions/concat`)]);
  const narrow = net.multiply(net, wide, `${kernels}/conv2/Tensordot/Reshape_1`, FEED_WIDTH, WIDTH);
  return addBias(net, narrow, `${place}/conv2/bias/ConcatPartitions/concat`);
}

function normalise(net: Net, x: string, place: string, width: number): string {
  const [scale, bias] = ["scale", "bias"].map((part) => {
    const name = `${place}/layer_norm/layer_norm_${part}/ConcatPartitions/concat`;
    return net.graph.constant(name, net.weights.weight(name), [width]);
  });
  return net.graph.node("LayerNormalization", [x, scale, bias], { ints: { axis: -1 }, floats: { epsilon: EPSILON } });
}

function addBias({ graph, weights }: Net, x: string, name: string): string {
  const bias = weights.weight(name);
  return graph.node("Add", [x, graph.constant(name, bias, [bias.length])]);
}

/** sin and cos of `position * rate`, as a table of all positions that there can be. */
function timing({ graph, weights }: Net, ids: string): string {
  const rates = weights.weight(`${APPLIED}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`);
  const table = new Float32Array(MAX_TOKENS * EMBEDDING_WIDTH);
  for (let position = 0; position < MAX_TOKENS; position++) {
    rates.forEach((rate, i) => {
      const angle = Math.fround(position * rate);
      table[position * EMBEDDING_WIDTH + i] = Math.sin(angle);
      table[position * EMBEDDING_WIDTH + rates.length + i] = Math.cos(angle);
    });
  }
  const begin = graph.constant("from", [0], [1]);
  const end = graph.node("Shape", [ids]);
  return graph.node("Slice", [graph.constant("timing", table, [MAX_TOKENS, EMBEDDING_WIDTH]), begin, end]);
}

const TABLE = "module/Embeddings_en";

function lookUpFloats({ graph, weights }: Net, ids: string): string {
  const table = weights.weight(TABLE);
  return graph.node("Gather", [graph.constant(TABLE, table, [table.length / EMBEDDING_WIDTH, EMBEDDING_WIDTH]), ids]);
}

/** Each token's row has a scale of its own. */
function lookUpInt8({ graph, weights }: Net, ids: string): string {
  const table = weights.weight(TABLE);
  const rows = table.length / EMBEDDING_WIDTH;
  const { values, scales } = quantise(table, rows, EMBEDDING_WIDTH, "rows");
  const picked = graph.node("Gather", [graph.constant(TABLE, values, [rows, EMBEDDING_WIDTH]), ids]);
  const scale = graph.node("Gather", [graph.constant(`${TABLE} scale`, scales, [rows, 1]), ids]);
  return graph.node("Mul", [graph.node("Cast", [picked], { ints: { to: ELEMENT_TYPE_FLOAT } }), scale]);
}

function multiplyFloats({ graph, weights }: Net, x: string, name: string, rows: number, columns: number): string {
  return graph.node("MatMul", [x, graph.constant(name, weights.weight(name), [rows, columns])]);
}

/** Each column has a scale of its own; x is quantised over all of it, which is one text. ONNX Runtime fuses these nodes. */
function multiplyInt8({ graph, weights }: Net, x: string, name: string, rows: number, columns: number): string {
  const { values, scales } = quantise(weights.weight(name), rows, columns, "columns");
  const [quantised, xScale, xZero] = graph.nodeWithOutputs("DynamicQuantizeLinear", [x], 3);
  const product = graph.node("MatMulInteger", [quantised, graph.constant(name, values, [rows, columns]), xZero]);
  const scale = graph.node("Mul", [xScale, graph.constant(`${name} scale`, scales, [columns])]);
  return graph.node("Mul", [graph.node("Cast", [product], { ints: { to: ELEMENT_TYPE_FLOAT } }), scale]);
}

/** Rounds so that the largest magnitude under each scale is 127. `along`: each row has a scale of its own, or each column. */
function quantise(
  numbers: Float32Array,
  rows: number,
  columns: number,
  along: "rows" | "columns",
): { values: Int8Array; scales: Float32Array } {
  const scales = new Float32Array(along === "rows" ? rows : columns);
  const values = new Int8Array(numbers.length);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      const scale = along === "rows" ? row : column;
      scales[scale] = Math.max(scales[scale], Math.abs(numbers[at]) / 127);
    }
  }
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) {
      values[at] = Math.round(numbers[at] / (scales[along === "rows" ? row : column] || 1));
    }
  }
  return { values, scales };
}
