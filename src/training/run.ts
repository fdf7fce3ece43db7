/**
 * One training run: absorb what is new, refit when that changes anything, publish, record. Safe to run twice at once and
 * to die at any point: each of its two writes is one transaction with a version check, and what is missing is done next time.
 */

import type { Kernels } from "../head/kernels/kernels.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { Database } from "../store/database.ts";
import { findHead, type HeadSummary, readLivePointer } from "../store/heads.ts";
import { countLabels, hasPendingLabels } from "../store/labels.ts";
import { listMenu } from "../store/menu.ts";
import { currentStatisticsVersion, loadClassCounts, loadStatistics } from "../store/statistics.ts";
import { type RunTrigger, recordTrainingRun } from "../store/training-runs.ts";
import { absorbPendingLabels } from "./absorb.ts";
import { needsNewHead } from "./policy.ts";
import { refitHead } from "./refit.ts";

export interface TrainingContext {
  readonly db: Database;
  readonly backboneId: string;
  readonly dimension: number;
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  /** The arithmetic of statistics and fits. */
  readonly kernels: Kernels;
  /** Unix time in ms. */
  readonly clock: () => number;
}

export type RunOutcome = "idle" | "published" | "absorbed" | "overtaken" | "failed";

export interface RunReport {
  readonly outcome: RunOutcome;
  readonly headVersion: number | null;
  readonly absorbed: number;
  /** Labels that still wait after this run. */
  readonly remaining: number;
  readonly message: string;
  readonly durationMs: number;
}

type Conclusion = Omit<RunReport, "durationMs" | "remaining">;

/** Runs once and records the run unless there was nothing to do. Storage failures throw; the next run starts afresh. */
export async function runTraining(context: TrainingContext, trigger: RunTrigger): Promise<RunReport> {
  const { db, clock } = context;
  const startedAt = clock();
  const trained = await train(context);
  const conclusion: Conclusion = trained.ok
    ? trained.value
    : { outcome: "failed", headVersion: null, absorbed: 0, message: trained.error.detail };
  const durationMs = clock() - startedAt;
  const { outcome, headVersion, absorbed, message } = conclusion;
  if (outcome !== "idle") {
    await recordTrainingRun(db, { trigger, outcome, absorbed, headVersion, message, durationMs, startedAt });
  }
  const remaining = outcome === "idle" ? 0 : (await countLabels(db)).pending;
  return { ...conclusion, remaining, durationMs };
}

async function train(context: TrainingContext): Promise<Result<Conclusion, Problem>> {
  const { db, backboneId, dimension } = context;
  if (!(await hasWork(context))) {
    return ok({ outcome: "idle", headVersion: null, absorbed: 0, message: "Nothing has changed since the live head." });
  }
  const loaded = await loadStatistics(db, backboneId, dimension);
  if (!loaded.ok) return loaded;
  const absorbed = await absorbPendingLabels(context, loaded.value);
  if (!absorbed.ok) return absorbed;
  if (absorbed.value.isOvertaken) return ok(overtaken(0));

  const { state, classIds, liveVersion } = await readState(context);
  if (!needsNewHead(state)) {
    const message = `Took in ${absorbed.value.absorbed} labels; a head needs two active items with photos.`;
    return ok({ outcome: "absorbed", headVersion: null, absorbed: absorbed.value.absorbed, message });
  }
  const options = { ...context, classIds, archiveRevision: state.archiveRevision, liveVersion };
  const published = await refitHead(db, absorbed.value.stored, options);
  if (!published.ok) return published;
  if (published.value === null) return ok(overtaken(absorbed.value.absorbed));
  return ok({
    outcome: "published",
    headVersion: published.value.version,
    absorbed: absorbed.value.absorbed,
    message: describe(published.value, absorbed.value.absorbed),
  });
}

async function hasWork(context: TrainingContext): Promise<boolean> {
  if (await hasPendingLabels(context.db, context.backboneId)) return true;
  return needsNewHead((await readState(context)).state);
}

async function readState({ db }: TrainingContext) {
  const pointer = await readLivePointer(db);
  const [live, counts, menu, statisticsVersion] = await Promise.all([
    pointer.liveHead === null ? null : findHead(db, pointer.liveHead),
    loadClassCounts(db),
    listMenu(db),
    currentStatisticsVersion(db),
  ]);
  const classIds = menu.map((item) => item.id).filter((id) => (counts.get(id) ?? 0) > 0);
  const { archiveRevision, liveHead } = pointer;
  const state = { statisticsVersion, archiveRevision, trainableClasses: classIds.length, live };
  return { state, classIds, liveVersion: liveHead };
}

function overtaken(absorbed: number): Conclusion {
  return { outcome: "overtaken", headVersion: null, absorbed, message: "Another run did the same work first." };
}

function describe(head: HeadSummary, absorbed: number): string {
  const accuracy =
    head.evaluation === null ? "" : `, leave-one-out accuracy ${(head.evaluation.accuracy * 100).toFixed(1)} %`;
  return `Head ${head.version} is live: ${head.classIds.length} items, ${head.examples} examples, ${absorbed} of them new${accuracy}.`;
}
