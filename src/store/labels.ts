/** Labelled photos. A photo is known by the SHA-256 of its bytes, so the same label sent twice is stored once. */
import { and, inArray, isNotNull, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { noteAuditWhere } from "./audit-log.ts";
import { encodeEmbedding } from "./codecs.ts";
import { type Database, jsonList } from "./database.ts";
import { explainOffMenu, isLabel } from "./menu-guard.ts";
import { examples } from "./schema.ts";

/** How the label came in: by staff, by their import, from a guest whom staff believed, or by the auto-accept rule. */
export type LabelSource = "admin" | "import" | "guest" | "auto";

/** The contributor of everything that staff label with the admin token; keys have their id, guests a pseudonym. */
export const STAFF = "staff";

/** A photo as the store knows it: its SHA-256 and what the backbone made of it. */
export interface EmbeddedPhoto {
  readonly photoId: string;
  readonly backboneId: string;
  readonly embedding: Embedding;
  /** Who ran the backbone. A device's embedding can be forged. */
  readonly origin: "server" | "device";
}

/** A label to store. */
export interface NewLabel {
  readonly classId: string;
  readonly photo: EmbeddedPhoto;
  readonly source: LabelSource;
  readonly contributor: string;
}

export type LabelOutcome = "stored" | "relabelled" | "duplicate";

/**
 * Stores the photos as examples of one class: new ones are added, known ones with another label get this one.
 * One transaction, the entry in the audit log within it; returns one outcome per photo, in order. A relabelled photo keeps its
 * embedding and its source. Errors, with nothing written: `unknown_class`, `class_archived` where the item left the menu
 * meanwhile.
 */
export async function labelPhotos(
  db: Database,
  classId: string,
  photos: readonly EmbeddedPhoto[],
  source: "admin" | "import",
  now: number,
  contributor: string = STAFF,
): Promise<Result<LabelOutcome[], Problem>> {
  if (photos.length === 0) return ok([]);
  const ids = [...new Set(photos.map((photo) => photo.photoId))];
  const before = new Set((await findLabels(db, ids)).map((row) => row.photo));
  const detail = { class: classId, photos: photos.length, source };
  const actor = contributor === STAFF ? "admin" : contributor;
  const note = noteAuditWhere(db, { at: now, actor, action: "examples.label", detail }, isLabel(classId));
  const upserts = photos.map((photo) => upsertExample(db, { classId, photo, source, contributor }, now));
  const [noted, ...written] = await db.batch([note, ...upserts]);
  if (noted.length === 0) return err(await explainOffMenu(db, classId));
  const outcomes = photos.map(({ photoId }, i): LabelOutcome => {
    if (written[i].length === 0) return "duplicate";
    return before.has(photoId) ? "relabelled" : "stored";
  });
  return ok(outcomes);
}

/**
 * The statement that makes `photo` an example of `classId`, for a batch. Returns no row where it already was one, or where the
 * item is off the menu. A known photo keeps its embedding, so that the statistics take back what they were given; a forgotten
 * one is remembered again.
 */
export function upsertExample(db: Database, { classId, photo, source, contributor }: NewLabel, now: number) {
  const { photoId, backboneId, origin } = photo;
  const { embedding, scale } = encodeEmbedding(photo.embedding);
  return db
    .insert(examples)
    .select(
      sql`SELECT ${photoId}, ${backboneId}, ${classId}, NULL, ${embedding}, ${scale}, ${source}, ${contributor}, ${origin}, ${now}, ${now}, NULL
        WHERE ${isLabel(classId)}`,
    )
    .onConflictDoUpdate(relabelKnown(now))
    .returning({ photoId: examples.photoId });
}

/** What an insert does where the photo is known: nothing if the label is the same. For whoever inserts by other means. */
export function relabelKnown(now: number) {
  return {
    target: examples.photoId,
    set: {
      classId: sql`excluded.class_id`,
      labelledAt: now,
      confirmedAt: null,
      source: sql`CASE WHEN ${examples.classId} IS NULL THEN excluded.source ELSE ${examples.source} END`,
      contributor: sql`CASE WHEN ${examples.classId} IS NULL THEN excluded.contributor ELSE ${examples.contributor} END`,
    },
    setWhere: sql`${examples.classId} IS NOT excluded.class_id`,
  };
}

/** Which of these photos are examples, and of what. `photoIds` may be long: they travel as one JSON parameter. */
export async function findLabels(
  db: Database,
  photoIds: readonly string[],
): Promise<{ photo: string; label: string }[]> {
  return db
    .select({ photo: examples.photoId, label: sql<string>`${examples.classId}` })
    .from(examples)
    .where(and(inArray(examples.photoId, jsonList(photoIds)), isNotNull(examples.classId)));
}
