/** Sentence encoders of others: read as their files say, run with their special tokens, refused with the reason. */
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { useEncoder } from "../../cli/backbone/encoder/use-encoder.ts";
import { findPlacedTextBackbone } from "../../cli/backbone/placed-text-backbone.ts";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import { isTextBackbone } from "../../cli/backbone/text-backbones.ts";
import { createNodeTextEmbedder } from "../../cli/evaluate/node-text-embedder.ts";
import { readText } from "../../src/text/read-text.ts";
import { layOutSmallEncoder, SMALL_TOKENIZER, type SmallEncoder, writeEncoder } from "../support/small-encoder.ts";
import { makeTempFolder } from "../support/temp-folder.ts";

const MEAN = { "1_Pooling/config.json": { pooling_mode_mean_tokens: true, pooling_mode_cls_token: false } };
const CLS = { "1_Pooling/config.json": { pooling_mode_mean_tokens: false, pooling_mode_cls_token: true } };

function smallFiles(graph: SmallEncoder = {}) {
  return { "model.onnx": layOutSmallEncoder(graph), "tokenizer.json": SMALL_TOKENIZER };
}

/** Places the encoder with nothing but its own numbers, and reads `text` with it. */
async function encodeWith(files: Readonly<Record<string, unknown>>, text: string) {
  const placed = await useEncoder(await writeEncoder(files), path.join(await makeTempFolder(), "active"), {
    characters: 0,
  });
  const { embedder, tokenise } = await createNodeTextEmbedder(placed);
  const read = readText(text, tokenise, placed.manifest.input.maxTokens);
  if (!read.ok) throw new Error(read.error.detail);
  const encoded = await embedder.encode(read.value);
  if (!encoded.ok) throw new Error(encoded.error.detail);
  return { placed, numbers: Array.from(encoded.value), read: read.value };
}

describe("a sentence encoder of others", () => {
  it("is read by the mean of all tokens, special ones included, where its pooling says so", async () => {
    const { placed, numbers } = await encodeWith({ ...smallFiles(), ...MEAN }, "Refund");
    expect(numbers).toEqual([2 / 4, 18 / 4, 16 / 4]); // [CLS] re ##fund [SEP]: twice their mean
    expect(placed.manifest).toMatchObject({
      name: "small-encoder",
      input: { maxTokens: 14, frame: { before: [1], after: [2] }, attentionMask: "attention_mask" },
      output: { pooling: "mean", dimension: 3 },
    });
    expect(placed.notes).toEqual(expect.arrayContaining([expect.stringMatching(/^It takes [\d.]+ MB of wasm memory/)]));
    expect(placed.notes.join()).not.toContain("Assumed");
  });

  it("is read by the first token where its pooling says so", async () => {
    expect((await encodeWith({ ...smallFiles(), ...CLS }, "cold")).numbers).toEqual(
      [0, 8 / 3, 8 + 9 / 3].map((value) => expect.closeTo(value, 5)),
    );
  });

  it("may give the sentence itself, without masks and types", async () => {
    const graph = { inputs: ["input_ids"], output: "sentence_embedding", isPerToken: false };
    const { numbers, placed } = await encodeWith(smallFiles(graph), "cold");
    expect(numbers.map((value) => value * 3)).toEqual([0, 16, 18].map((value) => expect.closeTo(value, 5)));
    expect(placed.manifest.output.pooling).toBeUndefined();
  });

  it("puts its special tokens around every window of a long text", async () => {
    const { numbers, read } = await encodeWith({ ...smallFiles(), ...MEAN }, "cold ".repeat(20));
    expect(read.windows.map(({ length }) => length)).toEqual([10, 10]);
    expect(numbers).toEqual([0, 16 / 12, 36 / 12].map((value) => expect.closeTo(value, 5)));
  });

  it("says how much of a text its tokenizer could not read", async () => {
    const { read } = await encodeWith({ ...smallFiles(), ...MEAN }, "refund заказ");
    expect(read.unreadShare).toBeCloseTo(5 / 11, 5);
  });

  it("has another id by another pooling, and the same id every time", async () => {
    const id = async (extra: object) => (await encodeWith({ ...smallFiles(), ...extra }, "cold")).placed.manifest.id;
    const [mean, again, cls] = [await id(MEAN), await id(MEAN), await id(CLS)];
    expect(again).toBe(mean);
    expect(cls).not.toBe(mean);
  });

  it("computes what the project's own encoder computes from the same files", async () => {
    const own = await useSentences(path.join(await makeTempFolder(), "own"), 0);
    const folder = path.join(await makeTempFolder(), "usel");
    await mkdir(path.join(folder, "onnx"), { recursive: true });
    await copyFile(own.file, path.join(folder, "onnx/model_quantized.onnx"));
    await copyFile(own.tokenizerFile, path.join(folder, "tokenizer.json"));
    const placed = await useEncoder(folder, path.join(await makeTempFolder(), "active"), { characters: 0 });
    const text = "Where is my refund? ".repeat(3);
    const [a, b] = await Promise.all(
      [own, placed].map(async (backbone) => {
        const { embedder, tokenise } = await createNodeTextEmbedder(backbone);
        const read = readText(text, tokenise, 128);
        return read.ok ? embedder.embed(read.value) : read;
      }),
    );
    expect(a.ok).toBe(true);
    expect(b).toEqual(a);
  });

  it("comes from an address as from a folder", async () => {
    const folder = await writeEncoder({ ...smallFiles(), ...MEAN });
    const server = createServer((request, response) => {
      readFile(path.join(folder, request.url ?? "").replace("/org/small", "")).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // -- of a TCP server
    const address = `http://127.0.0.1:${port}/org/small`;
    expect(await isTextBackbone(address)).toBe(true);
    const placed = await useEncoder(address, path.join(await makeTempFolder(), "active"), {});
    expect(placed.manifest).toMatchObject({ name: "small", origin: address, output: { pooling: "mean" } });
  });
});

describe("refuses what is not an encoder for a Worker, and leaves the one in place", () => {
  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ["a folder without a network", { "tokenizer.json": SMALL_TOKENIZER }, /has no network.*model\.onnx/],
    ["a tokenizer that is no JSON", { ...smallFiles(), "tokenizer.json": "{" }, /tokenizer\.json cannot be used/],
    [
      "a tokenizer of an unknown kind",
      { ...smallFiles(), "tokenizer.json": { model: { type: "Runes" } } },
      /cannot be used/,
    ],
    ["a file that is no network", { ...smallFiles(), "model.onnx": "no network" }, /not an ONNX model/],
    ["a network for photos", smallFiles({ inputs: ["pixel_values", "input_ids"] }), /takes pixel_values, input_ids/],
    ["a network beyond an asset", { ...smallFiles(), "model.onnx": new Uint8Array(27_000_000) }, /25\.7 MiB.*int8/],
    [
      "a pooling that nobody knows here",
      { ...smallFiles(), "1_Pooling/config.json": {} },
      /neither the mean nor the first/,
    ],
  ])("%s", async (_what, files, reason) => {
    const active = path.join(await makeTempFolder(), "active");
    const before = await useEncoder(await writeEncoder({ ...smallFiles(), ...MEAN }), active, {});
    await expect(useEncoder(await writeEncoder(files), active, {})).rejects.toThrow(reason);
    expect((await findPlacedTextBackbone(active))?.manifest).toEqual(before.manifest);
  });

  it("says what it assumed", async () => {
    const { placed } = await encodeWith(smallFiles(), "cold");
    expect(placed.notes.join(" ")).toContain("Assumed: --pooling mean");
    expect(placed.manifest.languages).toEqual(["und"]);
  });
});
