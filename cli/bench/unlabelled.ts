/** `npm run bench -- unlabelled`: what descriptions, a few labels and texts without labels give on the shared sets. */

import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { measureUnlabelled, type UnlabelledFigures } from "./text/unlabelled-texts.ts";
import { withTextSets } from "./text/with-text-sets.ts";

/** The subcommand. */
export function createUnlabelledBench(): Command {
  return new Command("unlabelled")
    .description("measure what descriptions and texts without labels give beside few labels (minutes)")
    .option("--json", "print one JSON object")
    .action(({ json }: { json?: boolean }) =>
      withTextSets(async (all, encoder) => {
        const kernels = loadHeadKernels();
        const onRow = (row: UnlabelledFigures) => console.error(describeRow(row));
        const texts: UnlabelledFigures[] = [];
        for (const set of all) texts.push(...(await measureUnlabelled(set, { encoder, kernels, onRow })));
        console.log(json ? JSON.stringify({ texts }, null, 2) : describe(texts));
      }),
    );
}

function describe(texts: readonly UnlabelledFigures[]): string {
  return [
    "| set (classes) | labels per class | draws | labels alone | with descriptions, not moved | moved | and with unlabelled texts | as the guard lets through (allowed in) |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
    ...texts.map(describeRow),
  ].join("\n");
}

function describeRow({ set, classes, shots, draws, accuracy, allowed }: UnlabelledFigures): string {
  const { alone, unmoved, moved, trained, served } = accuracy;
  const figures = [unmoved, moved, trained].map((value) => value.toFixed(3));
  const cells = [`${set} (${classes})`, shots, draws, alone?.toFixed(3) ?? "-", ...figures];
  return `| ${cells.join(" | ")} | ${served.toFixed(3)} (${allowed} of ${draws}) |`;
}
