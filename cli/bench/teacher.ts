/** `npm run bench -- teacher`: what a large model's labels give beside few of people, on the shared texts. */

import { Command } from "commander";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { USUAL_CHARACTERS } from "../backbone/text-blocks.ts";
import { joinRows } from "../evaluate/choose-blocks.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { type Labeller, learnFrom, SHOTS } from "./text/taught-by-teacher.ts";
import type { TextSet } from "./text/text-sets.ts";
import { withTextSets } from "./text/with-text-sets.ts";

/** Calls, or labels of people, beyond the first few. */
const STEPS = [0, 50, 200, 1_000];
const LABELLERS: readonly Labeller[] = [
  ...[0.8, 0.9, 0.95].map((accuracy) => ({ accuracy, isPerson: false })),
  { accuracy: 1, isPerson: true },
];
/** Sets with many classes get one draw. */
const DRAWS = 3;
const MANY_CLASSES = 20;

interface TeacherFigures extends Labeller {
  readonly set: string;
  readonly classes: number;
  readonly draws: number;
  readonly steps: readonly { readonly calls: number; readonly accuracy: number; readonly allowed: number }[];
}

/** The subcommand. */
export function createTeacherBench(): Command {
  return new Command("teacher")
    .description(
      "measure what a teacher that is right so often gives beside few labels of people (some twenty minutes)",
    )
    .option("--json", "print one JSON object")
    .action(({ json }: { json?: boolean }) =>
      withTextSets((all) => {
        const kernels = loadHeadKernels();
        const rows = all.flatMap((set) => LABELLERS.map((labeller) => measure(set, labeller, kernels)));
        console.log(json ? JSON.stringify({ shots: SHOTS, rows }, null, 2) : describe(rows));
      }),
    );
}

function measure({ set, train, test }: TextSet, labeller: Labeller, kernels: Kernels): TeacherFigures {
  const [texts, judged] = [joinRows(train, USUAL_CHARACTERS).rows, joinRows(test, USUAL_CHARACTERS).rows];
  const classes = new Set(texts.map(({ classId }) => classId)).size;
  const draws = classes > MANY_CLASSES ? 1 : DRAWS;
  const trials = Array.from({ length: draws }, (_, i) =>
    learnFrom(labeller, STEPS, { texts, judged, kernels, seed: i + 1 }),
  );
  const steps = STEPS.map((calls, at) => ({
    calls,
    accuracy: trials.reduce((sum, trial) => sum + trial[at].accuracy, 0) / draws,
    allowed: trials.filter((trial) => trial[at].isAllowed).length,
  }));
  const row = { set, classes, draws, ...labeller, steps };
  console.error(describeRow(row));
  return row;
}

function describe(rows: readonly TeacherFigures[]): string {
  return [
    `| set (classes) | who labels | ${SHOTS} labels per class | ${STEPS.slice(1)
      .map((calls) => `and ${calls}`)
      .join(" | ")} |`,
    "|---|---|--:|--:|--:|--:|",
    ...rows.map(describeRow),
  ].join("\n");
}

/** In brackets the draws in which people's labels let the teacher's count. */
function describeRow({ set, classes, draws, accuracy, isPerson, steps }: TeacherFigures): string {
  const who = isPerson ? "people" : `a teacher, ${accuracy} right`;
  const figures = steps.map(({ calls, accuracy: right, allowed }) => {
    const told = isPerson || calls === 0 ? "" : ` (${allowed} of ${draws})`;
    return `${right.toFixed(3)}${told}`;
  });
  return `| ${[`${set} (${classes})`, who, ...figures].join(" | ")} |`;
}
