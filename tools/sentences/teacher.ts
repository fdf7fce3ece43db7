/** Lays out the teacher, the English sentence encoder in float32, for teacher.py: work/teacher/. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { layOutEncoder } from "../../cli/backbone/sentences/lay-out-encoder.ts";
import { makeTokenizerFile } from "../../cli/backbone/sentences/sentence-tokenizer.ts";
import { readSentenceWeights } from "../../cli/backbone/sentences/sentence-weights.ts";

const folder = path.join(process.argv[2] ?? "work", "teacher");
const weights = await readSentenceWeights();
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "model.onnx"), layOutEncoder(weights, "float32"));
writeFileSync(path.join(folder, "tokenizer.json"), makeTokenizerFile(weights.vocabulary));
