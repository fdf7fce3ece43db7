/** The second stage on all training photos of a set: what it decided, what its solver cost, and how the test photos judge. */
import { fitHead } from "../../src/head/fit.ts";
import type { Kernels } from "../../src/head/kernels/kernels.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../src/head/statistics.ts";
import type { Result } from "../../src/shared/result.ts";
import { takeStratified } from "../evaluate/sample.ts";
import { fitLogistic, foldLogistic, type LogisticOptions } from "../evaluate/second-stage/logistic.ts";
import { type Comparison, trySecondStage } from "../evaluate/second-stage/second-stage.ts";
import { CommandError } from "../shared/command.ts";
import { logLossOf } from "./accuracy-figures.ts";
import { answerRows, HEAD_OPTIONS } from "./accuracy-judges.ts";
import type { EmbeddedMenu } from "./accuracy-trials.ts";

export interface SecondStageFigures {
  readonly menu: string;
  readonly isPromoted: boolean;
  /** On the training photos set aside to judge by; null where they are too few. */
  readonly comparison: Comparison | null;
  /** L-BFGS steps to the optimum on all training photos at the same C, with and without the preconditioner. */
  readonly iterations: number;
  readonly iterationsWithout: number;
  readonly strength: number;
  /** On the test photos, which chose nothing: the discriminant, and logistic regression at that C. */
  readonly testLogLoss: { readonly discriminant: number; readonly logistic: number };
}

/** C where there were too few photos to choose it. */
const DEFAULT_STRENGTH = 100;

export function measureSecondStage(menu: EmbeddedMenu, kernels: Kernels): SecondStageFigures {
  const [train, test] = [menu.rows.slice(0, menu.trainCount), menu.rows.slice(menu.trainCount)];
  const options = { ...HEAD_OPTIONS, classIds: menu.classIds, kernels };
  const stage = unwrap(trySecondStage(train, options));
  const strength = stage.comparison === null ? DEFAULT_STRENGTH : stage.strength;
  const refit = (extra: Partial<LogisticOptions>) => unwrap(fitLogistic(train, { ...options, strength, ...extra }));
  const logistic = refit({});
  return {
    menu: menu.menu,
    isPromoted: stage.head !== null,
    comparison: stage.comparison,
    iterations: logistic.iterations,
    iterationsWithout: refit({ isPreconditioned: false }).iterations,
    strength,
    testLogLoss: {
      discriminant: logLossOf(answerRows(fitDiscriminant(train, options), test)),
      logistic: logLossOf(answerRows(foldLogistic(logistic, 0), test)),
    },
  };
}

function fitDiscriminant(train: readonly LabelledEmbedding[], options: Parameters<typeof fitHead>[2]) {
  const stats = createStatistics(train[0]?.embedding.values.length ?? 0);
  addExamples(stats, train, options.kernels);
  return unwrap(fitHead(stats, takeStratified(train, options.classIds), options)).head;
}

function unwrap<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new CommandError(result.error.message);
  return result.value;
}
