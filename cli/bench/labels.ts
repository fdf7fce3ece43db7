/** `npm run bench -- labels`: how many labels it takes where people are asked about what teaches most, on the shared texts. */

import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { type LabelFigures, measureLabels } from "./text/label-order.ts";
import { withTextSets } from "./text/with-text-sets.ts";

/** The subcommand. */
export function createLabelsBench(): Command {
  return new Command("labels")
    .description("measure how many labels it takes where people are asked about what teaches most (minutes)")
    .option("--json", "print one JSON object")
    .action(({ json }: { json?: boolean }) =>
      withTextSets((all) => {
        const kernels = loadHeadKernels();
        const sets = all.map((set) => {
          const figures = measureLabels(set, kernels);
          console.error(describeRow(figures));
          return figures;
        });
        console.log(json ? JSON.stringify({ sets }, null, 2) : describe(sets));
      }),
    );
}

function describe(sets: readonly LabelFigures[]): string {
  return [
    "| set (classes) | accuracy of 20 labels | 100 random ones | 100 chosen ones | chosen labels for the accuracy of 100 random ones |",
    "|---|--:|--:|--:|--:|",
    ...sets.map(describeRow),
  ].join("\n");
}

function describeRow({ set, classes, steps, needed }: LabelFigures): string {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const figures = [first.random, last.random, last.chosen].map((value) => value.toFixed(3));
  return `| ${[`${set} (${classes})`, ...figures, needed ?? "more"].join(" | ")} |`;
}
