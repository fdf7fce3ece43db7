/**
 * What the student's shapes cost: `node shapes.ts` lays out each of shapes.py as ONNX, with random weights, and says its bytes and
 * the CPU milliseconds that ONNX Runtime Web on one thread takes for a text of 40 Korean words, hashed before. The shapes take
 * turns. Layers beside the table are float32, as in the file that ships.
 */
import * as ort from "onnxruntime-web/wasm";
import { createGraphBuilder, type GraphBuilder } from "../../cli/onnx/graph-builder.ts";
import { ELEMENT_TYPE_FLOAT, ELEMENT_TYPE_INT64 } from "../../cli/onnx/onnx-model.ts";
import { hashGrams } from "../../src/text/grams.ts";

const ROWS = 32_768;
const WIDTH = 128;
const NUMBERS = 513;
const HEADS = 4;
const TURNS = 60;
const RUNS = 20;
const TEXT =
  "환불은 언제 되나요? 주문한 피자가 아직 오지 않았고 전화를 해도 아무도 받지 않아서 정말 답답하네요. ".repeat(3);

let seed = 1;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32 - 0.5;
};
const floats = (count: number) => Float32Array.from({ length: count }, random);

type Layer = (graph: GraphBuilder, words: string) => string;

function norm(graph: GraphBuilder, x: string): string {
  const parts = [
    x,
    graph.constant(undefined, floats(WIDTH), [WIDTH]),
    graph.constant(undefined, floats(WIDTH), [WIDTH]),
  ];
  return graph.node("LayerNormalization", parts, { ints: { axis: -1 }, floats: { epsilon: 1e-5 } });
}

function dense(graph: GraphBuilder, x: string, from: number, to: number): string {
  const product = graph.node("MatMul", [x, graph.constant(undefined, floats(from * to), [from, to])]);
  return graph.node("Add", [product, graph.constant(undefined, floats(to), [to])]);
}

const convolution: Layer = (graph, words) => {
  const row = graph.node("Transpose", [norm(graph, words)], { ints: { perm: [1, 0] } });
  const batch = graph.node("Unsqueeze", [row, graph.constant(undefined, [0], [1])]);
  const weights = graph.constant(undefined, floats(WIDTH * WIDTH * 3), [WIDTH, WIDTH, 3]);
  const mixed = graph.node("Conv", [batch, weights, graph.constant(undefined, floats(WIDTH), [WIDTH])], {
    ints: { kernel_shape: [3], pads: [1, 1] },
  });
  const flat = graph.node("Squeeze", [graph.node("Relu", [mixed]), graph.constant(undefined, [0], [1])]);
  return graph.node("Add", [words, graph.node("Transpose", [flat], { ints: { perm: [1, 0] } })]);
};

function attentionOver(count: number): Layer {
  return (graph, words) => {
    const places = graph.constant(undefined, floats(count * WIDTH), [count, WIDTH]);
    const x = graph.node("Add", [norm(graph, words), places]);
    const perHead = graph.constant(undefined, [-1, HEADS, WIDTH / HEADS], [3]);
    const [query, key, value] = [
      [1, 0, 2],
      [1, 2, 0],
      [1, 0, 2],
    ].map((perm) =>
      graph.node("Transpose", [graph.node("Reshape", [dense(graph, x, WIDTH, WIDTH), perHead])], { ints: { perm } }),
    );
    const scale = graph.constant(undefined, Float32Array.of((WIDTH / HEADS) ** -0.5), [1]);
    const scores = graph.node("Mul", [graph.node("MatMul", [query, key]), scale]);
    const heard = graph.node("MatMul", [graph.node("Softmax", [scores], { ints: { axis: -1 } }), value]);
    const back = graph.node("Transpose", [heard], { ints: { perm: [1, 0, 2] } });
    const joined = graph.node("Reshape", [back, graph.constant(undefined, [-1, WIDTH], [2])]);
    return graph.node("Add", [words, dense(graph, joined, WIDTH, WIDTH)]);
  };
}

/** Without layers the grams of the whole text are summed; with them those of each word, rows of zeros filling up the shorter. */
function layOut(layers: readonly Layer[], grams: readonly number[]): Uint8Array {
  const graph = createGraphBuilder();
  const table = Int8Array.from({ length: (ROWS + 1) * WIDTH }, (_, i) => (i < ROWS * WIDTH ? random() * 254 : 0));
  const picked = graph.node("Gather", [graph.constant("table", table, [ROWS + 1, WIDTH]), "ids"]);
  const scales = graph.node("Gather", [graph.constant("scale", floats(ROWS + 1), [ROWS + 1, 1]), "ids"]);
  const rows = graph.node("Mul", [graph.node("Cast", [picked], { ints: { to: ELEMENT_TYPE_FLOAT } }), scales]);
  const overGrams = graph.constant(undefined, [grams.length - 1], [1]);
  let x = graph.node("ReduceSum", [rows, overGrams], { ints: { keepdims: layers.length === 0 ? 1 : 0 } });
  for (const layer of layers) x = layer(graph, x);
  if (layers.length > 0)
    x = graph.node("ReduceSum", [x, graph.constant(undefined, [0], [1])], { ints: { keepdims: 1 } });
  const output = dense(graph, norm(graph, x), WIDTH, NUMBERS);
  graph.node("LpNormalization", [output], { ints: { axis: 1, p: 2 } }, "embedding");
  return graph.finish(
    [{ name: "ids", type: ELEMENT_TYPE_INT64, dims: grams }],
    [{ name: "embedding", type: ELEMENT_TYPE_FLOAT, dims: [1, NUMBERS] }],
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

ort.env.wasm.numThreads = 1;
const words = TEXT.trim().split(" ").slice(0, 40);
const ids = hashGrams(words.join(" ")).map((hash) => hash % ROWS);
const ofWords = words.map((word) => hashGrams(word).map((hash) => hash % ROWS));
const longest = Math.max(...ofWords.map(({ length }) => length)) + 1; // one more for the pair with the next word
const padded = ofWords.flatMap((row) => [...row, ...Array<number>(longest - row.length).fill(ROWS)]);
const layers = {
  bag: [],
  conv1: [convolution],
  conv2: [convolution, convolution],
  attention: [attentionOver(words.length)],
};
const shapes = await Promise.all(
  Object.entries(layers).map(async ([name, of]) => {
    const [dims, values] = of.length === 0 ? [[ids.length], ids] : [[words.length, longest], padded];
    const model = layOut(of, dims);
    const session = await ort.InferenceSession.create(model);
    const feeds = { ids: new ort.Tensor("int64", BigInt64Array.from(values, BigInt), dims) };
    return { name, bytes: model.length, milliseconds: [] as number[], run: () => session.run(feeds) };
  }),
);
for (let turn = 0; turn < TURNS; turn++) {
  for (const { run, milliseconds } of shapes) {
    const before = process.cpuUsage();
    for (let i = 0; i < RUNS; i++) await run();
    const { user, system } = process.cpuUsage(before);
    milliseconds.push((user + system) / 1000 / RUNS);
  }
}
console.log(`${words.length} words, ${ids.length} grams\n| shape | bytes | CPU ms |\n|---|--:|--:|`);
for (const { name, bytes, milliseconds } of shapes) {
  console.log(`| ${name} | ${bytes.toLocaleString("en")} | ${median(milliseconds).toFixed(2)} |`);
}
