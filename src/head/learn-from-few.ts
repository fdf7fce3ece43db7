/**
 * A head from what there is before there are many labels: descriptions, a few labels, and examples that nobody has labelled. Puts the
 * three together and lets the guard decide; each part has its own file. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import { meanEmbedding, placeDescriptions } from "./descriptions.ts";
import type { Embedding } from "./embedding.ts";
import { type FitOptions, type FittedHead, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { DESCRIPTION_WEIGHT } from "./policy.ts";
import { type SelfTrained, type Taught, trainOnUnlabelled } from "./self-training.ts";
import { type GuardVerdict, guardSelfTraining } from "./self-training-guard.ts";
import { addExamples, addWeighted, createStatistics, type LabelledEmbedding } from "./statistics.ts";

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
