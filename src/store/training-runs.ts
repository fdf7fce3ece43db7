/** The record of training runs that did something or failed. A run with nothing to do leaves no row. */
import { desc } from "drizzle-orm";
import type { Database } from "./database.ts";
import { trainingRuns } from "./schema.ts";

export type RunTrigger = "cron" | "admin";
export type RecordedOutcome = "published" | "absorbed" | "overtaken" | "failed";

export interface TrainingRun {
  readonly trigger: RunTrigger;
  readonly outcome: RecordedOutcome;
  /** Labels taken into the statistics. */
  readonly absorbed: number;
  readonly headVersion: number | null;
  readonly message: string;
  readonly durationMs: number;
  /** Unix time in ms. */
  readonly startedAt: number;
}

export async function recordTrainingRun(db: Database, run: TrainingRun): Promise<void> {
  await db.insert(trainingRuns).values(run);
}

/** Newest first. */
export async function listTrainingRuns(db: Database, limit: number): Promise<(TrainingRun & { id: number })[]> {
  return db.select().from(trainingRuns).orderBy(desc(trainingRuns.id)).limit(limit);
}
