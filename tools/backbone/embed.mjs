// Embeds prepared pictures with ONNX Runtime Web, wasm, one thread: float32 in, float32 out.
//
//   node tools/backbone/embed.mjs <model.onnx> <size> <pictures.f32> <embeddings.f32>
import { readFileSync, writeFileSync } from "node:fs";
import * as ort from "onnxruntime-web/wasm";

const [model, side, source, target] = process.argv.slice(2);
const size = Number(side);

ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(readFileSync(model));
const bytes = readFileSync(source);
const pictures = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
const length = 3 * size * size;

const rows = [];
for (let start = 0; start < pictures.length; start += length) {
  const input = new ort.Tensor("float32", pictures.slice(start, start + length), [1, 3, size, size]);
  const { embedding } = await session.run({ input });
  rows.push(Buffer.from(Float32Array.from(embedding.data).buffer));
}
writeFileSync(target, Buffer.concat(rows));
