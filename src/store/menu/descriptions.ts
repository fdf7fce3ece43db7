/**
 * What the descriptions of items come to in numbers. Derived from the words in `classes`: a run makes what is missing or stale, and the
 * revision that a refit goes by moves in the same batch, so that a run that dies in between leaves nothing half learnt.
 */

import { inArray, isNotNull, sql } from "drizzle-orm";
import { real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Embedding } from "../../head/embedding.ts";
import type { LabelledEmbedding } from "../../head/statistics.ts";
import { decodeEmbedding, encodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { fence, isLeaseLost } from "../learning/lease.ts";
import type { StatisticsWrite } from "../learning/statistics.ts";
import { bumpMenu } from "./menu.ts";

/** One row per described item, by the run that last read its words; without numbers where these say nothing to the backbone. */
export const classDescriptions = sqliteTable("class_descriptions", {
  classId: text("class_id").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  wording: text("wording").notNull(),
  embedding: text("embedding"),
  scale: real("scale"),
});

/** A description as it was read: by which backbone, and a hash of the words. */
export interface ReadDescription {
  readonly classId: string;
  readonly backboneId: string;
  readonly wording: string;
}

/** `embedding` has any length; null where the words say nothing to the backbone. */
export interface NewDescription {
  readonly classId: string;
  readonly wording: string;
  readonly embedding: Embedding | null;
}

/** Which words have been read. One row per described item. */
export async function listReadDescriptions(db: Database): Promise<ReadDescription[]> {
  const { classId, backboneId, wording } = classDescriptions;
  return db.select({ classId, backboneId, wording }).from(classDescriptions);
}

/** Ids of the items whose descriptions count. */
export async function listCountedDescriptions(db: Database): Promise<Set<string>> {
  const { classId, embedding } = classDescriptions;
  const rows = await db.select({ classId }).from(classDescriptions).where(isNotNull(embedding));
  return new Set(rows.map((row) => row.classId));
}

/** Descriptions that count, in the order of their ids. */
export async function loadDescriptions(db: Database): Promise<LabelledEmbedding[]> {
  const { classId, embedding, scale } = classDescriptions;
  const rows = await db.select({ classId, embedding, scale }).from(classDescriptions).orderBy(classId);
  return rows.flatMap((row) =>
    row.embedding === null || row.scale === null
      ? []
      : [{ classId: row.classId, embedding: decodeEmbedding({ embedding: row.embedding, scale: row.scale }) }],
  );
}

/** Rows of one statement: 600 bytes of base64 each, one parameter in all. */
const ROWS_PER_STATEMENT = 500;

/** Stores the descriptions read and deletes those `gone`. False, with nothing written, if another run has taken the lease. */
export async function storeDescriptions(
  db: Database,
  read: readonly NewDescription[],
  gone: readonly string[],
  { backboneId, lease, leaseUntil }: StatisticsWrite,
): Promise<boolean> {
  const rows = read.map(({ classId, wording, embedding }) => ({
    classId,
    wording,
    ...(embedding === null ? { embedding: null, scale: null } : encodeEmbedding(embedding)),
  }));
  const chunks = Array.from({ length: Math.ceil(rows.length / ROWS_PER_STATEMENT) }, (_, i) =>
    JSON.stringify(rows.slice(i * ROWS_PER_STATEMENT, (i + 1) * ROWS_PER_STATEMENT)),
  );
  try {
    await db.batch([
      fence(db, lease, leaseUntil),
      db.delete(classDescriptions).where(inArray(classDescriptions.classId, jsonList(gone))),
      ...chunks.map((chunk) => upsert(db, chunk, backboneId)),
      bumpMenu(db, true),
    ]);
    return true;
  } catch (error) {
    if (isLeaseLost(error)) return false;
    throw error;
  }
}

function upsert(db: Database, rows: string, backboneId: string) {
  return db
    .insert(classDescriptions)
    .select(
      sql`SELECT value ->> 'classId', ${backboneId}, value ->> 'wording', value ->> 'embedding', value ->> 'scale' FROM json_each(${rows}) WHERE true`,
    )
    .onConflictDoUpdate({
      target: classDescriptions.classId,
      set: {
        backboneId: sql`excluded.backbone_id`,
        wording: sql`excluded.wording`,
        embedding: sql`excluded.embedding`,
        scale: sql`excluded.scale`,
      },
    });
}
