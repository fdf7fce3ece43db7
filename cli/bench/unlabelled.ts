/** `npm run bench -- unlabelled`: what descriptions, a few labels and texts without labels give on the shared sets. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { readTextSets } from "./text/text-sets.ts";
import { measureUnlabelled, type UnlabelledFigures } from "./text/unlabelled-texts.ts";

/** The subcommand. */
export function createUnlabelledBench(): Command {
  return new Command("unlabelled")
    .description("measure what descriptions and texts without labels give beside few labels (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: boolean }) => {
      const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
      try {
        const encoder = await createNodeTextEmbedder(await useSentences(path.join(folder, "active")));
        const kernels = loadHeadKernels();
        const texts: UnlabelledFigures[] = [];
        for (const set of await readTextSets(path.join(sharedDir(process.env), "data/text"), encoder)) {
          texts.push(
            ...(await measureUnlabelled(set, { encoder, kernels, onRow: (row) => console.error(describeRow(row)) })),
          );
        }
        console.log(json ? JSON.stringify({ texts }, null, 2) : describe(texts));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
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
