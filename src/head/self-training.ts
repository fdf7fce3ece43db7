/**
 * Learning without labels: the head's own surest answers join people's labels, and count for less. Owns the rounds;
 * `learn-from-few.ts` says whether the outcome may serve. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import { marginOf } from "./choose-to-label.ts";
import type { Embedding } from "./embedding.ts";
import { type FitOptions, type FittedHead, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { SELF_TRAINING } from "./policy.ts";
import { type Head, predict } from "./predict.ts";
import { addWeighted, copyStatistics, type LabelledEmbedding, type Statistics } from "./statistics.ts";

/** What people taught: all of it in the statistics, their labels, and nothing else, in the sample to leave out. */
export interface Taught {
  readonly statistics: Statistics;
  readonly sample: readonly LabelledEmbedding[];
}

/** The head that both fitted, and what counted beside what people taught. */
export interface SelfTrained {
  readonly fitted: FittedHead;
  /** Embeddings that counted in the last round. */
  readonly used: number;
}

/**
 * `rounds` times: answers all of `unlabelled`, takes of each class the `share` with the widest margin over the next one, and fits again
 * with these at `weight` each; every round begins from what people taught. `first` is the head without them. Leaves `taught` as it was.
 */
export function trainOnUnlabelled(
  first: FittedHead,
  taught: Taught,
  unlabelled: readonly Embedding[],
  options: FitOptions,
): Result<SelfTrained, FitError> {
  let fitted = first;
  let used = 0;
  for (let round = 1; round <= SELF_TRAINING.rounds; round++) {
    const surest = pickSurest(fitted.head, unlabelled);
    const statistics = copyStatistics(taught.statistics);
    addWeighted(statistics, surest, SELF_TRAINING.weight, options.kernels);
    const isLast = round === SELF_TRAINING.rounds;
    const next = fitHead(statistics, taught.sample, isLast ? options : { ...options, isForJudgement: true });
    if (!next.ok) return next;
    fitted = next.value;
    used = surest.length;
  }
  return ok({ fitted, used });
}

/** For each class, the surest share of the answers with it, at least one if there is one. */
function pickSurest(head: Head, unlabelled: readonly Embedding[]): LabelledEmbedding[] {
  const answered = unlabelled.map((embedding) => {
    const { scores } = predict(head, embedding);
    return { classId: scores[0].classId, embedding, margin: marginOf(scores) };
  });
  const byClass = Map.groupBy(answered, ({ classId }) => classId);
  return [...byClass.values()].flatMap((own) =>
    own.sort((a, b) => b.margin - a.margin).slice(0, Math.ceil(SELF_TRAINING.share * own.length)),
  );
}
