/** Drops what a graph's outputs do not need: nodes, weights, and notes about tensors that are gone. */
import type { OnnxGraph, OnnxNode } from "./onnx-model.ts";

/** Changes `graph` in place. Inputs that are not weights stay. */
export function pruneGraph(graph: OnnxGraph): void {
  const needed = new Set(graph.output.map(({ name }) => name));
  const kept: OnnxNode[] = [];
  // Nodes are in topological order (the format demands it), so one walk backwards sees every user before its producer.
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((name) => needed.has(name))) continue;
    kept.push(node);
    for (const name of namesUsedBy(node)) needed.add(name);
  }
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const produced = new Set(kept.flatMap((node) => node.output));
  graph.node = kept.reverse();
  graph.initializer = graph.initializer.filter(({ name }) => needed.has(name));
  graph.input = graph.input.filter(({ name }) => needed.has(name) || !weights.has(name)); // old files list weights too
  graph.value_info = graph.value_info.filter(({ name }) => produced.has(name));
}

/** A node's inputs, and every name that its subgraphs use, which may be one of the outer graph. */
function namesUsedBy(node: OnnxNode): string[] {
  const subgraphs = node.attribute.flatMap(({ g, graphs }) => [...(g ? [g] : []), ...(graphs ?? [])]);
  const inner = subgraphs.flatMap((graph) => [
    ...graph.node.flatMap(namesUsedBy),
    ...graph.output.map(({ name }) => name),
  ]);
  return [...node.input, ...inner];
}
