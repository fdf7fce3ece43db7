/** The corrections that wait for staff, most useful first. What they are worth and who resembles whom is not known here. */
import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import { decodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { classes, reviews } from "../schema.ts";
import { MAX_PENDING_REVIEWS } from "./review-limits.ts";
import type { ReviewKey } from "./undo-decisions.ts";

/** A correction that waits. `guess` is the id of the class that the head had put first. */
export interface PendingReview {
  readonly photo: string;
  readonly label: string;
  readonly name: string;
  readonly contributor: string;
  readonly backboneId: string;
  readonly embedding: Embedding;
  readonly origin: "server" | "device";
  readonly guess: string | null;
  /** Unix time in ms, like `skippedAt`. */
  readonly createdAt: number;
  /** When staff put it back without a decision; null while they have not. */
  readonly skippedAt: number | null;
}

/** Spelt as in the partial indices. */
const IS_PENDING = eq(reviews.status, sql`'pending'`);

/**
 * Up to `limit` of them without their pictures: those most useful at their arrival first, and behind them those that were
 * skipped, the longest ago first.
 */
export async function listPendingReviews(db: Database, limit: number): Promise<PendingReview[]> {
  const rows = await db
    .select({
      photo: reviews.sampleId,
      label: reviews.classId,
      name: classes.name,
      contributor: reviews.contributor,
      backboneId: reviews.backboneId,
      embedding: sql<string>`${reviews.embedding}`,
      scale: sql<number>`${reviews.scale}`,
      origin: reviews.origin,
      guess: reviews.guess,
      createdAt: reviews.createdAt,
      skippedAt: reviews.skippedAt,
    })
    .from(reviews)
    .innerJoin(classes, eq(classes.id, reviews.classId))
    .where(IS_PENDING)
    .orderBy(asc(reviews.skippedAt), desc(reviews.usefulness)) // -- NULL sorts before every time
    .limit(limit);
  return rows.map(({ scale, ...row }) => ({ ...row, embedding: decodeEmbedding({ embedding: row.embedding, scale }) }));
}

/** The previews that guests sent of these samples: of each sample one, the first that came. */
export async function fetchPreviews(db: Database, sampleIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ photo: reviews.sampleId, preview: sql<string>`${reviews.preview}` })
    .from(reviews)
    .where(sql`${reviews.sampleId} IN ${jsonList(sampleIds)} AND +${reviews.preview} IS NOT NULL`) // -- "+": by sample, not by the index of all previews
    .orderBy(desc(reviews.createdAt));
  return new Map(rows.map((row) => [row.photo, row.preview]));
}

/** Puts corrections that wait at the back of the queue; returns how many there were. */
export async function skipReviews(
  db: Database,
  keys: readonly ReviewKey[],
  actor: string,
  now: number,
): Promise<number> {
  const names = keys.map(({ photo, label }) => `${photo}/${label}`);
  const isWanted = and(
    inArray(reviews.sampleId, jsonList(keys.map(({ photo }) => photo))),
    inArray(sql`${reviews.sampleId} || '/' || ${reviews.classId}`, jsonList(names)),
  );
  const [skipped] = await db.batch([
    db.update(reviews).set({ skippedAt: now }).where(and(isWanted, IS_PENDING)).returning({ photo: reviews.sampleId }),
    noteAuditOfChange(db, { at: now, actor, action: "reviews.skip", detail: { named: keys.length } }),
  ]);
  return skipped.length;
}

/** Reads as many rows as wait, at most `MAX_PENDING_REVIEWS`: that number stands for more as well, which an import can bring. */
export async function countPendingReviews(db: Database): Promise<number> {
  const [pending] = await selectPendingCount(db);
  return pending.count;
}

/** The statement that counts them. */
export function selectPendingCount(db: Database) {
  const pending = db.select({ one: sql`1` }).from(reviews).where(IS_PENDING).limit(MAX_PENDING_REVIEWS).as("pending");
  return db.select({ count: count() }).from(pending);
}

/** All corrections that wait, in the order of their arrival. */
export async function listAllPendingReviews(db: Database): Promise<PendingReview[]> {
  const all = await listPendingReviews(db, MAX_PENDING_REVIEWS);
  return all.sort((a, b) => a.createdAt - b.createdAt);
}
