/** Labelled photos. A photo is known by the SHA-256 of its bytes, so the same label sent twice is stored once. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import { encodeEmbedding } from "./codecs.ts";
import type { Database } from "./database.ts";
import { examples } from "./schema.ts";

export type LabelSource = "admin" | "import" | "guest";

/** A photo as the store knows it: its SHA-256 and what the backbone made of it. */
export interface EmbeddedPhoto {
  readonly photoId: string;
  readonly backboneId: string;
  readonly embedding: Embedding;
}

export type LabelOutcome = "stored" | "relabelled" | "duplicate";

/**
 * Stores the photos as examples of one class: new ones are added, known ones with another label get this one.
 * One transaction; returns one outcome per photo, in order. A relabelled photo keeps its embedding and its source.
 */
export async function labelPhotos(
  db: Database,
  classId: string,
  photos: readonly EmbeddedPhoto[],
  source: LabelSource,
  now: number,
): Promise<LabelOutcome[]> {
  const ids = [...new Set(photos.map((photo) => photo.photoId))];
  if (ids.length === 0) return [];
  const before = new Set((await findLabels(db, ids)).map((row) => row.photo));
  const [first, ...rest] = photos.map((photo) => upsertExample(db, classId, photo, source, now));
  if (first === undefined) return [];
  const written = await db.batch([first, ...rest]);
  return written.map((rows, i): LabelOutcome => {
    if (rows.length === 0) return "duplicate";
    return before.has(photos[i].photoId) ? "relabelled" : "stored";
  });
}

/** The statement that makes `photo` an example of `classId`, for a batch. Returns no row where it already was one. */
export function upsertExample(db: Database, classId: string, photo: EmbeddedPhoto, source: LabelSource, now: number) {
  const { photoId, backboneId } = photo;
  return db
    .insert(examples)
    .values({ photoId, backboneId, classId, ...encodeEmbedding(photo.embedding), source, createdAt: now })
    .onConflictDoUpdate({
      target: examples.photoId,
      set: { classId },
      setWhere: sql`${examples.classId} IS NOT excluded.class_id`,
    })
    .returning({ photoId: examples.photoId });
}

/** Which of these photos are examples, and of what. `photoIds` may be long: they travel as one JSON parameter. */
export async function findLabels(
  db: Database,
  photoIds: readonly string[],
): Promise<{ photo: string; label: string }[]> {
  return db
    .select({ photo: examples.photoId, label: examples.classId })
    .from(examples)
    .where(inArray(examples.photoId, sql`(SELECT value FROM json_each(${JSON.stringify(photoIds)}))`));
}

/** Labels stored, and how many of them the statistics do not yet hold as they stand. */
export async function countLabels(db: Database): Promise<{ examples: number; pending: number }> {
  const [row] = await db
    .select({
      examples: sql<number>`count(*)`,
      pending: sql<number>`coalesce(sum(class_id IS NOT absorbed_class_id), 0)`,
    })
    .from(examples);
  return { examples: row?.examples ?? 0, pending: row?.pending ?? 0 };
}

/** A label that the statistics do not hold yet (`absorbedAs` null) or hold under another class. */
export interface PendingLabel {
  readonly photoId: string;
  readonly classId: string;
  readonly absorbedAs: string | null;
  readonly embedding: string;
  readonly scale: number;
}

/** Up to `limit` pending labels of this backbone, oldest first. */
export async function listPendingLabels(db: Database, backboneId: string, limit: number): Promise<PendingLabel[]> {
  return db
    .select({
      photoId: examples.photoId,
      classId: examples.classId,
      absorbedAs: examples.absorbedClassId,
      embedding: examples.embedding,
      scale: examples.scale,
    })
    .from(examples)
    .where(and(sql`class_id IS NOT absorbed_class_id`, eq(examples.backboneId, backboneId)))
    .orderBy(asc(examples.createdAt))
    .limit(limit);
}

/** True when a label of this backbone waits to be absorbed; reads at most one row. */
export async function hasPendingLabels(db: Database, backboneId: string): Promise<boolean> {
  return (await listPendingLabels(db, backboneId, 1)).length > 0;
}
