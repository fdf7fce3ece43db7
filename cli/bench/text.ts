/** `npm run bench -- text`: the head on real texts, beside tuned logistic regression and beside characters alone. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { useSentences } from "../backbone/sentences/use-sentences.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { runTrial, type TrialFigures } from "./text/text-judges.ts";
import { pickShots, readTextSets, type TextSet } from "./text/text-sets.ts";
import { measureStrangers, type StrangerFigures } from "./text/text-strangers.ts";

const SEEDS = [1, 2, 3, 4, 5];
const SHOTS = [5, 10];

interface TextFigures {
  readonly set: string;
  readonly classes: number;
  /** null: all texts there are, once. */
  readonly shots: number | null;
  /** Means over the seeds, and the standard deviation of the head's accuracy among them. */
  readonly accuracy: Omit<TrialFigures, "characters"> & { readonly spread: number };
  /** By seed. */
  readonly characters: readonly number[];
}

/** The subcommand. */
export function createTextBench(): Command {
  return new Command("text")
    .description("compare the head on real texts with logistic regression, with and without the backbone (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: boolean }) => {
      const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
      try {
        const encoder = await createNodeTextEmbedder(await useSentences(path.join(folder, "active")));
        const report = measure(await readTextSets(path.join(sharedDir(process.env), "data/text"), encoder));
        console.log(json ? JSON.stringify(report, null, 2) : describe(report));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
}

interface TextReport {
  readonly figures: readonly TextFigures[];
  readonly strangers: readonly StrangerFigures[];
}

function measure(sets: readonly TextSet[]): TextReport {
  const kernels = loadHeadKernels();
  const figures = sets.flatMap((set) => {
    const few = SHOTS.map((shots) => {
      const picks = SEEDS.map((seed) => pickShots(set.train, shots, seed));
      return summarise(
        set,
        shots,
        picks.map((learnt) => runTrial({ learnt, judged: set.test, kernels })),
      );
    });
    return [...few, summarise(set, null, [runTrial({ learnt: set.train, judged: set.test, kernels })])];
  });
  return { figures, strangers: sets.flatMap((set) => measureStrangers(set, kernels) ?? []) };
}

function summarise({ set, train }: TextSet, shots: number | null, trials: readonly TrialFigures[]): TextFigures {
  const mean = (pick: (trial: TrialFigures) => number) =>
    trials.reduce((sum, trial) => sum + pick(trial), 0) / trials.length;
  const head = mean((trial) => trial.head);
  const variance = mean((trial) => (trial.head - head) ** 2);
  return {
    set,
    classes: new Set(train.map(({ classId }) => classId)).size,
    shots,
    accuracy: {
      head,
      spread: Math.sqrt(variance),
      logistic: mean((trial) => trial.logistic),
      tfIdf: mean((trial) => trial.tfIdf),
    },
    characters: trials.map(({ characters }) => characters),
  };
}

function describe({ figures, strangers }: TextReport): string {
  const rows = figures.map(({ set, classes, shots, accuracy, characters }) => {
    const { head, spread, logistic, tfIdf } = accuracy;
    const error = shots === null ? "" : ` (± ${spread.toFixed(3)})`;
    const cells = [
      `${set} (${classes})`,
      shots ?? "all",
      `${head.toFixed(3)}${error}`,
      logistic.toFixed(3),
      tfIdf.toFixed(3),
    ];
    return `| ${[...cells, characters.join(" ")].join(" | ")} |`;
  });
  const found = strangers.map(({ set, auroc, foundAtFivePercent, answeredUnknown, known, strangers: count }) => {
    const { strangers: right, known: wrong } = answeredUnknown;
    return (
      `${set}: ${count} texts that belong nowhere among ${known} that do: AUROC ${auroc.toFixed(3)}, ` +
      `${foundAtFivePercent.toFixed(3)} found at 5 % false alarms; the head calls ${right.toFixed(3)} and ${wrong.toFixed(3)} unknown.`
    );
  });
  return [
    "| set (classes) | texts per class | head | logistic regression | TF-IDF, no backbone | characters beside the encoder |",
    "|---|--:|--:|--:|--:|---|",
    ...rows,
    "",
    ...found,
  ].join("\n");
}
