/**
 * What nobody has labelled joins a fit by the head's own surest answers, at a weight of its own (`SELF_TRAINING`), and only where people's labels
 * say that it does no harm. The rounds are in `self-training.ts`. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import { type JudgedFitOptions, type JudgedLabels, judgeLabels } from "./compare-judged.ts";
import type { Embedding } from "./embedding.ts";
import type { FittedHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { type Taught, trainOnUnlabelled } from "./self-training.ts";

/** The head to serve; the verdict is null where there is nothing unlabelled. */
export interface PooledFit {
  readonly fitted: FittedHead;
  readonly verdict: JudgedLabels | null;
}

/** `first` is the head of `taught` alone, which stays as it was; `pooled` are embeddings as the head takes them. */
export function fitPooled(
  first: FittedHead,
  taught: Taught,
  pooled: readonly Embedding[],
  options: JudgedFitOptions,
): Result<PooledFit, FitError> {
  if (pooled.length === 0) return ok({ fitted: first, verdict: null });
  const trained = trainOnUnlabelled(first, taught, pooled, { ...options, previousRho: first.rho });
  if (!trained.ok) return trained;
  const { fitted, used } = trained.value;
  const verdict = judgeLabels(used, first, fitted, options);
  return ok({ fitted: verdict.isAllowed ? fitted : first, verdict });
}
