/** `npm run bench -- languages`: what is learnt in one language, in another; each gain beside its control. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { useThreeLanguages } from "../backbone/three-languages/use-three-languages.ts";
import type { EncodedText } from "../evaluate/embed-texts.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import type { LanguageTexts } from "../evaluate/split-by-language.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { readHeldOut, readReviews, readUnlabelled } from "./languages/language-sets.ts";
import { type Direction, measureReviews, type ReviewFigures } from "./languages/review-figures.ts";
import { type MailFigures, measureMails, measureRetrieval } from "./languages/translations.ts";
import { measureUnlabelledReviews, type UnlabelledReviews } from "./languages/unlabelled-reviews.ts";
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

/** Labels of the 200 Korean reviews, and how often they are drawn; 180 of them judge each review once. */
const KOREAN_LABELS = [
  [0, 1],
  [20, 4],
  [50, 8],
  [100, 6],
  [180, 10],
] as const;
const RANDOM_SEEDS = [1, 2];

/** The subcommand. */
export function createLanguagesBench(): Command {
  return new Command("languages")
    .description("measure what labels in Russian give in Korean, and the other way round (half an hour or more)")
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
    const rows = KOREAN_LABELS.map(([labels, draws]) => [there, labels, draws] as const);
    for (const [direction, labels, draws] of [[back, 0, 1] as const, ...rows]) {
      const row = measureReviews(direction, labels, draws);
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
    "| reviews | own labels | characters, own labels | characters, both languages | encoder, own labels | encoder, other language | encoder, both | the same, moved | **answered** | over the best before |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...reviews.map(describeReviews),
    "",
    "| texts without a label | as taught in the other language | moved by their mean | learnt from | **served** | control: learnt from, the labels dealt out again |",
    "|---|--:|--:|--:|--:|--:|",
    ...unlabelled.map(describeUnlabelled),
  ].join("\n");
}

function describeRetrieval({ ru, ko }: LanguagesReport["retrieval"]): string {
  return `Nearest of 1,000 translations is the own one: Russian ${ru.toFixed(3)}, Korean ${ko.toFixed(3)}`;
}

function describeMails({ language, mails, described, moved }: MailFigures): string {
  return `| ${language} | ${mails} | ${described.toFixed(2)} | ${moved.toFixed(2)} |`;
}

function describeReviews({ direction, labels, draws, judged, ...figures }: ReviewFigures): string {
  const { charactersOwn, charactersBoth, encoderOwn, encoderOther, encoderBoth, moved, chosen } = figures;
  const { gain, gainError } = figures;
  const shares = [charactersOwn, charactersBoth, encoderOwn, encoderOther, encoderBoth, moved, chosen].map(share);
  const over = `${gain.toFixed(3)}${gainError === null ? "" : ` (${gainError.toFixed(3)})`}`;
  return `| ${direction}, ${draws} draws, ${judged} judged | ${labels} | ${shares.join(" | ")} | ${over} |`;
}

function describeUnlabelled({ unlabelled, from, randomSeeds, ...figures }: UnlabelledReviews): string {
  const shares = [figures.asTaught, figures.moved, figures.trained, figures.chosen].map(share);
  return `| ${unlabelled}: ${from} | ${shares.join(" | ")} | ${randomSeeds.map(share).join(", ")} |`;
}

function share(value: number | null): string {
  return value?.toFixed(3) ?? "-";
}
