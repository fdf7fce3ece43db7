// Answers for photos as the deployment does: node classify.js menu.onnx photo.jpg ...   (npm install onnxruntime-web sharp)
import { readFile } from "node:fs/promises";
import * as ort from "onnxruntime-web";
import sharp from "sharp";
import { readAbout, toTensor } from "./photo.js";

const [model, ...photos] = process.argv.slice(2);
const bytes = await readFile(model);
const about = readAbout(bytes);
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(bytes);
for (const photo of photos) {
  const { data, info } = await sharp(photo)
    .rotate()
    .toColourspace("srgb")
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { name, height, width } = about.input;
  const tensor = toTensor({ data, width: info.width, height: info.height }, about.input);
  const views = tensor.length / (3 * height * width);
  const answer = await session.run({ [name]: new ort.Tensor("float32", tensor, [views, 3, height, width]) });
  const scored = about.items.map(({ id }, k) => ({ label: id, score: answer.scores.data[k] }));
  const predictions = scored.sort((a, b) => b.score - a.score);
  console.log(JSON.stringify({ predictions, none: answer.none.data[0], unknown: answer.unknown.data[0] === 1 }));
}
