/** Guests' corrections: stored once per photo and label, worth nothing until staff accept them. */
import { and, asc, eq, sql } from "drizzle-orm";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { requireSameBackbone } from "./backbone-guard.ts";
import { decodeEmbedding, encodeEmbedding } from "./codecs.ts";
import type { Database } from "./database.ts";
import { type EmbeddedPhoto, upsertExample } from "./labels.ts";
import { classes, reviews } from "./schema.ts";

/** A correction as staff see it. `guess` is the id of the class that the head had put first. */
export interface PendingReview {
  readonly photo: string;
  readonly label: string;
  readonly name: string;
  readonly guess: string | null;
  readonly thumbnail: string | null;
  /** Unix time in ms. */
  readonly createdAt: number;
}

export interface Correction {
  readonly photo: EmbeddedPhoto;
  readonly label: string;
  readonly guess: string | null;
  readonly thumbnail: string | null;
}

/** Corrections that may wait at once: some 50 MB with their thumbnails, more than staff decide in a week. */
export const MAX_PENDING_REVIEWS = 2_000;

/** True when no further correction can be taken until staff have decided some. Reads at most that many rows. */
export async function isReviewQueueFull(db: Database): Promise<boolean> {
  const rows = await db
    .select({ createdAt: reviews.createdAt })
    .from(reviews)
    .where(eq(reviews.status, sql`'pending'`))
    .orderBy(asc(reviews.createdAt))
    .limit(1)
    .offset(MAX_PENDING_REVIEWS - 1);
  return rows.length > 0;
}

/** Stores a correction; returns false when this photo already has one with this label, decided or not. */
export async function storeCorrection(db: Database, correction: Correction, now: number): Promise<boolean> {
  const { photo, label, guess, thumbnail } = correction;
  const rows = await db
    .insert(reviews)
    .values({
      photoId: photo.photoId,
      classId: label,
      backboneId: photo.backboneId,
      ...encodeEmbedding(photo.embedding),
      contributor: "guest",
      origin: photo.origin,
      usefulness: 0,
      guess,
      thumbnail,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({ photoId: reviews.photoId });
  return rows.length > 0;
}

/** Up to `limit` corrections that wait for a decision, oldest first. */
export async function listPendingReviews(db: Database, limit: number): Promise<PendingReview[]> {
  return db
    .select({
      photo: reviews.photoId,
      label: reviews.classId,
      name: classes.name,
      guess: reviews.guess,
      thumbnail: reviews.thumbnail,
      createdAt: reviews.createdAt,
    })
    .from(reviews)
    .innerJoin(classes, eq(classes.id, reviews.classId))
    .where(eq(reviews.status, sql`'pending'`))
    .orderBy(asc(reviews.createdAt))
    .limit(limit);
}

export async function countPendingReviews(db: Database): Promise<number> {
  return db.$count(reviews, eq(reviews.status, sql`'pending'`));
}

/** Accepts or rejects once. Accepting makes the photo an example in the same transaction; either way its data is dropped. */
export async function decideReview(
  db: Database,
  photoId: string,
  classId: string,
  decision: "accept" | "reject",
  now: number,
): Promise<Result<void, Problem>> {
  const isThisReview = and(eq(reviews.photoId, photoId), eq(reviews.classId, classId));
  const [review] = await db.select().from(reviews).where(isThisReview);
  if (review === undefined) return err(problem("not_found", "There is no such correction."));
  if (review.status !== "pending" || review.embedding === null || review.scale === null) {
    return err(problem("already_decided", `This correction was ${review.status} already.`));
  }
  const status = decision === "accept" ? ("accepted" as const) : ("rejected" as const);
  const close = db
    .update(reviews)
    .set({ status, decidedAt: now, embedding: null, scale: null, thumbnail: null })
    .where(isThisReview);
  if (decision === "reject") {
    await close;
    return ok(undefined);
  }
  const same = await requireSameBackbone(db, review.backboneId);
  if (!same.ok) return same;
  const embedding = decodeEmbedding({ embedding: review.embedding, scale: review.scale });
  const photo = { photoId, backboneId: review.backboneId, embedding, origin: review.origin };
  const { contributor } = review;
  await db.batch([upsertExample(db, { classId, photo, source: "guest", contributor }, now), close]);
  return ok(undefined);
}
