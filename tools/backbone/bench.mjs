// Milliseconds per picture in ONNX Runtime Web, wasm, one thread: the files given, beside
// MobileNetV2 1.0 and 0.35, round by round so that a busy moment hits all alike.
//
//   node tools/backbone/bench.mjs models/<name>.onnx ...
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as ort from "onnxruntime-web/wasm";

const ROUNDS = 40;

const here = path.dirname(fileURLToPath(import.meta.url));
const shared = process.env.HEADSTART_SHARED ?? path.resolve(here, "../../../shared");
const references = ["mobilenetv2-1.0-224-fp32-backbone.onnx", "mobilenetv2-0.35-224-teachablemachine-fp32.onnx"];
const files = [...references.map((name) => path.join(shared, "backbones", name)), ...process.argv.slice(2)];

ort.env.wasm.numThreads = 1;
const contestants = [];
for (const file of files) {
  const session = await ort.InferenceSession.create(readFileSync(file));
  const size = session.inputMetadata[0].shape[2];
  const picture = Float32Array.from({ length: 3 * size * size }, (_, i) => Math.sin(i));
  contestants.push({ file, session, input: new ort.Tensor("float32", picture, [1, 3, size, size]), times: [] });
}
for (let round = 0; round < ROUNDS; round++) {
  for (const { session, input, times } of contestants) {
    const start = performance.now();
    await session.run({ input });
    times.push(performance.now() - start);
  }
}
const cost = Math.min(...contestants[0].times);
for (const { file, times } of contestants) {
  const best = Math.min(...times);
  console.log(`${path.basename(file).padEnd(52)} ${best.toFixed(2)} ms  ${(best / cost).toFixed(3)}`);
}
