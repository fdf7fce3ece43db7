/**
 * A backbone in TensorFlow.js on its wasm backend (XNNPACK, SIMD, one thread), built from the layers of the ONNX file, so
 * that two runtimes are timed on one network.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { type Convolution, type Layer, planLayers } from "../../src/backbone/layers.ts";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { readOnnxFile } from "../../src/backbone/onnx-file.ts";
import type { BackboneSession } from "../../src/backbone/session.ts";

/** Adds one tensor to those known by name. Layout is NHWC, TensorFlow's own. */
type Step = (values: Map<string, tf.Tensor4D>) => void;

/** Builds the network. Throws when the graph holds an operator that `planLayers` does not know. */
export async function createTfjsSession(model: Uint8Array, manifest: BackboneManifest): Promise<BackboneSession> {
  await startBackend();
  const { input, output } = manifest;
  const plan = planLayers(readOnnxFile(model), output.name);
  if (!plan.ok) throw new Error(`this backbone is not comparable: ${plan.error}`);
  const { layers, output: last } = plan.value;
  const steps = layers.map(planStep);
  return {
    async run(tensor) {
      const result = tf.tidy(() => {
        const planes = tf.tensor4d(tensor, [1, 3, input.height, input.width]);
        const values = new Map([[input.name, tf.transpose(planes, [0, 2, 3, 1])]]);
        for (const step of steps) step(values);
        return get(values, last);
      });
      const data = await result.data();
      result.dispose();
      return Float32Array.from(data);
    },
  };
}

async function startBackend(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${path.dirname(entry)}${path.sep}`);
  setThreadsCount(1);
  await tf.setBackend("wasm");
  if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) throw new Error("this machine runs no SIMD in wasm");
}

function planStep(layer: Layer): Step {
  if (layer.kind === "convolution") return planConvolution(layer);
  if (layer.kind === "average") {
    return (values) => values.set(layer.output, tf.mean(get(values, layer.input), [1, 2], true));
  }
  if (layer.kind !== "concat")
    throw new Error(`a ${layer.kind} is in networks of whole numbers only, which are not compared`);
  return (values) =>
    values.set(
      layer.output,
      tf.concat(
        layer.inputs.map((name) => get(values, name)),
        3,
      ),
    );
}

function planConvolution(layer: Convolution): Step {
  const { weight, isDepthwise, stride, top, left, bottom, right, input, output, skip } = layer;
  const [outputs, inputs, height, width] = weight.dims;
  const filter = tf.tidy(() => {
    const stored = tf.tensor4d(weight.data, [outputs, inputs, height, width]);
    return tf.transpose(stored, isDepthwise ? [2, 3, 0, 1] : [2, 3, 1, 0]);
  });
  const bias = tf.tensor1d(layer.bias);
  const isEven = top === bottom && left === right && top === left;
  const activation = nameActivation(layer);
  const convolve = isDepthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  // An activation comes after the addition, which XNNPACK does not fuse.
  const options = {
    filter,
    strides: stride,
    pad: isEven ? top : ("valid" as const),
    bias,
    activation: skip === null ? activation : "linear",
  } as const;
  return (values) => {
    const x = get(values, input);
    const convolved = convolve({
      x: isEven
        ? x
        : tf.pad(x, [
            [0, 0],
            [top, bottom],
            [left, right],
            [0, 0],
          ]),
      ...options,
    });
    values.set(output, skip === null ? convolved : activate(tf.add(convolved, get(values, skip)), activation));
  };
}

function nameActivation({ low, high }: Convolution): "linear" | "relu" | "relu6" {
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return "linear";
  if (low === 0 && high === Number.POSITIVE_INFINITY) return "relu";
  if (low === 0 && high === 6) return "relu6";
  throw new Error(`an activation between ${low} and ${high} has no counterpart in this benchmark`);
}

function activate(x: tf.Tensor4D, activation: "linear" | "relu" | "relu6"): tf.Tensor4D {
  if (activation === "linear") return x;
  return activation === "relu" ? tf.relu(x) : tf.relu6(x);
}

function get(values: ReadonlyMap<string, tf.Tensor4D>, name: string): tf.Tensor4D {
  const value = values.get(name);
  if (value === undefined) throw new Error(`the network reads ${name} before it is computed`);
  return value;
}
