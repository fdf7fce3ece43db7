/**
 * A head as operators behind a network: what `head/embedding.ts`, `predict.ts` and `strangeness.ts` compute, in float32. The file
 * rounds embeddings to int8 as the Worker does: the head was fitted to the rounded ones, and where its measure of distance
 * goes in steps, numbers that are not rounded fall on the other side of one more often.
 */
import { MAX_QUANTUM } from "../../head/embedding.ts";
import { NEAR_DUPLICATE_COSINE } from "../../head/near-duplicates.ts";
import type { Head } from "../../head/predict.ts";
import type { Strangeness } from "../../head/strangeness.ts";
import type { GraphWriter } from "./graph-writer.ts";
import { ELEMENT_TYPE } from "./onnx-bytes.ts";

/** Where float32 is nearly zero: what is divided by it or whose logarithm is taken is 0 or more. */
const TINY = 1e-37;

/** K items by the index of their row in the head, and the least score of each, 0 for none. */
export interface ServedRows {
  readonly rows: readonly number[];
  readonly thresholds: readonly number[];
}

/** Adds the outputs `scores` [N, K], `none`, `unknown`, `undecided` and, where the head can tell, `strangeness` [N, 1]. */
export function addHead(graph: GraphWriter, raw: string, head: Head, { rows, thresholds }: ServedRows): void {
  const { node, reduce, constant } = graph;
  const x = quantise(graph, node("Flatten", [raw], { axis: 1 }));
  const biases = constant(rows.map((k) => head.biases[k]));
  const logits = node("Gemm", [x, addRows(graph, head.weights, head.scales, rows, head.dimension), biases], GEMM);
  const probabilities = node("Softmax", [logits], { axis: 1 });
  const isUndecided = node("Greater", [entropy(graph, probabilities, rows.length), constant([head.entropyThreshold])]);
  const stranger = head.strangeness === undefined ? null : addStrangeness(graph, x, logits, head, head.strangeness);
  const always = () => node("Exp", [node("Mul", [reduce("ReduceMax", probabilities), constant([0])])]);
  const share = stranger?.itemsShare ?? always();
  node("Sub", [constant([1]), share], {}, "none");
  const scores = node("Mul", [probabilities, share], {}, "scores");
  const best = node("ArgMax", [scores], { axis: 1, keepdims: 1 });
  const least = node("Gather", [constant(thresholds), best]);
  const isLow = node("Less", [reduce("ReduceMax", scores), least]);
  node("Or", [stranger?.isStrange ?? isUndecided, isLow], {}, "unknown");
  node("Identity", [isUndecided], {}, "undecided");
  graph.output("scores", ELEMENT_TYPE.float, ["N", rows.length]);
  graph.output("none", ELEMENT_TYPE.float, ["N", 1]);
  graph.output("unknown", ELEMENT_TYPE.bool, ["N", 1]);
  graph.output("undecided", ELEMENT_TYPE.bool, ["N", 1]);
  if (stranger !== null) graph.output("strangeness", ELEMENT_TYPE.float, ["N", 1]);
}

const GEMM = { transB: 1 };

/** `values = floor(127 raw / max |raw| + 1/2)`, `x = values / |values|`. */
function quantise({ node, reduce, constant }: GraphWriter, raw: string): string {
  const peak = reduce("ReduceMax", node("Abs", [raw]));
  const stretched = node("Mul", [node("Div", [raw, peak]), constant([MAX_QUANTUM])]);
  const values = node("Floor", [node("Add", [stretched, constant([0.5])])]);
  return node("Div", [values, reduce("ReduceL2", values)]);
}

/** Some of the rows of int8 numbers, times their scales; runtimes do that once, when they load the file. */
function addRows(
  { node, constant }: GraphWriter,
  all: Int8Array,
  scales: Float32Array,
  rows: readonly number[],
  D: number,
): string {
  const values = new Int8Array(rows.length * D);
  rows.forEach((row, i) => {
    values.set(all.subarray(row * D, (row + 1) * D), i * D);
  });
  const wide = node("Cast", [constant(values, [rows.length, D])], { to: ELEMENT_TYPE.float });
  const scale = constant(
    rows.map((row) => scales[row]),
    [rows.length, 1],
  );
  return node("Mul", [wide, scale]);
}

/** `weight sum_k x_k` of [N, K], [N, 1]. */
function sum({ node, constant }: GraphWriter, x: string, K: number, weight = 1): string {
  return node("MatMul", [x, constant(new Float32Array(K).fill(weight), [K, 1])]);
}

