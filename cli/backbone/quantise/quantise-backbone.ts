/**
 * A photo backbone in eight bits, made of the one in floats: photos show what its channels hold, then weights and the numbers between the layers
 * become whole (decision 77). The result is an ONNX file like any other, with an id of its own.
 */

import { planLayers } from "../../../src/backbone/layers.ts";
import type { BackboneManifest } from "../../../src/backbone/manifest.ts";
import { createNetwork } from "../../../src/backbone/network.ts";
import { readOnnxFile } from "../../../src/backbone/onnx-file.ts";
import { compileKernels } from "../../runtime/backbone-runtimes.ts";
import { CommandError } from "../../shared/command.ts";
import { cosineOf } from "../../shared/cosine.ts";
import { sha256Of } from "../file-identity.ts";
import { observeRanges } from "./observe-ranges.ts";
import { readTensors } from "./read-tensors.ts";
import { writeWholeNetwork } from "./write-whole-network.ts";

/** What the name of a backbone in eight bits ends with. */
const INT8_SUFFIX = "-int8";

/** Below this the numbers are too coarse for this network: its answers would be others. */
const MIN_COSINE = 0.98;

export interface QuantisedBackbone {
  readonly model: Uint8Array;
  readonly manifest: BackboneManifest;
  /** What was done, as a sentence. */
  readonly note: string;
}

/** `photosDir` holds photos, in whatever folders of it. Throws `CommandError` where the network or the photos do not fit. */
export async function quantiseBackbone(
  model: Uint8Array,
  manifest: BackboneManifest,
  photosDir: string,
): Promise<QuantisedBackbone> {
  const { name, input, output } = manifest;
  if (input.views !== undefined) {
    throw stays(name, "it looks at each photo several times; give --int8 and --views together, for the one without");
  }
  const plan = planLayers(readOnnxFile(model), output.name);
  if (!plan.ok) throw stays(name, `it has ${plan.error}, which only ONNX Runtime computes`);
  const { layers, output: result } = plan.value;
  if (layers.some(({ kind }) => kind === "rescaling")) {
    throw new CommandError(`${name} computes in eight bits already. Nothing was changed.`);
  }
  const tensors = await readTensors(photosDir, input);
  const ranges = await observeRanges(model, { layers, input }, tensors);
  const whole = writeWholeNetwork({ layers, result, input, output }, ranges.rangesOf);
  if (whole === null) throw stays(name, "the sums of one of its layers would be too large to be exact");
  const cosine = await compareEmbeddings(model, whole, manifest, tensors);
  if (!(cosine >= MIN_COSINE)) {
    throw stays(name, `its embeddings would be too far from those in floats (cosine ${cosine.toFixed(4)})`);
  }
  const quantisation = {
    of: manifest.id,
    weightBits: 8,
    activationBits: 7,
    photos: tensors.length,
    cosine: Number(cosine.toFixed(5)),
  };
  return {
    model: whole,
    manifest: { ...manifest, id: sha256Of(whole), name: `${name}${INT8_SUFFIX}`, bytes: whole.length, quantisation },
    note: `Made ${name}${INT8_SUFFIX} of it, in 8 bits, by ${tensors.length} photos of ${photosDir}: on them, the cosine to the embeddings in floats is ${cosine.toFixed(4)}.`,
  };
}

function stays(name: string, reason: string): CommandError {
  return new CommandError(`${name} stays in floats: ${reason}. Nothing was changed; it can be used without --int8.`);
}

/** The mean cosine between the embeddings of both networks; NaN where one cannot be run. */
async function compareEmbeddings(
  float: Uint8Array,
  whole: Uint8Array,
  manifest: BackboneManifest,
  tensors: readonly Float32Array[],
): Promise<number> {
  const kernels = await compileKernels();
  const [one, other] = [float, whole].map((model) => createNetwork(kernels, model, manifest));
  if (!(one.ok && other.ok)) return Number.NaN;
  const sum = tensors.reduce((total, tensor) => total + cosineOf(one.value(tensor), other.value(tensor)), 0);
  return sum / tensors.length;
}
