/** What the text benchmark reads, keeps and counts. */
import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { encodeKept } from "../../cli/bench/text/kept-texts.ts";
import { judgeHead, judgeRivals } from "../../cli/bench/text/text-judges.ts";
import type { EncodedText } from "../../cli/evaluate/embed-texts.ts";
import type { NodeTextEmbedder } from "../../cli/evaluate/node-text-embedder.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { ok } from "../../src/shared/result.ts";
import { characterGrams } from "../../src/text/grams.ts";
import { normalNumbers } from "../head/synthetic.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

/** An encoder of four numbers that counts what it is given. */
function countingEncoder(id: string) {
  const read: string[] = [];
  const manifest = {
    modality: "text" as const,
    id,
    name: "counting",
    file: "",
    bytes: 1,
    sha256: id,
    tokenizer: { file: "", sha256: id },
    input: { name: "ids", maxTokens: 8 },
    output: { name: "e", dimension: 4, blocks: [{ source: "encoder" as const, dimension: 4, weight: 1 }] },
    languages: ["en"],
    licence: "none",
    origin: "test",
  };
  const encoder: NodeTextEmbedder = {
    tokenise: (text) => ({ ids: [text.length], unreadShare: 0.25 }),
    embedder: {
      manifest,
      encode: async ({ text }) => {
        read.push(text);
        return ok(Float32Array.of(text.length, 1 / 3, -2, 0.1));
      },
      embed: () => Promise.reject(new Error("not asked for")),
      warmUp: async () => undefined,
    },
  };
  return { encoder, read };
}

describe("texts that were encoded before", () => {
  const texts = [
    { label: "a", text: "first one" },
    { label: "b", text: "second" },
  ];

  it("are read from the file, the same numbers, until the backbone or the list is another", async () => {
    const folder = await makeTempFolder();
    const { encoder, read } = countingEncoder("a".repeat(64));
    const fresh = await encodeKept(texts, encoder, folder);
    const again = await encodeKept(texts, encoder, folder);
    expect(again).toEqual(fresh);
    expect(again[0].sources).toEqual({
      encoder: Float32Array.of(9, 1 / 3, -2, 0.1),
      characters: characterGrams("first one"),
    });
    expect(read).toEqual(["first one", "second"]);

    await encodeKept([{ label: "c", text: "second" }], encoder, folder);
    const other = countingEncoder("b".repeat(64));
    await encodeKept(texts, other.encoder, folder);
    expect([read.length, other.read.length]).toEqual([3, 2]);
  });

  it("are encoded again where the file is damaged", async () => {
    const folder = await makeTempFolder();
    const { encoder, read } = countingEncoder("a".repeat(64));
    const fresh = await encodeKept(texts, encoder, folder);
    const [file] = await readdir(folder);
    await writeFile(path.join(folder, file), '[{"classId":1}]');
    const again = await encodeKept(texts, encoder, folder);
    expect(again.map(({ sources }) => sources)).toEqual(fresh.map(({ sources }) => sources));
    expect(read.length).toBe(4);
  });
});

describe("the judges of the text benchmark", () => {
  const normal = normalNumbers(3);
  /** Class c lies along axis c; `mislabelled` of them along the next one. */
  const rowsOf = (classId: number, count: number, mislabelled = 0): EncodedText[] =>
    Array.from({ length: count }, (_, i) => {
      const noise = () => Float32Array.from({ length: 512 }, normal);
      const sources = { encoder: noise(), characters: noise() };
      sources.encoder[i < mislabelled ? (classId + 1) % 2 : classId] += 150;
      return { classId: `c${classId}`, text: `word${classId} number ${i}`, sources, unreadShare: 0, milliseconds: 0 };
    });
  const trial = {
    learnt: [...rowsOf(0, 6), ...rowsOf(1, 6)],
    judged: [...rowsOf(0, 90, 9), ...rowsOf(1, 10, 5)],
    kernels: loadHeadKernels(),
  };

  it("count every text once, and every class once", () => {
    const { figures, further } = judgeHead(trial, rowsOf(0, 4, 1));
    expect(figures).toEqual({ accuracy: 0.86, recall: expect.closeTo(0.7, 10), characters: 0.5 });
    expect(further).toMatchObject({ accuracy: 0.75, recall: 0.75 });
  });

  it("let regression read the same embeddings, and words without any", () => {
    const figures = judgeRivals(trial, 0.5);
    expect(figures.logistic).toBe(0.86);
    expect(figures.tfIdf).toBe(1);
    expect(judgeRivals(trial, 0.5, figures.strengths)).toEqual(figures);
  });
});
