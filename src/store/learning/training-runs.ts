/** The record of training runs that did something or failed. A run with nothing to do leaves no row. */
import { desc, lt } from "drizzle-orm";
import type { RecordedOutcome } from "../../shared/closed-lists.ts";
import type { Sentence } from "../../shared/sentence.ts";
import type { Database } from "../database.ts";
import { trainingRuns } from "../schema.ts";
import { noteEvent } from "../webhook/note-event.ts";
import { type Lease, releaseLease } from "./lease.ts";

/** `cron` is the schedule of `wrangler.toml`, `admin` a person or a key. */
export type RunTrigger = "cron" | "admin";

interface TrainingRun {
  readonly trigger: RunTrigger;
  readonly outcome: RecordedOutcome;
  /** Labels taken into the statistics. */
  readonly absorbed: number;
  /** Labels that still wait. */
  readonly remaining: number;
  readonly headVersion: number | null;
  /** In English. */
  readonly message: string;
  /** What `message` says, for other languages; none in rows of older versions. */
  readonly says: readonly Sentence[];
  /** What the run cost in D1, up to this record. */
  readonly queries: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly durationMs: number;
  /** Unix time in ms. */
  readonly startedAt: number;
}

/** A run as it is stored; ids grow. */
export type StoredRun = TrainingRun & { readonly id: number };

/** Records the run and gives its lease back; webhooks are told where it failed. */
export async function recordTrainingRun(db: Database, run: TrainingRun, lease: Lease): Promise<void> {
  const { message, says, outcome, startedAt, durationMs } = run;
  const at = startedAt + durationMs;
  await db.batch([
    db.insert(trainingRuns).values(run),
    releaseLease(db, lease),
    ...(outcome === "failed" ? [noteEvent(db, { event: "run.failed", at, data: { message, says } })] : []),
  ]);
}

/** Newest first, from the run behind the id `after`. */
export async function listTrainingRuns(db: Database, limit: number, after: number | null = null): Promise<StoredRun[]> {
  const isBehind = after === null ? undefined : lt(trainingRuns.id, after);
  return db.select().from(trainingRuns).where(isBehind).orderBy(desc(trainingRuns.id)).limit(limit);
}

/** The newest one, null while there is none. Reads one row. */
export async function findLastTrainingRun(db: Database): Promise<StoredRun | null> {
  return (await listTrainingRuns(db, 1))[0] ?? null;
}
