/**
 * Whether a head may use what it learnt without labels: people's labels decide, in parts that neither the head nor its own answers
 * have seen; without any, each class needs many examples. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import type { Embedding } from "./embedding.ts";
import { type FitOptions, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { judgeRow } from "./judge-row.ts";
import { GUARD_FOLDS, MIN_UNLABELLED_PER_CLASS } from "./policy.ts";
import type { Head } from "./predict.ts";
import { type Taught, trainOnUnlabelled } from "./self-training.ts";
import { copyStatistics, type LabelledEmbedding, removeExamples } from "./statistics.ts";

export interface GuardVerdict {
  readonly isAllowed: boolean;
  /** `labels`: people's labels decided. `amount`: how much there is to learn from. */
  readonly by: "labels" | "amount";
  /** Labels that were left out; 0 where there are none. */
  readonly judged: number;
  /** How many of these the heads answer right, without unlabelled texts and with them. */
  readonly rightWithout: number;
  readonly rightWith: number;
  /** Mean `-log p` of these. */
  readonly lossWithout: number;
  readonly lossWith: number;
}

/**
 * Leaves people's labels out in turn, a tenth at a time (one by one up to ten), fits and trains on `unlabelled` without them, and judges
 * both heads on them. Allowed where no fewer are right and their loss is not higher: a head may be right and too sure of itself.
 */
export function guardSelfTraining(
  taught: Taught,
  unlabelled: readonly Embedding[],
  options: FitOptions,
): Result<GuardVerdict, FitError> {
  const known = taught.sample.filter(({ classId }) => (taught.statistics.classes.get(classId)?.count ?? 0) >= 2);
  if (known.length === 0) return ok(judgeByAmount(unlabelled.length, options.classIds.length));
  const folds = Math.min(known.length, GUARD_FOLDS);
  const tally = { rightWithout: 0, rightWith: 0, lossWithout: 0, lossWith: 0 };
  for (let fold = 0; fold < folds; fold++) {
    const heads = fitWithout(taught, known, (i) => i % folds === fold, unlabelled, options);
    if (!heads.ok) return heads;
    for (const row of known.filter((_, i) => i % folds === fold)) {
      const [without, withThem] = [judgeRow(heads.value.without, row), judgeRow(heads.value.withThem, row)];
      tally.rightWithout += without.isRight ? 1 : 0;
      tally.rightWith += withThem.isRight ? 1 : 0;
      tally.lossWithout += without.loss / known.length;
      tally.lossWith += withThem.loss / known.length;
    }
  }
  const isAllowed = tally.rightWith >= tally.rightWithout && tally.lossWith <= tally.lossWithout;
  return ok({ isAllowed, by: "labels", judged: known.length, ...tally });
}

function judgeByAmount(examples: number, classes: number): GuardVerdict {
  const isAllowed = examples >= MIN_UNLABELLED_PER_CLASS * classes;
  return { isAllowed, by: "amount", judged: 0, rightWithout: 0, rightWith: 0, lossWithout: 0, lossWith: 0 };
}

function fitWithout(
  { statistics, sample }: Taught,
  known: readonly LabelledEmbedding[],
  isLeftOut: (index: number) => boolean,
  unlabelled: readonly Embedding[],
  options: FitOptions,
): Result<{ without: Head; withThem: Head }, FitError> {
  const leftOut = new Set(known.filter((_, i) => isLeftOut(i)));
  const rest = { statistics: copyStatistics(statistics), sample: sample.filter((row) => !leftOut.has(row)) };
  removeExamples(rest.statistics, [...leftOut], options.kernels);
  const judging = { ...options, isForJudgement: true };
  const first = fitHead(rest.statistics, rest.sample, judging);
  if (!first.ok) return first;
  const trained = trainOnUnlabelled(first.value, rest, unlabelled, judging);
  return trained.ok ? ok({ without: first.value.head, withThem: trained.value.fitted.head }) : trained;
}
