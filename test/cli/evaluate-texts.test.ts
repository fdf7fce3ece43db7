/** `headstart evaluate` on lists of texts, with the real encoder. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { chooseBlocks } from "../../cli/evaluate/choose-blocks.ts";
import { takeShots } from "../../cli/evaluate/embed-texts.ts";
import { describeDescribedLists, evaluateDescribedLists } from "../../cli/headstart/evaluate-described-lists.ts";
import { describeTextLists, evaluateTextLists } from "../../cli/headstart/evaluate-text-lists.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { normalNumbers } from "../head/synthetic.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const WIDE = `question about ${"opening hours and ".repeat(6)}holidays`;
const TRAIN = [
  "label\ttext",
  "refund\tI want my money back",
  "refund\tplease refund the second charge",
  'refund\t"you charged me twice, return one payment"',
  "complaint\tthe pizza was cold and burnt",
  "complaint\tthe driver was rude and an hour late",
  "complaint\tterrible service, never again",
  `${WIDE}\twhen do you open on sunday?`,
  `${WIDE}\tare you open on christmas eve`,
  `${WIDE}\tuntil what time can i order?`,
  "praise\tbest margherita in town, thank you!",
].join("\r\n");
const TEST = [
  "label\ttext",
  "refund\tgive me a refund for the payment",
  "complaint\tthe food came cold and late",
  `${WIDE}\tat what time do you open tomorrow?`,
  "praise\tthank you, the best pizza in town",
  "job\tdo you hire cooks?",
  "refund\tI want my money back",
  "refund\t",
].join("\n");

const RUSSIAN_REVIEWS = [
  "label\ttext",
  ...["очень вкусно", "прекрасная пицца", "быстро и вежливо", "лучшее место", "всем доволен", "спасибо, отлично"].map(
    (text) => `good\t${text}`,
  ),
  ...["холодная пицца", "ужасно долго", "грубый курьер", "больше не закажу", "невкусно", "очень плохо"].map(
    (text) => `bad\t${text}`,
  ),
];
const KOREAN_TEXTS = ["피자", "배달", "직원", "가격", "치즈", "포장"].flatMap((noun) =>
  ["정말 좋아요", "별로예요", "너무 늦었어요", "또 주문할게요"].map((said) => `${noun} ${said}`),
);

const OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

describe("evaluating texts", () => {
  it("reads both lists as they come, judges what was taught, and says what was left out", async () => {
    const folder = await makeTempFolder();
    await writeFiles(folder, { "train.tsv": Buffer.from(`\uFEFF${TRAIN}`), "test.tsv": Buffer.from(TEST) });
    const flags = { train: path.join(folder, "train.tsv"), test: path.join(folder, "test.tsv"), seed: 1 };
    const result = await evaluateTextLists({ ...flags, backbone: "sentences-en" }, OPTIONS);
    expect(result).toMatchObject({ trainedOn: 10, examples: 5, accuracy: 1, alsoLearnt: 1, refused: [] });
    expect(result.untaught).toEqual({ labels: ["job"], texts: 1 });
    expect(result.blocks.characters).toBe(0.5); // too few texts to choose by
    const lines = describeTextLists(result);
    expect(lines).toContain("test.tsv: 1 rows left out (row 8 has no text)");
    expect(lines).toContain("trained on 10 texts, tested on 5");
    expect(lines).toContain("not taught and are left out: job");

    const few = await evaluateTextLists({ ...flags, shots: 1 }, OPTIONS);
    expect(few.trainedOn).toBe(4);
    await expect(evaluateTextLists({ ...flags, backbone: "headstart-128" }, OPTIONS)).rejects.toThrow("is none");
  });

  it("answers by descriptions alone, and lets texts without labels help only where there are enough", async () => {
    const folder = await makeTempFolder();
    const described =
      "label\ttext\nrefund\ta refund request\ncomplaint\ta complaint\nhours\ta question about opening hours";
    const few = "label\ttext\nrefund\tI want my money back\ncomplaint\tthe pizza was cold, and burnt\n";
    const inbox = "please refund the second charge, today\nthe driver was rude\nwhen do you open on sunday?\n";
    const judged =
      "label\ttext\nrefund\tgive me a refund\ncomplaint\tI complain about cold food\nhours\tyour opening hours?";
    await writeFiles(folder, {
      "d.tsv": Buffer.from(described),
      "few.tsv": Buffer.from(few),
      "inbox.txt": Buffer.from(inbox),
      "test.tsv": Buffer.from(judged),
    });
    const file = (name: string) => path.join(folder, name);
    const flags = { descriptions: file("d.tsv"), test: file("test.tsv"), seed: 1 };
    const bare = await evaluateDescribedLists(flags, OPTIONS);
    expect(bare).toMatchObject({ accuracy: 1, described: 3, trainedOn: 0, selfTraining: null });
    expect(describeDescribedLists(bare)).toContain("Nobody has labelled a text");

    const helped = await evaluateDescribedLists(
      { ...flags, train: file("few.tsv"), unlabelled: file("inbox.txt") },
      OPTIONS,
    );
    expect(helped).toMatchObject({ trainedOn: 2, selfTraining: { unlabelled: 3, guard: { by: "labels", judged: 2 } } });
    expect(helped.labelFirst).toEqual([]);
    const alone = await evaluateDescribedLists({ ...flags, unlabelled: file("inbox.txt"), suggest: 2 }, OPTIONS);
    const inboxTexts = inbox.trim().split("\n");
    expect(inboxTexts).toEqual(expect.arrayContaining([...alone.labelFirst]));
    expect(new Set(alone.labelFirst).size).toBe(2);
    expect(describeDescribedLists(alone)).toContain(`Worth labelling first:\n  ${alone.labelFirst[0]}`);
    expect(alone.selfTraining).toMatchObject({ guard: { isAllowed: false, by: "amount" } });
    expect(describeDescribedLists(alone)).toContain("there are 3 where 3 items need 150");
  });

  it("reads unlabelled texts in a language in which nobody has labelled one, to the end", async () => {
    const folder = await makeTempFolder();
    await writeFiles(folder, {
      "ru.tsv": Buffer.from(RUSSIAN_REVIEWS.join("\n")),
      "ko.txt": Buffer.from(KOREAN_TEXTS.join("\n")),
      "ko.tsv": Buffer.from("label\ttext\ngood\t정말 맛있고 친절해요\nbad\t너무 차갑고 맛없어요\ngood\t최고예요"),
      "d.tsv": Buffer.from("label\ttext\ngood\ta happy customer\nbad\tan unhappy customer"),
    });
    const file = (name: string) => path.join(folder, name);
    const flags = { train: file("ru.tsv"), unlabelled: file("ko.txt"), test: file("ko.tsv"), seed: 1, suggest: 2 };
    const three = { ...flags, backbone: "sentences-ru-ko-en" };
    const result = await evaluateDescribedLists(three, OPTIONS);
    const { length } = KOREAN_TEXTS;
    expect(result).toMatchObject({ trainedOn: 12, examples: 3, selfTraining: null, unjudged: 0 });
    expect(result.language).toMatchObject({ language: "ko", labelled: 0, unlabelled: length, used: length, tried: [] });
    expect(result.language?.chosen).toBe("moved");
    expect(KOREAN_TEXTS).toEqual(expect.arrayContaining([...result.labelFirst]));
    expect(result.labelFirst.length).toBe(2);
    const lines = describeDescribedLists(result);
    expect(lines).toContain(`${length} texts in it have no label: they say where texts in it lie`);
    expect(lines).toContain("Worth labelling first:");

    // Descriptions beside the labels: no Korean label can say whether the Korean texts help.
    const described = await evaluateDescribedLists({ ...three, descriptions: file("d.tsv") }, OPTIONS);
    expect(described).toMatchObject({ described: 2, selfTraining: null, unjudged: length, labelFirst: { length: 2 } });
    expect(describeDescribedLists(described)).toContain(`${length} unlabelled texts were left out`);
  });

  it("chooses shots by the seed alone", () => {
    const texts = Array.from({ length: 20 }, (_, i) => ({ label: `l${i % 2}`, text: `text ${i}` }));
    const taken = takeShots(texts, 3, 1);
    expect(takeShots(texts, 3, 1)).toEqual(taken);
    expect(takeShots(texts, 3, 2)).not.toEqual(taken);
    expect(taken.filter(({ label }) => label === "l0").length).toBe(3);
    expect(takeShots(texts, undefined, 1).length).toBe(20);
  });

  it.each([
    ["does not turn up characters that say nothing", "encoder", [0, 0.5]],
    ["turns up characters that say everything", "characters", [1, 2]],
  ] as const)("%s", (_what, telling, [least, most]) => {
    const normal = normalNumbers(7);
    const rows = Array.from({ length: 120 }, (_, i) => {
      const noise = () => Float32Array.from({ length: 512 }, normal);
      const sources = { encoder: noise(), characters: noise() };
      sources[telling][i % 3] += 6;
      return { classId: `c${i % 3}`, text: `${i}`, sources, unreadShare: 0, milliseconds: 0 };
    });
    const choice = chooseBlocks(rows, { ...OPTIONS, classIds: ["c0", "c1", "c2"], kernels: loadHeadKernels() });
    expect(choice.characters).toBeGreaterThanOrEqual(least);
    expect(choice.characters).toBeLessThanOrEqual(most);
    const losses = new Map(choice.tried.map(({ characters, logLoss }) => [characters, logLoss ?? 0]));
    expect(losses.get(choice.characters)).toBeLessThanOrEqual(losses.get(0.5) ?? 0);
  });
});
