/** `npm run bench -- labels`: how many labels it takes where people are asked about what teaches most, on the shared texts. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { type LabelFigures, measureLabels } from "./text/label-order.ts";
import { readTextSets } from "./text/text-sets.ts";

/** The subcommand. */
export function createLabelsBench(): Command {
  return new Command("labels")
    .description("measure how many labels it takes where people are asked about what teaches most (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: boolean }) => {
      const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
      try {
        const encoder = await createNodeTextEmbedder(await useSentences(path.join(folder, "active")));
        const kernels = loadHeadKernels();
        const sets: LabelFigures[] = [];
        for (const set of await readTextSets(path.join(sharedDir(process.env), "data/text"), encoder)) {
          sets.push(measureLabels(set, kernels));
          console.error(describeRow(sets[sets.length - 1]));
        }
        console.log(json ? JSON.stringify({ sets }, null, 2) : describe(sets));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
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
