/** `npm run bench -- text`: the head on real texts, beside tuned logistic regression and beside characters alone. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { measureTexts, type TextFigures } from "./text/measure-texts.ts";
import type { TextSet } from "./text/text-sets.ts";
import { measureStrangers, type StrangerFigures } from "./text/text-strangers.ts";
import { withTextSets } from "./text/with-text-sets.ts";

/** The subcommand. */
export function createTextBench(): Command {
  return new Command("text")
    .description("compare the head on real texts with logistic regression, with and without the backbone (minutes)")
    .option("--json", "print one JSON object")
    .action(({ json }: { json?: boolean }) =>
      withTextSets((all) => {
        const report = measure(all);
        console.log(json ? JSON.stringify(report, null, 2) : describe(report));
      }),
    );
}

interface TextReport {
  readonly figures: readonly TextFigures[];
  readonly strangers: readonly StrangerFigures[];
}

function measure(sets: readonly TextSet[]): TextReport {
  const kernels = loadHeadKernels();
  const figures = sets.flatMap((set) => measureTexts(set, kernels, (row) => console.error(describeRow(row))));
  return { figures, strangers: sets.flatMap((set) => measureStrangers(set, kernels)) };
}

function describe({ figures, strangers }: TextReport): string {
  return [
    "| set (classes) | texts per class | head (range) | recall | on other training texts | 40 draws (standard error) | logistic regression | TF-IDF, no backbone |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...figures.map(describeRow),
    "",
    "| set: texts of no class among known ones | texts per class | AUROC | found at 5 % false alarms | called unknown, of them | of the known |",
    "|---|--:|--:|--:|--:|--:|",
    ...strangers.map(describeStrangers),
  ].join("\n");
}

function describeStrangers({ set, shots, auroc, foundAtFivePercent, ...figures }: StrangerFigures): string {
  const shares = [auroc, foundAtFivePercent, figures.answeredUnknown.strangers, figures.answeredUnknown.known];
  const cells = shares.map((share) => share.toFixed(3)).join(" | ");
  return `| ${set}: ${figures.strangers} among ${figures.known} | ${shots ?? "all"} | ${cells} |`;
}

function describeRow({ set, classes, shots, head, headManyDraws, rivals }: TextFigures): string {
  const range = head.draws === 1 ? "" : ` (${head.least.toFixed(3)} to ${head.most.toFixed(3)})`;
  const others = (headManyDraws ?? head).onOtherTrainingTexts;
  const many = headManyDraws && `${headManyDraws.accuracy.toFixed(3)} (${headManyDraws.standardError.toFixed(3)})`;
  const cells = [
    `${set} (${classes})`,
    shots ?? "all",
    `${head.accuracy.toFixed(3)}${range}`,
    (headManyDraws ?? head).recall.toFixed(3),
    others?.toFixed(3) ?? "-",
    many ?? "-",
    rivals.logistic.toFixed(3),
    rivals.tfIdf.toFixed(3),
  ];
  return `| ${cells.join(" | ")} |`;
}