/** `-sum_k p_k log p_k`, [N, 1]. */
function entropy(graph: GraphWriter, probabilities: string, K: number): string {
  const { node, constant } = graph;
  const logarithms = node("Log", [node("Max", [probabilities, constant([TINY])])]);
  return sum(graph, node("Mul", [probabilities, logarithms]), K, -1);
}

/** Adds the output `strangeness`; returns the names of what follows from it. */
function addStrangeness(graph: GraphWriter, x: string, logits: string, head: Head, strangeness: Strangeness) {
  const { node, constant } = graph;
  const probe = createProbe(graph, x, head.dimension, strangeness);
  const share = addShare(graph, addDistance(graph, probe, logits, strangeness), strangeness);
  const remembered = addRemembered(graph, probe, share, strangeness);
  node("Identity", [remembered], {}, "strangeness");
  const { alpha } = strangeness;
  const part = node("Div", ["strangeness", constant([Math.max(2 * alpha, TINY)])]);
  return {
    /** `1 - none`, which float32 tells apart from 0 for longer than `none` from 1. */
    itemsShare: node("Min", [part, constant([1])]),
    isStrange: node("Not", [node("Greater", ["strangeness", constant([alpha])])]),
  };
}

/** [N, count]: `count` of the measure's rows from `first` on, for this embedding. */
type Probe = (first: number, count: number) => string;

function createProbe(graph: GraphWriter, x: string, D: number, { rows, scales, offsets }: Strangeness): Probe {
  return (first, count) => {
    const indices = Array.from({ length: count }, (_, i) => first + i);
    const weights = addRows(graph, rows, scales, indices, D);
    return graph.node("Gemm", [x, weights, graph.constant(offsets.slice(first, first + count))], GEMM);
  };
}

/** `Q(x) - 2 ((1 + pull) nearest / s - pull stranger)`, [N, 1]. */
function addDistance(graph: GraphWriter, probe: Probe, logits: string, measure: Strangeness): string {
  const { node, reduce, constant } = graph;
  const { directions, curvature, pull, temperature } = measure;
  const alike = node("Mul", [probe(0, 1), constant([curvature])]);
  const across = directions === 0 ? null : probe(1, directions);
  const squares = across === null ? null : sum(graph, node("Mul", [across, across]), directions);
  const quadratic = squares === null ? alike : node("Sub", [alike, squares]);
  const nearest = node("Mul", [reduce("ReduceMax", logits), constant([(2 * (1 + pull)) / temperature])]);
  const distance = node("Sub", [quadratic, nearest]);
  if (pull === 0) return distance;
  return node("Add", [distance, node("Mul", [probe(1 + directions, 1), constant([2 * pull])])]);
}

/** `(1 + farther) / (n + 1)`, and beyond the last known distance `exp((last - distance) / tail) / (n + 1)`. */
function addShare(graph: GraphWriter, distance: string, { known, tail }: Strangeness): string {
  const { node, constant } = graph;
  const n = known.length;
  const isNearer = node("Cast", [node("Less", [constant(known, [1, n]), distance])], { to: ELEMENT_TYPE.float });
  const nearer = sum(graph, isNearer, n);
  const all = constant([n + 1]);
  const counted = node("Div", [node("Sub", [all, nearer]), all]);
  const beyond = node("Div", [node("Sub", [constant([known[n - 1]]), distance]), constant([tail])]);
  const falling = node("Div", [node("Exp", [beyond]), all]);
  return node("Where", [node("Less", [nearer, constant([n])]), counted, falling]);
}

/** 1 where the nearest remembered photo that shows the same picture was taught, 0 where it was marked, otherwise `share`. */
function addRemembered(graph: GraphWriter, probe: Probe, share: string, { taught, marked, scales }: Strangeness) {
  const { node, reduce, constant } = graph;
  const first = scales.length - taught - marked;
  const same = constant([NEAR_DUPLICATE_COSINE]);
  const nearestOf = (from: number, count: number) =>
    count === 0 ? same : node("Max", [reduce("ReduceMax", probe(from, count)), same]);
  if (taught + marked === 0) return share;
  const [likeTaught, likeMarked] = [nearestOf(first, taught), nearestOf(first + taught, marked)];
  const unlessMarked = node("Where", [node("Greater", [likeMarked, likeTaught]), constant([0]), share]);
  const isTaught = node("And", [
    node("Greater", [likeTaught, same]),
    node("Not", [node("Greater", [likeMarked, likeTaught])]),
  ]);
  return node("Where", [isTaught, constant([1]), unlessMarked]);
}
