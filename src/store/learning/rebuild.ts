/**
 * A rebuild of the statistics from the stored examples, worked on by as many runs as it takes. It reads what each example
 * is absorbed as, in the order of sample ids, into a slot of its own; while it goes on nothing else is absorbed, so that
 * at its end it holds exactly what the current statistics should.
 */
import { and, asc, eq, gt, isNotNull, ne } from "drizzle-orm";
import { createStatistics, type Statistics } from "../../head/statistics.ts";
import { toldBefore } from "../../shared/english/sums.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Told } from "../../shared/sentence.ts";
import type { Database } from "../database.ts";
import { examples, rebuild } from "../schema.ts";
import { writeFenced } from "./lease.ts";
import { ABSORBED_COLUMNS, type SampledExample } from "./sample.ts";
import { clearSlot, readStatistics, type StatisticsWrite, selectGram, selectSums, writeSlot } from "./statistics.ts";

/** How far a rebuild is. */
interface RebuildProgress {
  /** The last sample id taken in; empty at the start. */
  readonly cursor: string;
  /** Examples taken in. */
  readonly examples: number;
  /** Why the rebuild was started. */
  readonly reason: Told;
  /** Unix time in ms. */
  readonly startedAt: number;
}

/** A rebuild under way: how far it has come, and the sums of the examples read so far. */
export interface Rebuild {
  readonly progress: RebuildProgress;
  readonly statistics: Statistics;
}

/** True while a rebuild is unfinished; reads at most one row. */
export async function isRebuilding(db: Database): Promise<boolean> {
  return (await db.select({ id: rebuild.id }).from(rebuild)).length > 0;
}

/** The rebuild that is under way, or null. One that cannot be read begins again. */
export async function loadRebuild(db: Database, dimension: number): Promise<Rebuild | null> {
  const [rows, parts, sums] = await db.batch([
    db.select().from(rebuild),
    selectGram(db, "rebuild"),
    selectSums(db, "rebuild"),
  ]);
  const row = rows[0];
  if (row === undefined) return null;
  const { squaredNorms, id: _, ...found } = row;
  const progress = { ...found, reason: fromStoredReason(found.reason) };
  const read = readStatistics(dimension, parts, sums, squaredNorms);
  if (read.ok) return { progress, statistics: read.value };
  return { progress: { ...progress, cursor: "", examples: 0 }, statistics: createStatistics(dimension) };
}

/** As the column `reason` keeps it. */
export function toStoredReason({ text, says }: Told): string {
  return JSON.stringify({ text, says });
}

/** Older versions stored words. */
function fromStoredReason(reason: string): Told {
  return reason.startsWith("{") ? JSON.parse(reason) : toldBefore({ text: reason });
}

/** The statement that asks the next run for a rebuild, for reasons that come up outside of a run. */
export function requestRebuild(db: Database, reason: Told, now: number) {
  return db
    .insert(rebuild)
    .values({ id: 1, cursor: "", examples: 0, squaredNorms: 0, reason: toStoredReason(reason), startedAt: now })
    .onConflictDoNothing();
}

/** The next `limit` examples that the statistics hold, after `cursor`, by sample id. */
export async function listAbsorbedAfter(db: Database, cursor: string, limit: number): Promise<SampledExample[]> {
  return db
    .select(ABSORBED_COLUMNS)
    .from(examples)
    .where(
      and(gt(examples.sampleId, cursor), isNotNull(examples.absorbedClassId), ne(examples.absorbedClassId, NONE_ID)),
    )
    .orderBy(asc(examples.sampleId))
    .limit(limit);
}

/** Examples taken in as "not on the menu", by their markers; reads an index entry for each. */
export async function countAbsorbedStrangers(db: Database): Promise<number> {
  return db.$count(examples, eq(examples.absorbedClassId, NONE_ID));
}

/** Keeps a rebuild that another run will continue with. False, with nothing written, when the lease was lost. */
export async function saveRebuild(
  db: Database,
  { progress, statistics }: Rebuild,
  { lease, leaseUntil }: StatisticsWrite,
): Promise<boolean> {
  const reason = toStoredReason(progress.reason);
  const row = { id: 1, ...progress, reason, squaredNorms: statistics.squaredNorms };
  return writeFenced(db, lease, leaseUntil, [
    db.insert(rebuild).values(row).onConflictDoUpdate({ target: rebuild.id, set: row }),
    ...clearSlot(db, "rebuild"),
    ...writeSlot(db, "rebuild", statistics, statistics.classes.keys()),
  ]);
}
