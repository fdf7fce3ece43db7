/**
 * A head from what there is before there are many labels: descriptions, a few labels, and examples that nobody has labelled. Puts the
 * three together and lets the guard decide; each part has its own file. Pure.
 */

import { meanEmbedding, placeDescriptions } from "../../src/head/descriptions.ts";
import type { Embedding } from "../../src/head/embedding.ts";
import { judgeRow } from "../../src/head/evaluate.ts";
import { type FitOptions, type FittedHead, fitHead } from "../../src/head/fit.ts";
import type { FitError } from "../../src/head/fit-problem.ts";
import { DESCRIPTION_WEIGHT, GUARD_FOLDS, MIN_UNLABELLED_PER_CLASS } from "../../src/head/policy.ts";
import type { Head } from "../../src/head/predict.ts";
import { type SelfTrained, type Taught, trainOnUnlabelled } from "../../src/head/self-training.ts";
import {
  addExamples,
  addWeighted,
  copyStatistics,
  createStatistics,
  type LabelledEmbedding,
  removeExamples,
} from "../../src/head/statistics.ts";
import { ok, type Result } from "../../src/shared/result.ts";

/*
 * Whether a head may use what it learnt without labels: people's labels decide, in parts that neither the head nor its own answers
 * have seen; without any, each class needs many examples. Pure.
 */

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

export interface FewExamples {
  /** Sentences that describe classes, one or more each; not every class needs one. */
  readonly descriptions: readonly LabelledEmbedding[];
  readonly labelled: readonly LabelledEmbedding[];
  readonly unlabelled: readonly Embedding[];
}

export interface LearntFromFew {
  /** By descriptions and labels alone. */
  readonly first: FittedHead;
  /** With what nobody has labelled; null where there is nothing. */
  readonly trained: SelfTrained | null;
  readonly verdict: GuardVerdict | null;
  /** The one that the guard lets through. */
  readonly served: FittedHead;
}

/** `options.classIds` holds every class with a description or a label; errors are those of `fitHead`. */
export function learnFromFew(examples: FewExamples, options: FitOptions): Result<LearntFromFew, FitError> {
  const { unlabelled } = examples;
  const taught = teach(examples, options);
  const first = fitHead(taught.statistics, taught.sample, options);
  if (!first.ok) return first;
  if (unlabelled.length === 0) return ok({ first: first.value, trained: null, verdict: null, served: first.value });
  const verdict = guardSelfTraining(taught, unlabelled, options);
  if (!verdict.ok) return verdict;
  const trained = trainOnUnlabelled(first.value, taught, unlabelled, options);
  if (!trained.ok) return trained;
  const served = verdict.value.isAllowed ? trained.value.fitted : first.value;
  return ok({ first: first.value, trained: trained.value, verdict: verdict.value, served });
}

/** Moves descriptions to where the texts lie: the labelled ones, and the unlabelled ones if there are any. */
function teach({ descriptions, labelled, unlabelled }: FewExamples, { kernels }: FitOptions): Taught {
  const [any] = [...labelled, ...descriptions];
  const statistics = createStatistics(any?.embedding.values.length ?? 0);
  const traffic = unlabelled.length === 0 ? [] : [...unlabelled, ...labelled.map(({ embedding }) => embedding)];
  if (descriptions.length > 0) {
    const placed = placeDescriptions(descriptions, traffic.length === 0 ? null : meanEmbedding(traffic));
    addWeighted(statistics, placed, DESCRIPTION_WEIGHT, kernels);
  }
  addExamples(statistics, labelled, kernels);
  return { statistics, sample: labelled };
}
