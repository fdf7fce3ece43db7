/** The contestants of the accuracy benchmark: the head, and scikit-learn's tuned logistic regression, on the same trials. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { dequantiseInto } from "../../src/head/embedding.ts";
import { fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import { takeStratified } from "../evaluate/sample.ts";
import { CommandError } from "../shared/command.ts";
import type { EmbeddedMenu, Trial } from "./accuracy-trials.ts";
import { runSklearn } from "./sklearn.ts";

/** The answer to each test row: its class, and the probability of the row's own class. */
export interface Answers {
  readonly answered: readonly string[];
  readonly given: readonly number[];
}

/** Logistic regression with its C tuned by log-loss, and by accuracy. */
export interface LogisticAnswers {
  readonly byLogLoss: Answers;
  readonly byAccuracy: Answers;
}

/** pi = 0 as in a new deployment: the sets are balanced. */
export const HEAD_OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

/** Fits a head to each trial as training does, and lets it answer the test rows. */
export function answerByHead(menus: readonly EmbeddedMenu[], trials: readonly Trial[], kernels: Kernels): Answers[] {
  return trials.map(({ set, train, test }) => {
    const { rows, classIds } = menuAt(menus, set);
    const known = pick(rows, train);
    const stats = createStatistics(known[0]?.embedding.values.length ?? 0);
    addExamples(stats, known, kernels);
    const fitted = fitHead(stats, takeStratified(known, classIds), { ...HEAD_OPTIONS, classIds, kernels });
    if (!fitted.ok) throw new CommandError(fitted.error.message);
    return answerRows(fitted.value.head, pick(rows, test));
  });
}

/** What a head says of rows. Probabilities are of the items among themselves: its rivals know of no "none of them" to share with. */
export function answerRows(head: Head, rows: readonly LabelledEmbedding[]): Answers {
  const predictions = rows.map(({ embedding }) => predict(head, embedding));
  return {
    answered: predictions.map(({ scores }) => scores[0]?.classId ?? ""),
    given: predictions.map(({ scores, none }, i) => {
      const score = scores.find(({ classId }) => classId === rows[i]?.classId)?.score ?? 0;
      return none < 1 ? score / (1 - none) : 1 / scores.length;
    }),
  };
}

const answersSchema = z.object({ answers: z.array(z.int()), probabilities: z.array(z.number()) });
const outputSchema = z.array(z.object({ byLogLoss: answersSchema, byAccuracy: answersSchema })).nullable();

/** The same trials through tools/head/accuracy-sklearn.py; null where scikit-learn is not installed. */
export async function answerByLogisticRegression(
  menus: readonly EmbeddedMenu[],
  trials: readonly Trial[],
): Promise<LogisticAnswers[] | null> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-bench-"));
  try {
    await writeProblem(folder, menus, trials);
    const output = outputSchema.parse(runSklearn("accuracy-sklearn.py", [folder]));
    return (
      output?.map(({ byLogLoss, byAccuracy }, i) => {
        const { classIds } = menuAt(menus, trials[i]?.set ?? -1);
        return { byLogLoss: named(byLogLoss, classIds), byAccuracy: named(byAccuracy, classIds) };
      }) ?? null
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeProblem(folder: string, menus: readonly EmbeddedMenu[], trials: readonly Trial[]): Promise<void> {
  const sets = [];
  for (const [set, { rows, classIds }] of menus.entries()) {
    const dimension = rows[0]?.embedding.values.length ?? 0;
    const matrix = new Float32Array(rows.length * dimension);
    rows.forEach(({ embedding }, i) => {
      dequantiseInto(embedding, matrix, i * dimension);
    });
    const file = `${set}.f32`;
    await writeFile(path.join(folder, file), matrix);
    sets.push({ file, dimension, labels: rows.map(({ classId }) => classIds.indexOf(classId)) });
  }
  const plan = trials.map(({ set, train, test }) => ({ set, train, test }));
  await writeFile(path.join(folder, "trials.json"), JSON.stringify({ sets, trials: plan }));
}

function named({ answers, probabilities }: z.infer<typeof answersSchema>, classIds: readonly string[]): Answers {
  return { answered: answers.map((label) => classIds[label] ?? ""), given: probabilities };
}

function menuAt(menus: readonly EmbeddedMenu[], set: number): EmbeddedMenu {
  const menu = menus[set];
  if (menu === undefined) throw new RangeError(`There is no set ${set}.`);
  return menu;
}

/** The rows with these numbers. */
export function pick(rows: readonly LabelledEmbedding[], numbers: readonly number[]): LabelledEmbedding[] {
  return numbers.flatMap((number) => rows[number] ?? []);
}
