/** The sentence encoder beside TensorFlow.js on a thousand real sentences. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { normaliseText } from "../../src/text/normalise-text.ts";
import { proveSentences } from "../support/sentence-proof.ts";
import { MISSING_SHARED_DATA, SHARED_DIR } from "../support/shared-data.ts";

const SENTENCES = 1_000;

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
    expect(texts.length).toBe(SENTENCES);
    const { otherTokens, lowestCosine } = await proveSentences(texts);
    console.log(`${texts.length} sentences: lowest cosine ${JSON.stringify(lowestCosine)}`);
    expect(otherTokens).toEqual([]);
    expect(lowestCosine.float32).toBeGreaterThan(0.99999);
    expect(lowestCosine["int8-dynamic"]).toBeGreaterThan(0.995);
  });
});
