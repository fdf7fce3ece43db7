/**
 * Embeddings of a second backbone on their way in. Before the change they are of the backbone beside the one in use; after it a label
 * left behind may still get its embedding of the one in use, and is an example again then.
 */
import { and, asc, count, eq, gt, isNotNull, notExists, type SQL, sql } from "drizzle-orm";
import type { Purpose } from "../shared/purpose.ts";
import type { Database } from "./database.ts";
import { looksOf } from "./examples.ts";
import { examples } from "./schema.ts";
import { leftExamples, secondEmbeddings } from "./second-schema.ts";

/** An embedding as it is stored, by sample. */
export interface NewEmbedding {
  readonly photo: string;
  readonly embedding: string;
  readonly scale: number;
}

/** A labelled sample that lacks an embedding, and what is kept by which it could get one. */
export interface MissingSample {
  readonly photo: string;
  readonly label: string;
  readonly purpose: Purpose;
  /** How its stored text or picture begins, as of an example; null without one. */
  readonly looks: string | null;
  /** Whether its original is in the bucket. */
  readonly original: boolean;
}

/** How many labelled samples have an embedding of the second backbone, have none, and have one of it alone. */
export interface SecondCounts {
  readonly embedded: number;
  readonly missing: number;
  readonly left: number;
}

/** Reads an index entry per example and embedding. */
export async function countSecond(db: Database, backboneId: string): Promise<SecondCounts> {
  const [[labelled], [embedded], [left]] = await db.batch([
    db.select({ count: count() }).from(examples).where(isNotNull(examples.classId)),
    db.select({ count: count() }).from(secondEmbeddings).where(eq(secondEmbeddings.backboneId, backboneId)),
    db.select({ count: count() }).from(leftExamples),
  ]);
  return { embedded: embedded.count, missing: labelled.count - embedded.count, left: left.count };
}

/** Examples without an embedding of the second backbone, by id, from the one behind `after`. */
export async function listMissing(
  db: Database,
  backboneId: string,
  limit: number,
  after: string,
): Promise<MissingSample[]> {
  const own = db
    .select({ photo: secondEmbeddings.sampleId })
    .from(secondEmbeddings)
    .where(and(eq(secondEmbeddings.sampleId, examples.sampleId), eq(secondEmbeddings.backboneId, backboneId)));
  const { sampleId: photo, classId, purpose } = examples;
  return db
    .select({ photo, label: sql<string>`${classId}`, purpose, ...keptOf(sql`examples.sample_id`) })
    .from(examples)
    .where(and(gt(examples.sampleId, after), isNotNull(examples.classId), notExists(own)))
    .orderBy(asc(examples.sampleId))
    .limit(limit);
}

/** Labels left behind, by id, from the one after `after`. */
export async function listLeft(db: Database, limit: number, after: string): Promise<MissingSample[]> {
  const { sampleId: photo, classId: label, purpose } = leftExamples;
  return db
    .select({ photo, label, purpose: sql<Purpose>`${purpose}`, ...keptOf(sql`left_examples.sample_id`) })
    .from(leftExamples)
    .where(gt(leftExamples.sampleId, after))
    .orderBy(asc(leftExamples.sampleId))
    .limit(limit);
}

function keptOf(id: SQL) {
  const original = sql`EXISTS (SELECT 1 FROM originals WHERE originals.sample_id = ${id})`.mapWith(Boolean);
  return { looks: looksOf(id), original };
}

/** Keeps embeddings of the second backbone, of examples alone; returns how many were new. Safe to repeat. */
export async function storeSecond(db: Database, backboneId: string, rows: readonly NewEmbedding[]): Promise<number> {
  const sent = sql`json_each(${JSON.stringify(rows)}) AS sent`;
  const stored = await db
    .insert(secondEmbeddings)
    .select(
      sql`SELECT value ->> 'photo', ${backboneId}, value ->> 'embedding', value ->> 'scale' FROM ${sent}
        WHERE EXISTS (SELECT 1 FROM examples WHERE sample_id = value ->> 'photo' AND class_id IS NOT NULL)
          AND EXISTS (SELECT 1 FROM second_slot WHERE second_slot.backbone_id = ${backboneId})`,
    )
    .onConflictDoNothing()
    .returning({ photo: secondEmbeddings.sampleId });
  return stored.length;
}

/**
 * Makes examples of labels left behind, with embeddings of the backbone in use; returns how many. The old embedding stays, to go back
 * by. Safe to repeat.
 */
export async function returnLeft(db: Database, backboneId: string, rows: readonly NewEmbedding[]): Promise<number> {
  const sent = sql`json_each(${JSON.stringify(rows)}) AS sent JOIN left_examples AS it ON it.sample_id = value ->> 'photo'`;
  const hasItem = sql`EXISTS (SELECT 1 FROM classes WHERE id = it.class_id AND deleted_at IS NULL)`;
  const [, returned] = await db.batch([
    db
      .insert(secondEmbeddings)
      .select(
        sql`SELECT it.sample_id, it.backbone_id, it.embedding, it.scale FROM ${sent}
          WHERE ${hasItem} AND EXISTS (SELECT 1 FROM second_slot WHERE second_slot.backbone_id = it.backbone_id)`,
      )
      .onConflictDoNothing(),
    db
      .insert(examples)
      .select(
        sql`SELECT it.sample_id, ${backboneId}, it.class_id, NULL, value ->> 'embedding', value ->> 'scale', it.source, it.contributor, it.origin,
            it.created_at, it.labelled_at, it.confirmed_at, it.labelled_by, it.place, it.purpose, 0
          FROM ${sent} WHERE ${hasItem}`,
      )
      .onConflictDoNothing()
      .returning({ photo: examples.sampleId }),
  ]);
  return returned.length;
}
