/**
 * The sufficient statistics between two runs. One batch writes statistics, markers and the version check together, so a
 * run that dies leaves the old state, and of two runs that overlap one batch is refused as a whole.
 */
import { and, asc, desc, eq, inArray, isNull, lt, sql } from "drizzle-orm";
import { createStatistics, type Statistics } from "../../head/statistics.ts";
import { sumOfAnotherLength } from "../../shared/english/sums.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Told } from "../../shared/sentence.ts";
import { decodeFloat64, decodeGramInto, encodeFloat64, encodeGram } from "../codecs.ts";
import { type Database, isUniqueViolation, jsonList, MAX_PARAMETER_BYTES, type Statement } from "../database.ts";
import { classSums, examples, gramParts, rebuild, type Slot, statistics } from "../schema.ts";
import { describeBackboneMismatch } from "../second-backbone/backbone-guard.ts";
import { fence, isLeaseLost, type Lease } from "./lease.ts";
import type { LabelMove } from "./pending-labels.ts";

/** Statistics as they are stored. */
export interface VersionedStatistics {
  /** 0 before anything was absorbed. */
  readonly version: number;
  /** The version that last forgot an example: heads made of an older one have seen it. 0 if none has. */
  readonly forgetVersion: number;
  /** Examples taken in as "not on the menu", which `statistics` do not hold. */
  readonly strangers: number;
  readonly statistics: Statistics;
}

/** Statistics as they were found. */
interface LoadedStatistics extends VersionedStatistics {
  /** Why they cannot be read (a part is missing or cut off), in words; `statistics` is empty then. Null when readable. */
  readonly damage: Told | null;
}

/** What a write of statistics needs to know of the run. */
export interface StatisticsWrite {
  readonly backboneId: string;
  readonly lease: Lease;
  /** Unix time in ms until which the lease is prolonged. */
  readonly leaseUntil: number;
  /** Unix time in ms. */
  readonly now: number;
}

/** Moves per statement: their samples and classes travel as one JSON parameter. */
const MOVES_PER_STATEMENT = 2_000;

/** Loads a consistent snapshot, empty statistics when there is none; `backbone_mismatch` when it is another backbone's. */
export async function loadStatistics(
  db: Database,
  backboneId: string,
  dimension: number,
): Promise<Result<LoadedStatistics, Problem>> {
  const [rows, parts, sums] = await db.batch([
    db.select().from(statistics).orderBy(desc(statistics.version)).limit(1),
    selectGram(db, "current"),
    selectSums(db, "current"),
  ]);
  const row = rows[0];
  const empty = { version: 0, forgetVersion: 0, strangers: 0, statistics: createStatistics(dimension), damage: null };
  if (row === undefined) return ok(empty);
  if (row.backboneId !== backboneId) return err(describeBackboneMismatch(row.backboneId, backboneId));
  const { version, forgetVersion, strangers, squaredNorms } = row;
  const read = readStatistics(dimension, parts, sums, squaredNorms);
  if (!read.ok) return ok({ ...empty, version, forgetVersion, strangers, damage: read.error });
  return ok({ version, forgetVersion, strangers, statistics: read.value, damage: null });
}

/** The Gram matrix of a slot, part by part. */
export function selectGram(db: Database, slot: Slot) {
  return db
    .select({ data: gramParts.data })
    .from(gramParts)
    .where(eq(gramParts.slot, slot))
    .orderBy(asc(gramParts.part));
}

/** The class sums of a slot. */
export function selectSums(db: Database, slot: Slot) {
  return db
    .select({ classId: classSums.classId, count: classSums.count, sum: classSums.sum })
    .from(classSums)
    .where(eq(classSums.slot, slot));
}

/** Puts what the two queries above gave together, or says what is missing. */
export function readStatistics(
  dimension: number,
  parts: readonly { readonly data: string }[],
  sums: readonly { readonly classId: string; readonly count: number; readonly sum: string }[],
  squaredNorms: number,
): Result<Statistics, Told> {
  const loaded = createStatistics(dimension);
  const filled = decodeGramInto(
    parts.map((part) => part.data),
    loaded.gram,
  );
  if (!filled.ok) return filled;
  for (const { classId, count, sum: text } of sums) {
    const sum = decodeFloat64(text);
    if (sum.length !== dimension) return err(sumOfAnotherLength({ id: classId, found: sum.length }));
    loaded.classes.set(classId, { count, sum });
  }
  return ok({ ...loaded, squaredNorms });
}

/** The statements that put the Gram matrix and the sums of `classIds` into a slot. */
export function writeSlot(db: Database, slot: Slot, updated: Statistics, classIds: Iterable<string>): Statement[] {
  const parts = encodeGram(updated.gram).map((data, part) =>
    db
      .insert(gramParts)
      .values({ slot, part, data })
      .onConflictDoUpdate({ target: [gramParts.slot, gramParts.part], set: { data } }),
  );
  return [...parts, ...writeSums(db, slot, updated, classIds)];
}

/** The statements that empty a slot. */
export function clearSlot(db: Database, slot: Slot): Statement[] {
  return [db.delete(gramParts).where(eq(gramParts.slot, slot)), db.delete(classSums).where(eq(classSums.slot, slot))];
}

/**
 * Writes `updated` as the version after `previous` and marks the moves as absorbed; what was to be forgotten is deleted.
 * Returns the new version's record, or null, with nothing written, when another run was faster or has taken the lease.
 */
