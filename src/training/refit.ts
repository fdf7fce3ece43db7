/** Solves for a head from the statistics, evaluates it by leave-one-out and publishes it under the next number. */
import { type FittedHead, fitHead } from "../head/fit.ts";
import type { Kernels } from "../head/kernels/kernels.ts";
import { sampleCapPerClass } from "../head/policy.ts";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import type { Database } from "../store/database.ts";
import { findHead, type HeadSummary, publishHead } from "../store/heads.ts";
import { sampleAbsorbed, type VersionedStatistics } from "../store/statistics.ts";

export interface RefitOptions {
  readonly backboneId: string;
  /** Active classes with examples, in menu order. */
  readonly classIds: readonly string[];
  readonly archiveRevision: number;
  readonly liveVersion: number | null;
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  readonly kernels: Kernels;
  readonly clock: () => number;
}

/** Returns the published head, or null when another run published that version first. */
export async function refitHead(
  db: Database,
  stored: VersionedStatistics,
  options: RefitOptions,
): Promise<Result<HeadSummary | null, Problem>> {
  const startedAt = options.clock();
  const previous = options.liveVersion === null ? null : await findHead(db, options.liveVersion);
  const rows = await sampleAbsorbed(db, options.classIds, sampleCapPerClass(options.classIds.length));
  const sample = rows.map((row) => ({ classId: row.classId, embedding: decodeEmbedding(row) }));
  const fitted = fitHead(stored.statistics, sample, {
    classIds: options.classIds,
    priorExponent: options.priorExponent,
    unknownAlpha: options.unknownAlpha,
    kernels: options.kernels,
    ...(previous === null ? {} : { previousRho: previous.rho }),
  });
  if (!fitted.ok) return err(problem("internal", `No head could be solved: ${fitted.error.message}`));
  const now = options.clock();
  const summary = summarise(fitted.value, stored, options, { durationMs: now - startedAt, createdAt: now });
  const isPublished = await publishHead(db, summary, fitted.value.head);
  return ok(isPublished ? summary : null);
}

function summarise(
  fitted: FittedHead,
  stored: VersionedStatistics,
  options: RefitOptions,
  times: { durationMs: number; createdAt: number },
): HeadSummary {
  const { head, rho, temperature, evaluation } = fitted;
  const examples = head.classIds.reduce((sum, id) => sum + (stored.statistics.classes.get(id)?.count ?? 0), 0);
  return {
    version: (options.liveVersion ?? 0) + 1,
    backboneId: options.backboneId,
    statisticsVersion: stored.version,
    archiveRevision: options.archiveRevision,
    classIds: head.classIds,
    examples,
    rho,
    temperature,
    evaluation: evaluation && {
      examples: evaluation.examples,
      accuracy: evaluation.accuracy,
      macroF1: evaluation.macroF1,
      logLoss: evaluation.logLoss,
      expectedCalibrationError: evaluation.expectedCalibrationError,
    },
    ...times,
  };
}
