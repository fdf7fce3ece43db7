/** The English sentence encoder: how it is placed, and only from the right weights. `test/rivals/` holds it against TensorFlow.js. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPlacedTextBackbone } from "../../cli/backbone/placed-text-backbone.ts";
import { readSentenceWeights, sentencePackageFolder } from "../../cli/backbone/sentences/sentence-weights.ts";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import { createNodeTextEmbedder, type NodeTextEmbedder } from "../../cli/evaluate/node-text-embedder.ts";
import { dequantiseInto } from "../../src/head/embedding.ts";
import { readText } from "../../src/text/read-text.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

describe("the sentence encoder", () => {
  it("is placed with the same id every time, and is found again", async () => {
    const folder = await makeTempFolder();
    const placed = await useSentences(path.join(folder, "a"));
    const again = await useSentences(path.join(folder, "b"));
    expect(again.manifest).toEqual(placed.manifest);
    expect(await findPlacedTextBackbone(path.join(folder, "a"))).toEqual(placed);
    await writeFile(placed.tokenizerFile, "{}");
    await expect(findPlacedTextBackbone(path.join(folder, "a"))).rejects.toThrow("is not the file of its manifest");
  });

  it("refuses weights of which one byte is another", async () => {
    const folder = path.join(await makeTempFolder(), "dist");
    await cp(sentencePackageFolder(), folder, { recursive: true });
    await writeFile(path.join(folder, "group1-shard7of7"), "damaged");
    await expect(readSentenceWeights(folder)).rejects.toThrow(/weights in .* has SHA-256 .*damaged or was exchanged/);
  });
});

describe("a text's embedding", () => {
  let encoder: NodeTextEmbedder;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-sentences-"));
    encoder = await createNodeTextEmbedder(await useSentences(path.join(folder, "active")));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("lies near a paraphrase, far from another matter, and does not depend on what was read before", async () => {
    const { embedder, tokenise } = encoder;
    const embed = async (raw: string) => {
      const read = readText(raw, tokenise, embedder.manifest.input.maxTokens);
      if (!read.ok) throw new Error(read.error.detail);
      const embedding = await embedder.embed(read.value);
      if (!embedding.ok) throw new Error(embedding.error.detail);
      const vector = new Float32Array(embedder.manifest.output.dimension);
      dequantiseInto(embedding.value, vector);
      return vector;
    };
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const refund = await embed("I want my money back");
    const again = await embed("Please refund what I paid");
    const hours = await embed("When do you open on Sundays?");
    expect(dot(refund, again)).toBeGreaterThan(dot(refund, hours) + 0.2);
    expect(await embed("I want my money back")).toEqual(refund);
  });

  it("hears the end of a mail that is longer than the encoder reads at once", async () => {
    const { embedder, tokenise } = encoder;
    const opening = "I have been a guest of yours for many years and always liked it. ".repeat(12);
    const read = [opening, `${opening}${"I want my money back now. ".repeat(12)}`].map((text) => {
      const result = readText(text, tokenise, embedder.manifest.input.maxTokens);
      if (!result.ok) throw new Error(result.error.detail);
      return result.value;
    });
    expect(read[1].windows.length).toBe(3);
    expect(read[1].windows.flat()).toEqual([...tokenise(read[1].text).ids]);
    const [short, long] = [await embedder.embed(read[0]), await embedder.embed(read[1])];
    if (!short.ok || !long.ok) throw new Error("an embedding was refused");
    const cosine = short.value.values.reduce((sum, value, i) => sum + value * long.value.values[i], 0);
    expect(cosine * short.value.scale * long.value.scale).toBeLessThan(0.9);
  });
});
