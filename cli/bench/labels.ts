/** `npm run bench -- labels`: how many labels it takes if people label what teaches most, on the shared photos and texts. */

import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { BACKBONES, embedMenus } from "./embed-menus.ts";
import { compareOrders, type LabelFigures, measureLabels } from "./text/label-order.ts";
import { withTextSets } from "./text/with-text-sets.ts";

/** The subcommand. */
export function createLabelsBench(): Command {
  return new Command("labels")
    .description("measure how many labels it takes where people are asked about what teaches most (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: boolean }) => {
      const sets = [...(await measurePhotos()), ...(await measureTexts())];
      console.log(json ? JSON.stringify({ sets }, null, 2) : describe(sets));
    });
}

/** By the project's own backbone. */
async function measurePhotos(): Promise<LabelFigures[]> {
  const kernels = loadHeadKernels();
  const menus = await embedMenus(BACKBONES[0]);
  return menus.map(({ menu, rows, trainCount }) =>
    report({ set: menu, ...compareOrders(rows.slice(0, trainCount), rows.slice(trainCount), kernels) }),
  );
}

async function measureTexts(): Promise<LabelFigures[]> {
  const kernels = loadHeadKernels();
  let sets: LabelFigures[] = [];
  await withTextSets((all) => {
    sets = all.map((set) => report(measureLabels(set, kernels)));
  });
  return sets;
}

/** Shows that it goes on. */
function report(figures: LabelFigures): LabelFigures {
  console.error(describeRow(figures));
  return figures;
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
