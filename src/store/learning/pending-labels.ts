/**
 * The work of a training run: labels that the statistics do not hold as they stand. An example is pending while what is to be
 * learnt of it is not `absorbed_class_id` (it is new, moves or is set aside) or while `class_id` is null: a tombstone, to be
 * forgotten. Both have an index of their own rows only, so nothing here grows with N.
 */
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { NONE_ID } from "../../shared/none-label.ts";
import { type Database, jsonList } from "../database.ts";
import { classes, classSums, examples, statistics } from "../schema.ts";

/** What the statistics should hold an example as: nothing of one that is set aside. */
export const LEARNT_CLASS = sql<
  string | null
>`CASE ${examples.purpose} WHEN 'test' THEN NULL ELSE ${examples.classId} END`;

/** True for an example that waits; spelt as in the partial index `examples_pending`. */
export const IS_MISPLACED = sql`${LEARNT_CLASS} IS NOT ${examples.absorbedClassId}`;

/** One sample's way from what the statistics hold it as (`from`) to what they should (`to`); null is "not at all". */
export interface LabelMove {
  readonly sampleId: string;
  readonly from: string | null;
  readonly to: string | null;
  /** 1 for a tombstone, 0 for a label. */
  readonly isForgotten: number;
  /** The version from which on the statistics hold nothing of it, 0 where they never did. */
  readonly unseenSince: number;
}

/** An embedding as it is stored, by sample. */
export interface StoredSample {
  readonly sampleId: string;
  readonly embedding: string;
  readonly scale: number;
}

const moveColumns = {
  sampleId: examples.sampleId,
  from: examples.absorbedClassId,
  to: LEARNT_CLASS,
  isForgotten: sql<number>`${examples.classId} IS NULL`,
  unseenSince: examples.unseenSince,
};

/**
 * Up to `limit` moves: first what to forget, then the labels of the newest class, oldest label first. One snapshot;
 * embeddings are fetched apart, so that a long plan fits in memory.
 */
export async function planLabelMoves(db: Database, limit: number): Promise<LabelMove[]> {
  const [tombstones, moves] = await db.batch([
    db.select(moveColumns).from(examples).where(isNull(examples.classId)).limit(limit),
    db
      .select(moveColumns)
      .from(classes)
      .crossJoin(examples) // -- keeps SQLite to this order of loops: no sort, and `limit` rows read instead of all that wait
      .where(and(eq(examples.classId, classes.id), IS_MISPLACED))
      .orderBy(desc(classes.createdAt), desc(classes.id), examples.labelledAt)
      .limit(limit),
  ]);
  return [...tombstones, ...moves].slice(0, limit);
}

/** The embeddings of these samples, in no particular order. */
export async function fetchEmbeddings(db: Database, sampleIds: readonly string[]): Promise<StoredSample[]> {
  return db
    .select({ sampleId: examples.sampleId, embedding: examples.embedding, scale: examples.scale })
    .from(examples)
    .where(inArray(examples.sampleId, jsonList(sampleIds)));
}

/** True when a run would find something to absorb or to forget; reads at most two rows. */
export async function hasPendingLabels(db: Database): Promise<boolean> {
  return (await planLabelMoves(db, 1)).length > 0;
}

/** Moves that wait, by where they come from and where they go; reads the waiting rows. */
async function countMoves(db: Database) {
  return db
    .select({ from: examples.absorbedClassId, to: LEARNT_CLASS, count: sql<number>`count(*)` })
    .from(examples)
    .where(IS_MISPLACED)
    .groupBy(LEARNT_CLASS, examples.absorbedClassId);
}

/** Labels that wait for a run, those to be forgotten among them. */
export async function countPending(db: Database): Promise<number> {
  return (await countMoves(db)).reduce((total, { count }) => total + count, 0);
}

/** Examples that the statistics hold, per class. Reads one row per class. */
export async function loadClassCounts(db: Database): Promise<Map<string, number>> {
  const rows = await db
    .select({ classId: classSums.classId, count: classSums.count })
    .from(classSums)
    .where(eq(classSums.slot, "current"));
  return new Map(rows.map((row) => [row.classId, row.count]));
}

/** Labels of each class as they stand, absorbed or not, "not on the menu" among them. Reads one row per class and those that wait. */
export async function countExamplesPerClass(db: Database): Promise<Map<string, number>> {
  return (await countLabels(db)).perClass;
}

/**
 * Labels stored, per class ("not on the menu" among them) and of all items together, and how many of any kind no run has taken
 * in as they stand.
 */
export async function countLabels(
  db: Database,
): Promise<{ examples: number; pending: number; perClass: Map<string, number> }> {
  const [perClass, strangers, moves] = await Promise.all([loadClassCounts(db), readStrangers(db), countMoves(db)]);
  perClass.set(NONE_ID, strangers);
  let pending = 0;
  for (const { from, to, count } of moves) {
    pending += count;
    if (from !== null) perClass.set(from, (perClass.get(from) ?? 0) - count);
    if (to !== null) perClass.set(to, (perClass.get(to) ?? 0) + count);
  }
  const all = [...perClass.values()].reduce((total, count) => total + count, 0);
  return { examples: all - (perClass.get(NONE_ID) ?? 0), pending, perClass };
}

/** Examples taken in as "not on the menu". Reads one row. */
async function readStrangers(db: Database): Promise<number> {
  const newest = db.select({ strangers: statistics.strangers }).from(statistics);
  const [row] = await newest.orderBy(desc(statistics.version)).limit(1);
  return row?.strangers ?? 0;
}
