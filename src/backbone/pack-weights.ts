/** ONNX's order of weights, [outputs, inputs, height, width], to the order in which the kernels read them. Pure. */
import type { OnnxWeight } from "./onnx-file.ts";

const PANEL = 8;

/** Depth x outputs in panels of 8 outputs, depth counting height, width, inputs; `outputs` is a multiple of 8. */
export function packPanels({ dims, data }: OnnxWeight): Float32Array {
  const [outputs, inputs, height, width] = dims;
  const area = height * width;
  const packed = new Float32Array(data.length);
  let to = 0;
  for (let panel = 0; panel < outputs; panel += PANEL) {
    for (let position = 0; position < area; position++) {
      for (let input = 0; input < inputs; input++) {
        for (let lane = 0; lane < PANEL; lane++) {
          packed[to++] = data[((panel + lane) * inputs + input) * area + position];
        }
      }
    }
  }
  return packed;
}

/** 9 x channels, from [channels, 1, 3, 3]. */
export function packDepthwise({ dims, data }: OnnxWeight): Float32Array {
  const [channels] = dims;
  const area = data.length / channels;
  return Float32Array.from(data, (_, i) => data[(i % channels) * area + Math.floor(i / channels)]);
}
