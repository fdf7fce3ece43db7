/** What a training run works with, and what it was asked to do. */
import type { Kernels } from "../head/kernels/kernels.ts";
import type { Database, DatabaseUsage } from "../store/database.ts";
import type { Lease } from "../store/learning/lease.ts";
import type { StatisticsWrite } from "../store/learning/statistics.ts";
import type { RunTrigger } from "../store/learning/training-runs.ts";
import type { RunLimits } from "./policy.ts";
import type { WordReader } from "./word-reader.ts";

/** Everything a run may touch; clock and kernels come in, so that tests can fix them. */
export interface TrainingContext {
  readonly db: Database;
  /** What `db` has cost since the run began. */
  readonly usage: Readonly<DatabaseUsage>;
  readonly backboneId: string;
  readonly dimension: number;
  readonly priorExponent: number;
  readonly unknownAlpha: number;
  /** Share of the old items' right answers that new ones may take without asking, 0 to 1. */
  readonly newItemsMayTake: number;
  /** How long a run may stay silent before another one may take over, in ms. */
  readonly leaseMs: number;
  readonly limits: RunLimits;
  /** Reads the words of items; absent where the backbone reads photos. */
  readonly words?: WordReader | undefined;
  /** Where the operator has opened the pool, what of it is learnt from. */
  readonly pool?: { readonly size: number } | undefined;
  /** Whether guests' samples may teach before a person has said what they are. */
  readonly publicTeaching: boolean;
  /** The arithmetic of statistics and fits. */
  readonly kernels: Kernels;
  /** Unix time in ms. */
  readonly clock: () => number;
}

/** The one who asked for a run, and whether it must start from the labels again. */
export interface RunRequest {
  readonly trigger: RunTrigger;
  /** Rebuild the statistics from the stored examples, whatever state they are in. */
  readonly rebuild?: boolean;
}

/** A run that holds the lease. */
export interface LeasedRun extends TrainingContext {
  readonly trigger: RunTrigger;
  readonly lease: Lease;
}

/** The circumstances of a write at this moment. */
export function writeNow({ backboneId, lease, leaseMs, clock }: LeasedRun): StatisticsWrite {
  const now = clock();
  return { backboneId, lease, leaseUntil: now + leaseMs, now };
}
