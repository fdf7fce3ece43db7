/** `npm run bench -- languages`: what is learnt in one language, in another; each gain beside its control. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { useThreeLanguages } from "../backbone/three-languages/use-three-languages.ts";
import type { LanguageTexts } from "../evaluate/choose-in-language.ts";
import type { EncodedText } from "../evaluate/embed-texts.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { readHeldOut, readReviews, readUnlabelled } from "./languages/language-sets.ts";
import {
  type Direction,
  measureReviews,
  measureUnlabelledReviews,
  type ReviewFigures,
  type UnlabelledReviews,
} from "./languages/review-figures.ts";
import { type MailFigures, measureMails, measureRetrieval } from "./languages/translations.ts";
import { shuffled } from "./text/text-sets.ts";

interface LanguagesReport {
  readonly retrieval: Readonly<Record<"ru" | "ko", number>>;
  readonly mails: readonly MailFigures[];
  readonly reviews: readonly ReviewFigures[];
  readonly unlabelled: readonly UnlabelledReviews[];
}

interface LanguagesFlags {
  readonly unlabelled?: string;
  readonly json?: boolean;
}

const LABELS = [0, 50, 100];
const RANDOM_SEEDS = [1, 2];

/** The subcommand. */
export function createLanguagesBench(): Command {
  return new Command("languages")
    .description("measure what labels in Russian give in Korean, and the other way round (a quarter of an hour)")
    .option("--unlabelled <file>", "a list of Korean reviews that nobody has labelled, of which 5,000 are taken")
    .option("--json", "print one JSON object")
    .action(async (flags: LanguagesFlags) => {
      const report = await measure(flags.unlabelled);
      console.log(flags.json ? JSON.stringify(report, null, 2) : describe(report));
    });
}

async function measure(unlabelledFile: string | undefined): Promise<LanguagesReport> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    const encoder = await createNodeTextEmbedder(await useThreeLanguages(path.join(folder, "three")));
    const teacher = await createNodeTextEmbedder(await useSentences(path.join(folder, "english")));
    const kernels = loadHeadKernels();
    const retrieval = {
      ru: await measureRetrieval(await readHeldOut("ru"), encoder, teacher),
      ko: await measureRetrieval(await readHeldOut("ko"), encoder, teacher),
    };
    console.error(describeRetrieval(retrieval));
    const mails = [
      await measureMails("english", teacher, kernels),
      await measureMails("russian", encoder, kernels),
      await measureMails("korean", encoder, kernels),
    ];
    console.error(mails.map(describeMails).join("\n"));
    const { russian, russianTest, korean } = await readReviews(encoder);
    const back: Direction = { name: "Korean to Russian", source: korean, target: russianTest, kernels };
    const there: Direction = { name: "Russian to Korean", source: russian, target: korean, kernels };
    const { texts, from } = await readUnlabelled(encoder, unlabelledFile);
    const unlabelled = [
      measureUnlabelled({ language: "ru", source: korean, labelled: [], unlabelled: russian }, russianTest, {
        kernels,
        from: "Russian of the same kind",
      }),
      measureUnlabelled({ language: "ko", source: russian, labelled: [], unlabelled: texts }, korean, {
        kernels,
        from,
      }),
    ];
    console.error(unlabelled.map(describeUnlabelled).join("\n"));
    const reviews: ReviewFigures[] = [];
    for (const [direction, labels] of [[back, 0] as const, ...LABELS.map((count) => [there, count] as const)]) {
      const row = measureReviews(direction, labels);
      console.error(describeReviews(row));
      reviews.push(row);
    }
    return { retrieval, mails, reviews, unlabelled };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function measureUnlabelled(
  texts: LanguageTexts,
  judged: readonly EncodedText[],
  options: { readonly kernels: Kernels; readonly from: string },
): UnlabelledReviews {
  const dealt = RANDOM_SEEDS.map((seed) => deal(texts.source, seed));
  return measureUnlabelledReviews(texts, judged, { ...options, dealt });
}

/** The same texts, with the same labels dealt out again. */
function deal(rows: readonly EncodedText[], seed: number): EncodedText[] {
  const labels = shuffled(rows, seed).map(({ classId }) => classId);
  return rows.map((row, i) => ({ ...row, classId: labels[i] }));
}

function describe({ retrieval, mails, reviews, unlabelled }: LanguagesReport): string {
  return [
    describeRetrieval(retrieval),
    "",
    "| mails, by English descriptions | mails | as they are | moved by the mean of the mails |",
    "|---|--:|--:|--:|",
    ...mails.map(describeMails),
    "",
    "| reviews | own labels | characters, own labels | characters, both languages | encoder, own labels | encoder, other language | encoder, both | **chosen by the labels** |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...reviews.map(describeReviews),
    "",
    "| texts without a label | as taught in the other language | moved by their mean | learnt from | control: the labels dealt out again |",
    "|---|--:|--:|--:|--:|",
    ...unlabelled.map(describeUnlabelled),
  ].join("\n");
}

function describeRetrieval({ ru, ko }: LanguagesReport["retrieval"]): string {
  return `Nearest of 1,000 translations is the own one: Russian ${ru.toFixed(3)}, Korean ${ko.toFixed(3)}`;
}

function describeMails({ language, mails, described, moved }: MailFigures): string {
  return `| ${language} | ${mails} | ${described.toFixed(2)} | ${moved.toFixed(2)} |`;
}

function describeReviews({ direction, labels, judged, ...figures }: ReviewFigures): string {
  const { charactersOwn, charactersBoth, encoderOwn, encoderOther, encoderBoth, chosen } = figures;
  const shares = [charactersOwn, charactersBoth, encoderOwn, encoderOther, encoderBoth, chosen].map(share);
  return `| ${direction}, ${judged} judged | ${labels} | ${shares.join(" | ")} |`;
}

function describeUnlabelled({ unlabelled, from, asTaught, moved, trained, randomSeeds }: UnlabelledReviews): string {
  const shares = [asTaught, moved, trained].map(share);
  return `| ${unlabelled}: ${from} | ${shares.join(" | ")} | ${randomSeeds.map(share).join(", ")} |`;
}

function share(value: number | null): string {
  return value?.toFixed(3) ?? "-";
}
