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
