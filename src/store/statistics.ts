/**
 * The sufficient statistics between two runs. One batch writes statistics, markers and the version check together, so a
 * run that dies leaves the old state, and of two runs that overlap one batch is refused as a whole.
 */
import { asc, eq, inArray, lt, sql } from "drizzle-orm";
import { createStatistics, type Statistics } from "../head/statistics.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { describeBackboneMismatch } from "./backbone-guard.ts";
import { decodeFloat64, decodeGramInto, encodeFloat64, encodeGram } from "./codecs.ts";
import { type Database, isUniqueViolation } from "./database.ts";
import { classSums, examples, gramParts, statistics } from "./schema.ts";

/** Statistics and the version they were stored as; 0 before anything was absorbed. */
export interface VersionedStatistics {
  readonly version: number;
  readonly statistics: Statistics;
}

/** What a run took in: the photo, and the class under which the statistics hold it from now on. */
export interface Absorption {
  readonly photoId: string;
  readonly classId: string;
}

/** Loads a consistent snapshot, empty statistics when there is none; `backbone_mismatch` when it is another backbone's. */
export async function loadStatistics(
  db: Database,
  backboneId: string,
  dimension: number,
): Promise<Result<VersionedStatistics, Problem>> {
  const [rows, parts, sums] = await db.batch([
    db.select().from(statistics),
    db.select({ data: gramParts.data }).from(gramParts).orderBy(asc(gramParts.part)),
    db.select().from(classSums),
  ]);
  const loaded = createStatistics(dimension);
  const row = rows[0];
  if (row === undefined) return ok({ version: 0, statistics: loaded });
  if (row.backboneId !== backboneId) return err(describeBackboneMismatch(row.backboneId, backboneId));
  decodeGramInto(
    parts.map((part) => part.data),
    loaded.gram,
  );
  for (const { classId, count, sum } of sums) loaded.classes.set(classId, { count, sum: decodeFloat64(sum) });
  loaded.squaredNorms = row.squaredNorms;
  return ok({ version: row.version, statistics: loaded });
}

/**
 * Writes `statistics` as version `previousVersion + 1` and marks what was absorbed. Returns false, with nothing
 * written, when another run has stored that version in the meantime.
 */
export async function storeStatistics(
  db: Database,
  updated: Statistics,
  previousVersion: number,
  backboneId: string,
  absorbed: readonly Absorption[],
  touchedClasses: ReadonlySet<string>,
  now: number,
): Promise<boolean> {
  const { dimension, squaredNorms, gram, classes } = updated;
  const version = previousVersion + 1;
  const sums = [...touchedClasses].flatMap((classId) => {
    const classSum = classes.get(classId);
    return classSum === undefined ? [] : [{ classId, count: classSum.count, sum: encodeFloat64(classSum.sum) }];
  });
  try {
    await db.batch([
      db.insert(statistics).values({ version, backboneId, dimension, squaredNorms, createdAt: now }),
      db.delete(statistics).where(lt(statistics.version, version)),
      ...encodeGram(gram).map((data, part) =>
        db.insert(gramParts).values({ part, data }).onConflictDoUpdate({ target: gramParts.part, set: { data } }),
      ),
      ...sums.map((row) =>
        db
          .insert(classSums)
          .values(row)
          .onConflictDoUpdate({ target: classSums.classId, set: { count: row.count, sum: row.sum } }),
      ),
      markAbsorbed(db, absorbed),
    ]);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** Sets each photo's marker to the class that was absorbed, which may no longer be the class it is labelled with. */
function markAbsorbed(db: Database, absorbed: readonly Absorption[]) {
  const pairs = JSON.stringify(Object.fromEntries(absorbed.map(({ photoId, classId }) => [photoId, classId])));
  return db
    .update(examples)
    .set({ absorbedClassId: sql`(SELECT value FROM json_each(${pairs}) WHERE key = ${examples.photoId})` })
    .where(inArray(examples.photoId, sql`(SELECT key FROM json_each(${pairs}))`));
}

/** Counts of absorbed examples per class. */
export async function loadClassCounts(db: Database): Promise<Map<string, number>> {
  const rows = await db.select({ classId: classSums.classId, count: classSums.count }).from(classSums);
  return new Map(rows.map((row) => [row.classId, row.count]));
}

/** A labelled embedding as stored, for the evaluation sample. */
export interface AbsorbedExample {
  readonly classId: string;
  readonly embedding: string;
  readonly scale: number;
}

/**
 * Up to `capPerClass` absorbed examples of each class, those with the smallest photo ids: SHA-256 makes that a random
 * choice, and the same one in every run. Reads about capPerClass rows per class, whatever the number of examples is.
 */
export async function sampleAbsorbed(
  db: Database,
  classIds: readonly string[],
  capPerClass: number,
): Promise<AbsorbedExample[]> {
  return db
    .select({ classId: sql<string>`${examples.absorbedClassId}`, embedding: examples.embedding, scale: examples.scale })
    .from(examples)
    .where(
      inArray(
        examples.photoId,
        sql`(SELECT sampled.photo_id FROM json_each(${JSON.stringify(classIds)}) AS wanted
             JOIN examples AS sampled ON sampled.photo_id IN (
               SELECT photo_id FROM examples WHERE absorbed_class_id = wanted.value ORDER BY photo_id LIMIT ${capPerClass}))`,
      ),
    )
    .orderBy(asc(examples.absorbedClassId), asc(examples.photoId));
}

/** The version that is stored, 0 when there is none. */
export async function currentStatisticsVersion(db: Database): Promise<number> {
  const [row] = await db
    .select({ version: statistics.version })
    .from(statistics)
    .where(eq(statistics.version, sql`(SELECT max(version) FROM statistics)`));
  return row?.version ?? 0;
}
