/**
 * Embeddings of a second backbone on their way in. Before the change they are of the backbone beside the one in use; after it a label
 * left behind may still get its embedding of the one in use, and is an example again then.
 */
import { and, asc, count, eq, gt, isNotNull, notExists, type SQL, sql } from "drizzle-orm";
import type { Purpose } from "../../shared/closed-lists.ts";
import type { Database, Statement } from "../database.ts";
import { looksOf } from "../labels/examples.ts";
import { examples } from "../schema.ts";
import { leftExamples, secondEmbeddings } from "./second-slot.ts";

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

/*
 * Labels of samples that only the other backbone has embedded: staff accepted a correction of an answer from before, or after, the backbones
 * changed places. They are kept with that embedding, count for nothing here, and become examples when the sample is embedded again or the other
 * backbone comes back.
 */

/** The statements that carry out a decision on such a correction while it waits and `isPossible` holds. A known sample is relabelled. */
export function keepDecidedLeft(
  db: Database,
  { photo, label, target }: { readonly photo: string; readonly label: string; readonly target: string },
  isPossible: SQL,
  actor: string,
  now: number,
): Statement[] {
  const waiting = sql`FROM reviews WHERE sample_id = ${photo} AND class_id = ${label} AND status = 'pending' AND ${isPossible}`;
  const isKnown = and(eq(examples.sampleId, photo), isNotNull(examples.classId));
  return [
    db
      .update(examples)
      .set({ classId: target, labelledAt: now, confirmedAt: null, labelledBy: actor })
      .where(and(isKnown, sql`${examples.classId} <> ${target} AND EXISTS (SELECT 1 ${waiting})`)),
    db
      .insert(leftExamples)
      .select(
        sql`SELECT sample_id, backbone_id, ${target}, embedding, scale, 'guest', contributor, origin, ${now}, ${now}, NULL, ${actor}, place, 'learn'
          ${waiting} AND NOT EXISTS (SELECT 1 FROM examples WHERE ${isKnown}) ORDER BY origin DESC, created_at LIMIT 1`,
      )
      .onConflictDoUpdate({
        target: leftExamples.sampleId,
        set: { classId: sql`excluded.class_id`, labelledAt: now, confirmedAt: null, labelledBy: actor },
      }),
  ];
}

/** The statement that drops what a decision of that moment left behind, where `condition` holds. */
export function dropLeft(db: Database, photo: string, decidedAt: number, condition: SQL): Statement {
  // -- one that was left behind before and only got another label stays
  const isWhatItMade = and(eq(leftExamples.createdAt, decidedAt), eq(leftExamples.labelledAt, decidedAt));
  return db.delete(leftExamples).where(and(eq(leftExamples.sampleId, photo), isWhatItMade, condition));
}
