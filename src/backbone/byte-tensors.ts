/** Which tensors of a network can lie as bytes: a quarter of the memory, and the kernel for bytes multiplies them. Pure. */

import { inputsOf, type Layer } from "./layers.ts";
import { fitsBytes, MAX_BYTE } from "./pack-weights.ts";

/** Names of tensors of whole numbers from 0 to 127 that only convolutions in bytes read. */
export function findByteTensors(layers: readonly Layer[], output: string): Set<string> {
  const names = new Set(layers.filter(makesBytes).map((layer) => layer.output));
  names.delete(output);
  for (const layer of layers) {
    const bytes = multipliesBytes(layer) && layer.skip !== layer.input ? layer.input : null;
    for (const name of inputsOf(layer)) if (name !== bytes) names.delete(name);
  }
  return names;
}

function makesBytes(layer: Layer): boolean {
  return "isFloored" in layer && layer.isFloored && layer.low >= 0 && layer.high <= MAX_BYTE;
}

function multipliesBytes(layer: Layer): layer is Extract<Layer, { kind: "convolution" }> {
  const isScaled = layer.kind === "convolution" && layer.scale !== null && !layer.isDepthwise;
  return isScaled && fitsBytes(layer.weight);
}
