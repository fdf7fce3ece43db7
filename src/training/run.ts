/**
 * One training run: take the lease, repair what is unsound, absorb what is new, refit when that changes anything, publish,
 * record. Safe to run twice at once and to die at any point: each of its writes is one transaction that carries the version
 * it builds on and the lease it was made under, and what is missing is done next time.
 */

import type { FitError } from "../head/fit-problem.ts";
import type { RecordedOutcome } from "../shared/closed-lists.ts";
import {
  anotherRunAtWork,
  anotherRunWasFirst,
  brokeOff,
  liveWithdrawn,
  nothingNew,
  numberTaken,
  tookIn,
  unsolved,
} from "../shared/english/runs.ts";
import { rebuildAskedFor } from "../shared/english/sums.ts";
import type { Problem } from "../shared/problem.ts";
import { type Sentence, type Told, tellAll } from "../shared/sentence.ts";
import { withoutParameters } from "../store/database.ts";
import { withdrawHead } from "../store/heads/publish-head.ts";
import { acquireLease, isStillHeld, releaseLease } from "../store/learning/lease.ts";
import { countPending, hasPendingLabels } from "../store/learning/pending-labels.ts";
import { isRebuilding } from "../store/learning/rebuild.ts";
import { loadStatistics, type VersionedStatistics } from "../store/learning/statistics.ts";
import { recordTrainingRun } from "../store/learning/training-runs.ts";
import { requireSameBackbone } from "../store/second-backbone/backbone-guard.ts";
import { noteEvent } from "../store/webhook/note-event.ts";
import { absorbPendingLabels, findFault } from "./absorb.ts";
import type { LeasedRun, RunRequest, TrainingContext } from "./context.ts";
import { hasDescriptionChanges, readDescriptions } from "./describe.ts";
import { hasSeenForgotten, needsNewHead } from "./policy.ts";
import { advanceRebuild } from "./rebuild.ts";
import { refitHead } from "./refit.ts";
import { tellMade } from "./run-messages.ts";
import { readState } from "./state.ts";

/** What a run did. `headVersion` is null when it wrote no head; `message` is a sentence for staff. */
export interface RunReport {
  /** `idle`: nothing to do; `busy`: another run is at work. Neither is recorded. */
  readonly outcome: RecordedOutcome | "idle" | "busy";
  readonly headVersion: number | null;
  readonly absorbed: number;
  /** Labels that still wait after this run. */
  readonly remaining: number;
  readonly message: string;
  /** What `message` says, for other languages. */
  readonly says: readonly Sentence[];
  readonly durationMs: number;
}

type Conclusion = Pick<RunReport, "outcome" | "headVersion" | "absorbed" | "message" | "says">;

/** What is told of an error. */
const MAX_REASON_CHARACTERS = 500;

const IDLE: Conclusion = {
  outcome: "idle",
  headVersion: null,
  absorbed: 0,
  ...report(nothingNew()),
};

/** Runs once. Storage failures throw; the next run starts afresh. */
export async function runTraining(context: TrainingContext, request: RunRequest): Promise<RunReport> {
  const { db, clock, leaseMs } = context;
  const startedAt = clock();
  if (request.rebuild !== true && !(await hasWork(context)))
    return { ...IDLE, remaining: 0, durationMs: clock() - startedAt };
  const taken = await acquireLease(db, startedAt, leaseMs);
  if ("heldUntil" in taken) {
    const told = report(anotherRunAtWork({ until: taken.heldUntil }));
    return { ...IDLE, ...told, outcome: "busy", remaining: await countPending(db), durationMs: clock() - startedAt };
  }
  const run: LeasedRun = { ...context, trigger: request.trigger, lease: taken.lease };
  try {
    return await conclude(run, await train(run, request), startedAt);
  } catch (error) {
    // The run is over and says so, if it still can; a run that was killed is waited for until its lease expires.
    await releaseLease(db, run.lease).catch(() => undefined);
    await noteBreak(run, error).catch(() => undefined);
    throw error;
  }
}

/** What nobody foresaw leaves no record but this. */
async function noteBreak({ db, clock }: LeasedRun, error: unknown): Promise<void> {
  const reason = String(error instanceof Error ? withoutParameters(error) : error).slice(0, MAX_REASON_CHARACTERS);
  const told = brokeOff({ reason });
  await noteEvent(db, { event: "run.failed", at: clock(), data: { message: told.text, says: told.says } });
}

