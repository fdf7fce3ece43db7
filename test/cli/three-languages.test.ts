/** The encoder of Russian, Korean and English: how it is placed, only from the right weights, and what its numbers are good for. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTextBackbone } from "../../cli/backbone/text-backbones.ts";
import { SENTENCES_RU_KO_EN, useThreeLanguages } from "../../cli/backbone/three-languages/use-three-languages.ts";
import { createNodeTextEmbedder, type NodeTextEmbedder } from "../../cli/evaluate/node-text-embedder.ts";
import { evaluateTextLists } from "../../cli/headstart/evaluate-text-lists.ts";
import { MODELS_DIR } from "../../cli/shared/project-paths.ts";
import { readText } from "../../src/text/read-text.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

/** None of them was learnt from. */
const SENTENCES = [
  ["Can I return these shoes?", "Можно вернуть эти туфли?", "이 신발을 반품할 수 있나요?"],
  ["The parcel was delivered to a neighbour.", "Посылку отдали соседу.", "택배가 이웃집에 배달되었어요."],
  ["Do you have tea without sugar?", "У вас есть чай без сахара?", "설탕 없는 차가 있나요?"],
  ["My internet is slow today.", "Сегодня медленный интернет.", "오늘 인터넷이 느려요."],
  ["The window does not close.", "Окно не закрывается.", "창문이 닫히지 않아요."],
  ["I would like to talk to a manager.", "Хочу поговорить с менеджером.", "매니저와 이야기하고 싶어요."],
  ["The children liked the museum.", "Детям понравился музей.", "아이들이 박물관을 좋아했어요."],
  ["Where can I download the photos?", "Где скачать фотографии?", "사진은 어디에서 다운로드하나요?"],
];

describe("the encoder of three languages", () => {
  it("is placed by its name, with the same id every time", async () => {
    const folder = await makeTempFolder();
    const placed = await useTextBackbone(SENTENCES_RU_KO_EN, path.join(folder, "a"));
    const again = await useThreeLanguages(path.join(folder, "b"));
    expect(again.manifest).toEqual(placed.manifest);
    expect(placed.manifest).toMatchObject({ name: SENTENCES_RU_KO_EN, languages: ["ru", "ko", "en"] });
    expect(placed.manifest.bytes).toBeLessThan(8e6);
  });

  it("refuses weights that are not those of its description", async () => {
    const folder = await makeTempFolder();
    await cp(path.join(MODELS_DIR, `${SENTENCES_RU_KO_EN}.json`), path.join(folder, `${SENTENCES_RU_KO_EN}.json`));
    await expect(useThreeLanguages(path.join(folder, "a"), 0, folder)).rejects.toThrow("cannot be read");
    await writeFile(path.join(folder, `${SENTENCES_RU_KO_EN}.safetensors`), "damaged");
    await expect(useThreeLanguages(path.join(folder, "a"), 0, folder)).rejects.toThrow("is not the file that");
  });
});

describe("a text in three languages", () => {
  let encoder: NodeTextEmbedder;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-languages-"));
    encoder = await createNodeTextEmbedder(await useThreeLanguages(path.join(folder, "active")));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function encode(raw: string): Promise<Float32Array> {
    const { embedder, tokenise } = encoder;
    const read = readText(raw, tokenise, embedder.manifest.input.maxTokens);
    const encoded = read.ok ? await embedder.encode(read.value) : read;
    if (!encoded.ok) throw new Error(encoded.error.detail);
    return encoded.value;
  }

  it("lies where its translation lies", async () => {
    const [english, ...others] = await Promise.all(
      [0, 1, 2].map((language) => Promise.all(SENTENCES.map((row) => encode(row[language])))),
    );
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const found = others.flatMap((sentences) =>
      sentences.map((sentence, i) => {
        const likeness = english.map((candidate) => dot(sentence, candidate));
        return likeness.indexOf(Math.max(...likeness)) === i;
      }),
    );
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(14); // of 16
  });

  it("does not depend on what was read before, and is heard to its end", async () => {
    const first = await encode("영화가 지루했어요");
    const long = "배송이 빨라요. ".repeat(300);
    const [praise, both] = [await encode(long), await encode(`${long}${"환불해 주세요. ".repeat(300)}`)];
    expect(await encode("영화가 지루했어요")).toEqual(first);
    expect(both).not.toEqual(praise);
  });

  it("teaches in one language and answers in another, from one list", async () => {
    const lists = await makeTempFolder();
    await writeFiles(lists, {
      "mixed.tsv": [
        "label\ttext",
        "refund\tВерните мне деньги",
        "refund\tКогда придёт возврат?",
        "refund\tХочу оформить возврат оплаты",
        "delivery\tГде моя посылка?",
        "delivery\tКогда привезут заказ?",
        "delivery\tWhere is my parcel?",
      ].join("\n"),
      "ko.tsv": ["label\ttext", "refund\t환불해 주세요", "delivery\t택배는 언제 도착하나요?"].join("\n"),
    });
    const flags = { train: path.join(lists, "mixed.tsv"), test: path.join(lists, "ko.tsv"), seed: 1 };
    const options = { priorExponent: 0, unknownAlpha: 0.05 };
    const result = await evaluateTextLists({ ...flags, backbone: SENTENCES_RU_KO_EN }, options);
    expect(result).toMatchObject({ trainedOn: 6, examples: 2, accuracy: 1, unreadShare: 0 });
  });
});
