// Answers for texts as the deployment does, a line of stdin each: node classify-text.js folder < texts.txt
// The folder is the archive unpacked.   (npm install onnxruntime-web @huggingface/tokenizers)
import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import { Tokenizer } from "@huggingface/tokenizers";
import * as ort from "onnxruntime-web";
import { hashedGrams } from "./hashed-grams.js";
import { characterGrams, normalise, splitIntoWindows } from "./text.js";

const folder = process.argv[2];
const readJson = async (name) => JSON.parse(await readFile(`${folder}/${name}`, "utf8"));
const about = await readJson("labels.json");
const file = await readJson("tokenizer.json");
const tokenise = file.model.type === "HashedGrams" ? (text) => hashedGrams(text, file.model) : createTokeniser();
ort.env.wasm.numThreads = 1;
const session = await ort.InferenceSession.create(await readFile(`${folder}/model.onnx`));
for (const line of (await readAll(process.stdin)).trimEnd().split("\n"))
  console.log(JSON.stringify(await classify(line)));

function createTokeniser() {
  const tokenizer = new Tokenizer(file, {});
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
}

async function classify(line) {
  const { name, frame, maxTokens, numbers, characters, attentionMask, tokenTypeIds } = about.input;
  const text = normalise(line);
  const ids = tokenise(text);
  const row = (values) => new ort.Tensor("int64", BigInt64Array.from(values, BigInt), [1, values.length]);
  let answer = { encoded: new ort.Tensor("float32", new Float32Array(numbers), [1, numbers]) };
  for (const part of splitIntoWindows(ids, maxTokens)) {
    const tokens = [...frame.before, ...part, ...frame.after];
    const feeds = { [name]: row(tokens), before: answer.encoded };
    feeds.share = new ort.Tensor("float32", [part.length / ids.length], [1, 1]);
    if (characters) feeds.characters = new ort.Tensor("float32", characterGrams(text), [1, 512]);
    if (attentionMask) feeds[attentionMask] = row(tokens.map(() => 1));
    if (tokenTypeIds) feeds[tokenTypeIds] = row(tokens.map(() => 0));
    answer = await session.run(feeds);
  }
  const scored = about.items.map(({ id }, k) => ({ label: id, score: answer.scores.data[k] }));
  const predictions = scored.sort((a, b) => b.score - a.score);
  return { predictions, none: answer.none.data[0], unknown: answer.unknown.data[0] === 1 };
}
