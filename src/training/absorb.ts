/**
 * Takes pending labels into the statistics: new ones are added, relabelled ones move. Labels are the truth; what is
 * written here can be rebuilt from them.
 */
import type { Kernels } from "../head/kernels/kernels.ts";
import { addExamples, checkInvariants, relabelExamples } from "../head/statistics.ts";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { decodeEmbedding } from "../store/codecs.ts";
import type { Database } from "../store/database.ts";
import { listPendingLabels } from "../store/labels.ts";
import { storeStatistics, type VersionedStatistics } from "../store/statistics.ts";
import { MAX_LABELS_PER_RUN } from "./policy.ts";

export interface AbsorbReport {
  readonly absorbed: number;
  /** True when the limit of a run was reached, so that more labels may wait. */
  readonly isLimited: boolean;
  /** True when another run stored its statistics first; nothing was written then. */
  readonly isOvertaken: boolean;
  readonly stored: VersionedStatistics;
}

export interface AbsorbContext {
  readonly db: Database;
  readonly backboneId: string;
  readonly kernels: Kernels;
  /** Unix time in ms. */
  readonly clock: () => number;
}

/** Absorbs up to `MAX_LABELS_PER_RUN` pending labels into `loaded`, which is changed in place. */
export async function absorbPendingLabels(
  { db, backboneId, kernels, clock }: AbsorbContext,
  loaded: VersionedStatistics,
): Promise<Result<AbsorbReport, Problem>> {
  const pending = await listPendingLabels(db, backboneId, MAX_LABELS_PER_RUN);
  if (pending.length === 0) {
    return ok({ absorbed: 0, isLimited: false, isOvertaken: false, stored: loaded });
  }
  const { statistics, version } = loaded;
  const touched = new Set<string>();
  const added = [];
  const moved = [];
  for (const label of pending) {
    const embedding = decodeEmbedding(label);
    touched.add(label.classId);
    if (label.absorbedAs === null) {
      added.push({ classId: label.classId, embedding });
    } else {
      touched.add(label.absorbedAs);
      moved.push({ from: label.absorbedAs, to: label.classId, embedding });
    }
  }
  addExamples(statistics, added, kernels);
  relabelExamples(statistics, moved);
  const sound = checkInvariants(statistics);
  if (!sound.ok) return err(problem("internal", `The statistics do not add up: ${sound.error.message}`));

  const isStored = await storeStatistics(db, statistics, version, backboneId, pending, touched, clock());
  return ok({
    absorbed: isStored ? pending.length : 0,
    isLimited: pending.length === MAX_LABELS_PER_RUN,
    isOvertaken: !isStored,
    stored: { statistics, version: version + 1 },
  });
}