export async function storeAbsorbed(
  db: Database,
  previous: VersionedStatistics,
  moves: readonly LabelMove[],
  write: StatisticsWrite,
): Promise<VersionedStatistics | null> {
  const version = previous.version + 1;
  const forgetVersion = moves.reduce(
    (newest, move) => Math.max(newest, seenBefore(move, version)),
    previous.forgetVersion,
  );
  const stored = { ...previous, version, forgetVersion, strangers: previous.strangers + countNewStrangers(moves) };
  const touched = new Set(moves.flatMap(({ from, to }) => [from, to]).filter((id) => id !== null));
  return storeVersion(db, stored, write, [
    ...writeSlot(db, "current", stored.statistics, touched),
    ...markAbsorbed(db, moves, version),
  ]);
}

/** Heads made from statistics before this version have seen what must be forgotten; 0 if nothing is, or none has. */
function seenBefore({ isForgotten, from, unseenSince }: LabelMove, version: number): number {
  if (isForgotten === 0) return 0;
  return from === null ? unseenSince : version;
}

function countNewStrangers(moves: readonly LabelMove[]): number {
  return moves.reduce((sum, { from, to }) => sum + Number(to === NONE_ID) - Number(from === NONE_ID), 0);
}

/** Writes rebuilt statistics in place of the current ones and ends the rebuild. Null as above. */
export async function storeRebuilt(
  db: Database,
  rebuilt: VersionedStatistics,
  write: StatisticsWrite,
): Promise<VersionedStatistics | null> {
  return storeVersion(db, rebuilt, write, [
    ...clearSlot(db, "current"),
    ...clearSlot(db, "rebuild"),
    ...writeSlot(db, "current", rebuilt.statistics, rebuilt.statistics.classes.keys()),
    db.delete(rebuild),
  ]);
}

async function storeVersion(
  db: Database,
  stored: VersionedStatistics,
  { backboneId, lease, leaseUntil, now }: StatisticsWrite,
  statements: readonly Statement[],
): Promise<VersionedStatistics | null> {
  const { version, forgetVersion, strangers } = stored;
  const { dimension, squaredNorms } = stored.statistics;
  const row = { version, backboneId, dimension, squaredNorms, createdAt: now, forgetVersion, strangers };
  try {
    await db.batch([
      fence(db, lease, leaseUntil),
      db.insert(statistics).values(row),
      db.delete(statistics).where(lt(statistics.version, version)),
      ...statements,
    ]);
    return stored;
  } catch (error) {
    if (isUniqueViolation(error) || isLeaseLost(error)) return null;
    throw error;
  }
}

/** Sums travel many at a time as one JSON parameter: a statement each would be 1,000 of D1's 1,000 queries. */
function writeSums(db: Database, slot: Slot, { classes }: Statistics, classIds: Iterable<string>): Statement[] {
  const rows = [...classIds].flatMap((classId) => {
    const known = classes.get(classId);
    return known === undefined ? [] : [{ classId, count: known.count, sum: encodeFloat64(known.sum) }];
  });
  const perStatement = Math.max(1, Math.floor(MAX_PARAMETER_BYTES / ((rows[0]?.sum.length ?? 0) + 512)));
  const statements: Statement[] = [];
  for (let first = 0; first < rows.length; first += perStatement) {
    const chunk = JSON.stringify(rows.slice(first, first + perStatement));
    statements.push(
      db
        .insert(classSums)
        .select(
          sql`SELECT ${slot}, value ->> 'classId', value ->> 'count', value ->> 'sum' FROM json_each(${chunk}) WHERE true`,
        )
        .onConflictDoUpdate({
          target: [classSums.slot, classSums.classId],
          set: { count: sql`excluded.count`, sum: sql`excluded.sum` },
        }),
    );
  }
  return statements;
}

/**
 * Sets each sample's marker to the class it was absorbed as, which may no longer be its label, and notes since which version nothing of
 * it is held. A tombstone is deleted, unless somebody has labelled the sample again meanwhile: then it is a new example of its
 * class. One that was only set aside when the run began is the next run's to delete, which knows which heads have seen it.
 */
function markAbsorbed(db: Database, moves: readonly LabelMove[], version: number): Statement[] {
  const statements: Statement[] = [];
  for (let first = 0; first < moves.length; first += MOVES_PER_STATEMENT) {
    const chunk = moves.slice(first, first + MOVES_PER_STATEMENT);
    const markers = JSON.stringify(chunk.map(({ sampleId, to }) => [sampleId, to]));
    statements.push(
      db
        .update(examples)
        .set({
          absorbedClassId: sql`moves.value ->> 1`,
          unseenSince: sql`CASE WHEN moves.value ->> 1 IS NULL AND ${examples.absorbedClassId} IS NOT NULL THEN ${version} ELSE ${examples.unseenSince} END`,
        })
        .from(sql`json_each(${markers}) AS moves`)
        .where(sql`${examples.sampleId} = moves.value ->> 0`),
    );
    const forgotten = chunk.filter(({ isForgotten }) => isForgotten === 1).map(({ sampleId }) => sampleId);
    if (forgotten.length === 0) continue;
    statements.push(
      db.delete(examples).where(and(isNull(examples.classId), inArray(examples.sampleId, jsonList(forgotten)))),
    );
  }
  return statements;
}

/** The versions that are stored, zeros when there is none. */
export async function readStatisticsVersion(db: Database): Promise<{ version: number; forgetVersion: number }> {
  const [row] = await db
    .select({ version: statistics.version, forgetVersion: statistics.forgetVersion })
    .from(statistics)
    .where(eq(statistics.version, sql`(SELECT max(version) FROM statistics)`));
  return row ?? { version: 0, forgetVersion: 0 };
}
