/** Runs a network in floats over photos and collects what its convolutions read. */
import type { Layer } from "../../../src/backbone/layers.ts";
import { openGraph } from "../../onnx/inspect-graph.ts";
import { decodeOnnx, encodeOnnx } from "../../onnx/onnx-model.ts";
import { createRangeCollector, type RangeCollector } from "./channel-ranges.ts";

/** `tensors` are float32 [3, height, width] as the manifest prepares photos. */
export async function observeRanges(
  model: Uint8Array,
  {
    layers,
    input,
  }: { readonly layers: readonly Layer[]; readonly input: { name: string; height: number; width: number } },
  tensors: readonly Float32Array[],
): Promise<RangeCollector> {
  const names = new Set(layers.flatMap((layer) => (layer.kind === "convolution" ? [layer.input] : [])));
  names.delete(input.name);
  const collector = createRangeCollector();
  const graph = await openGraph(exposeTensors(model, names), input);
  try {
    for (const tensor of tensors) {
      collector.add(input.name, tensor, 3);
      for (const [name, { data, dims }] of await graph.run(tensor, [...names])) collector.add(name, data, dims[1]);
    }
  } finally {
    await graph.close();
  }
  return collector;
}

/** The same network, with these tensors as further outputs. */
function exposeTensors(model: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const decoded = decodeOnnx(model);
  decoded.graph.output.push(...[...names].map((name) => ({ name })));
  return encodeOnnx(decoded);
}
