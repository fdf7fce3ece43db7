/**
 * The work of a training run: labels that the statistics do not hold as they stand. An example is pending while what is to be
 * learnt of it is not `absorbed_class_id` (it is new, moves or is set aside) or while `class_id` is null: a tombstone, to be
 * forgotten. Both have an index of their own rows only, so nothing here grows with N.
 */
import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { type Database, jsonList } from "./database.ts";
import { classes, examples } from "./schema.ts";

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
export async function countMoves(db: Database) {
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
