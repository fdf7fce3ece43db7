/** The English sentence encoder, laid out again, computes what TensorFlow.js computes: on nine sentences, and on a thousand real ones. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { normaliseText } from "../../src/text/read-text.ts";
import { MISSING_SHARED_DATA, SHARED_DIR } from "../support/shared-data.ts";
import { proveSentences } from "./sentence-proof.ts";

const REAL_SENTENCES = 1_000;
/** Short and long, with a smiley, a price, a misspelling, capitals and a script that the encoder cannot read. */
const SENTENCES = [
  "Where is my refund?",
  "The pizza arrived cold and the box was open :(",
  "I was charged 23.50 twice, please send one of them back!",
  "Do you deliver to Elm Street after ten in the evening",
  "THANK YOU, best margherita in town :-)",
  "can i chnage the adress of my ordr",
  "Ваш курьер опоздал на час",
  "Your café's crème brûlée — 5 stars ★★★★★",
  `${"My order number is 4711 and it has not come yet. ".repeat(8)}Please help.`,
];

describe("the sentence encoder", () => {
  it("reads the tokens of SentencePiece and computes what TensorFlow.js computes", async () => {
    const { otherTokens, lowestCosine } = await proveSentences(SENTENCES);
    expect(otherTokens).toEqual([]);
    expect(lowestCosine.float32).toBeGreaterThan(0.999999);
    expect(lowestCosine["int8-dynamic"]).toBeGreaterThan(0.995);
  });
});

describe.skipIf(MISSING_SHARED_DATA)("the sentence encoder on real texts", () => {
  it("has the tokens of SentencePiece and a cosine of .99999 to TensorFlow.js", async () => {
    const file = await readFile(path.join(SHARED_DIR, "data/text/banking77/test.tsv"), "utf8");
    const texts = file
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const text = normaliseText(line.split("\t")[1] ?? "");
        return text.ok ? [text.value] : [];
      });
    expect(texts.length).toBe(REAL_SENTENCES);
    const { otherTokens, lowestCosine } = await proveSentences(texts);
    console.log(`${texts.length} sentences: lowest cosine ${JSON.stringify(lowestCosine)}`);
    expect(otherTokens).toEqual([]);
    expect(lowestCosine.float32).toBeGreaterThan(0.99999);
    expect(lowestCosine["int8-dynamic"]).toBeGreaterThan(0.995);
  });
});
