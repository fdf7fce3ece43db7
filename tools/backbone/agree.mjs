// Does ONNX Runtime Web compute what torch computed? Reads the photos and embeddings that export.py
// left in the work folder; exits with 1 when the least cosine is below .9999.
//
//   node tools/backbone/agree.mjs models/<name>.json [work folder]
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as ort from "onnxruntime-web/wasm";

const LEAST_COSINE = 0.9999;

const here = path.dirname(fileURLToPath(import.meta.url));
const [manifestPath, work = path.join(here, ".work")] = process.argv.slice(2);
const { file, input, output } = JSON.parse(readFileSync(manifestPath, "utf8"));

ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(readFileSync(path.join(path.dirname(manifestPath), file)));
const pictures = readFloats("agree-input.f32");
const expected = readFloats("agree-embedding.f32");
const pictureLength = 3 * input.height * input.width;

let least = 1;
for (let i = 0; i * pictureLength < pictures.length; i++) {
  const picture = pictures.slice(i * pictureLength, (i + 1) * pictureLength);
  const tensor = new ort.Tensor("float32", picture, [1, 3, input.height, input.width]);
  const { [output.name]: embedding } = await session.run({ [input.name]: tensor });
  const wanted = expected.subarray(i * output.dimension, (i + 1) * output.dimension);
  least = Math.min(least, cosine(embedding.data, wanted));
}
console.log(`${pictures.length / pictureLength} photos, least cosine ${least.toFixed(8)}`);
if (!(least >= LEAST_COSINE)) process.exitCode = 1;

/** A file of float32 in the work folder. */
function readFloats(name) {
  const bytes = readFileSync(path.join(work, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Cosine of two vectors of one length; NaN when they differ in length. */
function cosine(a, b) {
  if (a.length !== b.length) return Number.NaN;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}
