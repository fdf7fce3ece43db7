/** A head behind the encoder of three languages, outside of a deployment: what the example reads of a text without a vocabulary. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, it } from "vitest";
import { useThreeLanguages } from "../../cli/backbone/three-languages/use-three-languages.ts";
import { joinRows } from "../../cli/evaluate/choose-blocks.ts";
import { encodeTexts } from "../../cli/evaluate/embed-texts.ts";
import { createNodeTextEmbedder } from "../../cli/evaluate/node-text-embedder.ts";
import { unpackZip } from "../../cli/import/unpack-zip.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { makePortableFile } from "../../src/backbone/portable/portable-file.ts";
import { fitHead } from "../../src/head/fit.ts";
import { predict } from "../../src/head/predict.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import { expectSameAnswers } from "../support/portable-answers.ts";
import { runWithInput } from "../support/run-with-input.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const TAUGHT = [
  ["refund", "Верните мне деньги"],
  ["refund", "Когда придёт возврат?"],
  ["refund", "I want my money back"],
  ["delivery", "Где моя посылка?"],
  ["delivery", "Когда привезут заказ?"],
  ["delivery", "Where is my parcel?"],
].map(([label, text]) => ({ label, text }));
/** Syllables, signs, letters with marks, characters of two units, runs of one character, more grams than a window of tokens holds. */
const ASKED = [
  "환불해 주세요",
  "Где мой возврат? Ещё не пришёл!!!",
  "슬픈 영화 😭😭😭 №5 ½ ﬁn İstanbul",
  "한국 café naïve e\u0301te\u0301 10000000",
  "👍🏽",
  "택배는 언제 도착하나요ㅋㅋㅋㅋ ".repeat(60).trim(),
];

it("is answered with the example as here, whatever is written", async () => {
  const [folder, unpacked] = [await makeTempFolder(), path.join(await makeTempFolder(), "archive")];
  const placed = await useThreeLanguages(folder);
  const encoder = await createNodeTextEmbedder(placed);
  const encode = async (texts: typeof TAUGHT) => joinRows((await encodeTexts(texts, "", encoder)).rows, 0.5);
  const { rows, dimension } = await encode(TAUGHT);
  const statistics = createStatistics(dimension);
  const classIds = ["delivery", "refund"];
  const kernels = loadHeadKernels();
  addExamples(statistics, rows, kernels);
  const fitted = fitHead(statistics, rows, { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05 });
  if (!fitted.ok) throw new Error(fitted.error.message);
  const { head } = fitted.value;
  const asked = await encode(ASKED.map((text) => ({ label: "", text })));
  const expected = asked.rows.map(({ embedding }) => {
    const { scores, none, isUnknown } = predict(head, embedding);
    return { predictions: scores.map(({ classId, score }) => ({ label: classId, score })), none, unknown: isUnknown };
  });
  const items = classIds.map((id) => ({ id, name: id, names: {}, threshold: null }));
  const read = async (_: string, file: string) =>
    new Uint8Array(await readFile(path.join(folder, file.endsWith(".onnx") ? "backbone.onnx" : "tokenizer.json")));
  const made = await makePortableFile(placed.manifest, read, { version: 1, head, items });
  const archive = `${unpacked}.zip`;
  await writeFile(archive, Buffer.concat(made?.pieces ?? []));
  expect(await unpackZip(archive, unpacked)).toEqual([]);
  const example = [path.join(PROJECT_ROOT, "examples/portable/classify-text.js"), unpacked];
  const output = await runWithInput(process.execPath, example, ASKED.join("\n"));
  expectSameAnswers("three languages in onnxruntime-web", output, expected, 1e-5);
});