/** Records what came of the run and gives the lease back. */
async function conclude(run: LeasedRun, conclusion: Conclusion, startedAt: number): Promise<RunReport> {
  const { db, clock, usage, trigger, lease } = run;
  const remaining = await countPending(db);
  const durationMs = clock() - startedAt;
  const { outcome } = conclusion;
  if (outcome === "idle" || outcome === "busy") await releaseLease(db, lease);
  else
    await recordTrainingRun(db, { ...conclusion, ...usage, trigger, outcome, remaining, durationMs, startedAt }, lease);
  return { ...conclusion, remaining, durationMs };
}

async function train(run: LeasedRun, request: RunRequest): Promise<Conclusion> {
  const { db, backboneId, dimension } = run;
  const same = await requireSameBackbone(db, backboneId);
  const loaded = same.ok ? await loadStatistics(db, backboneId, dimension) : same;
  if (!loaded.ok) return { ...IDLE, outcome: "failed", ...reportProblem(loaded.error) };

  const fault = loaded.value.damage ?? findFault(loaded.value.statistics);
  const reason = request.rebuild === true ? rebuildAskedFor() : fault;
  if (reason !== null || (await isRebuilding(db)))
    return rebuildAndGoOn(run, loaded.value, reason ?? rebuildAskedFor());

  const absorbed = await absorbPendingLabels(run, loaded.value);
  if (absorbed.kind === "overtaken") return overtaken(run, 0);
  if (absorbed.kind === "unsound") {
    const unchanged = await loadStatistics(db, backboneId, dimension);
    return unchanged.ok
      ? rebuildAndGoOn(run, unchanged.value, absorbed.reason)
      : { ...IDLE, outcome: "failed", ...reportProblem(unchanged.error) };
  }
  return refit(run, absorbed.stored, absorbed.absorbed);
}

/** A rebuild first; once it is complete the same run continues with a head of it. */
async function rebuildAndGoOn(run: LeasedRun, old: VersionedStatistics, reason: Told): Promise<Conclusion> {
  const rebuilt = await advanceRebuild(run, old, reason);
  if (rebuilt.kind === "overtaken") return overtaken(run, 0);
  if (rebuilt.kind === "unfinished") return { ...IDLE, outcome: "rebuilding", ...report(rebuilt.told) };
  return refit(run, rebuilt.stored, 0, [rebuilt.told]);
}

async function refit(
  run: LeasedRun,
  stored: VersionedStatistics,
  absorbed: number,
  before: readonly Told[] = [],
): Promise<Conclusion> {
  if (!(await readDescriptions(run))) return overtaken(run, absorbed);
  const state = await readState(run);
  if (!needsNewHead(state)) {
    if (hasSeenForgotten(state)) {
      if (!(await withdrawHead(run.db, state.forgetVersion, run.lease, run.clock()))) return overtaken(run, absorbed);
      return { outcome: "absorbed", headVersion: null, absorbed, ...report(...before, liveWithdrawn()) };
    }
    if (absorbed === 0 && before.length === 0) return IDLE;
    return { outcome: "absorbed", headVersion: null, absorbed, ...report(...before, tookIn({ labels: absorbed })) };
  }
  const made = await refitHead(run, stored, state);
  if (!made.ok) {
    if (made.error.code === "not_positive_definite" && before.length === 0) {
      return rebuildAndGoOn(run, stored, toTold(made.error));
    }
    return { ...IDLE, outcome: "failed", absorbed, ...report(unsolved(), toTold(made.error)) };
  }
  if (made.value === null) return overtaken(run, absorbed);
  return {
    outcome: made.value.isLive ? "published" : "held",
    headVersion: made.value.version,
    absorbed,
    ...report(...before, tellMade(made.value, absorbed)),
  };
}

async function hasWork(context: TrainingContext): Promise<boolean> {
  const { db } = context;
  if ((await hasPendingLabels(db)) || (await isRebuilding(db)) || (await hasDescriptionChanges(context))) return true;
  const state = await readState(context);
  return needsNewHead(state) || hasSeenForgotten(state);
}

/** A write found its number or its lease taken. Where no other run has taken it, the next run would find the same. */
async function overtaken({ db, lease }: LeasedRun, absorbed: number): Promise<Conclusion> {
  if (!(await isStillHeld(db, lease)))
    return { outcome: "overtaken", headVersion: null, absorbed, ...report(anotherRunWasFirst()) };
  return { outcome: "failed", headVersion: null, absorbed, ...report(numberTaken()) };
}

function report(...parts: readonly Told[]): Pick<RunReport, "message" | "says"> {
  const { text, says } = tellAll(parts);
  return { message: text, says };
}

function toTold({ message, says }: FitError): Told {
  return { text: message, says };
}

function reportProblem({ detail, says }: Problem): Pick<RunReport, "message" | "says"> {
  return { message: detail, says };
}
