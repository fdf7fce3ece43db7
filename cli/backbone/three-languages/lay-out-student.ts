/**
 * The student of tools/sentences as an ONNX graph for one text. g_1 to g_n are the rows of its grams:
 *
 *   x = norm(sum_i s[g_i] T[g_i])              T int8, each row with a scale of its own
 *   embedding = (unit(x W + b), loudness tanh(x u + c))
 */
import { createGraphBuilder } from "../../onnx/graph-builder.ts";
import { ELEMENT_TYPE_FLOAT, ELEMENT_TYPE_INT64 } from "../../onnx/onnx-model.ts";
import type { Tensors } from "./safetensors.ts";

/** The graph's input and output by name. */
export const GRAM_IDS = "input_ids";
export const EMBEDDING = "embedding";

/** Of the layer norm, as PyTorch has it. */
const EPSILON = 1e-5;

/** How loud the tone is beside the sentence, which has unit length. */
const TONE_LOUDNESS = 0.5;

/** The model file, and the numbers that it gives. Inputs: `input_ids` int64 [1, n]. Output: `embedding` [1, numbers]. */
export function layOutStudent(weights: Tensors): { model: Uint8Array; numbers: number } {
  const graph = createGraphBuilder();
  const [rows, width] = weights.shape("table");
  const [, sentenceNumbers] = weights.shape("sentence.weight");
  const floats = (name: string, dims: readonly number[]) => graph.constant(name, weights.floats(name), dims);

  const ids = graph.node("Squeeze", [GRAM_IDS, graph.constant("batch axis", [0], [1])]);
  const picked = graph.node("Gather", [graph.constant("table", weights.bytes("table"), [rows, width]), ids]);
  const scales = graph.node("Gather", [floats("table.scale", [rows, 1]), ids]);
  const grams = graph.node("Mul", [graph.node("Cast", [picked], { ints: { to: ELEMENT_TYPE_FLOAT } }), scales]);
  const sum = graph.node("ReduceSum", [grams, graph.constant("gram axis", [0], [1])], { ints: { keepdims: 1 } });
  const norm = [sum, floats("norm.weight", [width]), floats("norm.bias", [width])];
  const x = graph.node("LayerNormalization", norm, { ints: { axis: -1 }, floats: { epsilon: EPSILON } });

  const apply = (layer: string, numbers: number) =>
    graph.node("Add", [
      graph.node("MatMul", [x, floats(`${layer}.weight`, [width, numbers])]),
      floats(`${layer}.bias`, [numbers]),
    ]);
  const sentence = graph.node("LpNormalization", [apply("sentence", sentenceNumbers)], { ints: { axis: 1, p: 2 } });
  const loudness = graph.constant("tone loudness", Float32Array.of(TONE_LOUDNESS), [1]);
  const tone = graph.node("Mul", [graph.node("Tanh", [apply("tone", 1)]), loudness]);
  graph.node("Concat", [sentence, tone], { ints: { axis: 1 } }, EMBEDDING);

  const numbers = sentenceNumbers + 1;
  const model = graph.finish(
    [{ name: GRAM_IDS, type: ELEMENT_TYPE_INT64, dims: [1, "grams"] }],
    [{ name: EMBEDDING, type: ELEMENT_TYPE_FLOAT, dims: [1, numbers] }],
  );
  return { model, numbers };
}
