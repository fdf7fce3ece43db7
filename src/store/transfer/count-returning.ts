/**
 * What a merge would bring back. A person who asks for their data to go leaves no hash behind, so a guest's photos cannot be told from new ones
 * by themselves; but the audit log knows when something was forgotten last, and a file that is older than that tells the rest.
 */
import { inArray, max } from "drizzle-orm";
import type { AuditAction } from "../../shared/audit-actions.ts";
import { type Database, jsonList } from "../database.ts";
import { findForgotten } from "../labels/forgotten-samples.ts";
import { auditLog, examples, reviews } from "../schema.ts";
import { type ImportContext, type ImportRow, sampleOf } from "./import-batch.ts";

/** Rows of a file that are not here and that the merge would store: known as forgotten, or from before the last deletion here. */
export interface Returning {
  /** Labelled photos. */
  readonly examples: number;
  /** Corrections that would wait for staff. */
  readonly reviews: number;
}

const DELETIONS: readonly AuditAction[] = ["photos.forget", "contributor.forget", "class.delete"];

/** Counts those among these rows; none where nothing was ever forgotten. Writes nothing. */
export async function countReturning(
  { db, prefer }: Pick<ImportContext, "db" | "prefer">,
  items: readonly ImportRow[],
): Promise<Returning> {
  const before = await findLastDeletion(db);
  const labelled = items.filter(({ kind, row }) => kind === "example" && row.classId !== null);
  const waiting = items.filter(({ kind, row }) => kind === "review" && row.status === "pending");
  if (before === null || labelled.length + waiting.length === 0) return { examples: 0, reviews: 0 };
  const photos = [...labelled, ...waiting].map(sampleOf);
  const known = await findKnown(db, photos);
  const forgotten = new Set([...known.tombstones, ...(await findForgotten(db, photos))]);
  const isBack = (item: ImportRow) =>
    forgotten.has(sampleOf(item)) ? prefer === "file" : Number(item.row.createdAt) <= before;
  return {
    examples: labelled.filter((item) => isBack(item) && !known.labelled.has(sampleOf(item))).length,
    reviews: waiting.filter((item) => isBack(item) && !known.corrections.has(correctionOf(item.row))).length,
  };
}

/** Unix time in ms; null where nothing was. */
async function findLastDeletion(db: Database): Promise<number | null> {
  const [newest] = await db
    .select({ at: max(auditLog.at) })
    .from(auditLog)
    .where(inArray(auditLog.action, DELETIONS));
  return newest?.at ?? null;
}

/** What is here of these samples: those with a label, those without one, and who has corrected them. */
async function findKnown(db: Database, photos: readonly string[]) {
  const [stored, corrected] = await db.batch([
    db
      .select({ photo: examples.sampleId, label: examples.classId })
      .from(examples)
      .where(inArray(examples.sampleId, jsonList(photos))),
    db
      .select({ sampleId: reviews.sampleId, contributor: reviews.contributor })
      .from(reviews)
      .where(inArray(reviews.sampleId, jsonList(photos))),
  ]);
  const [labelled, tombstones] = [
    stored.filter(({ label }) => label !== null),
    stored.filter(({ label }) => label === null),
  ];
  return {
    labelled: new Set(labelled.map(({ photo }) => photo)),
    tombstones: tombstones.map(({ photo }) => photo),
    corrections: new Set(corrected.map(correctionOf)),
  };
}

function correctionOf({ sampleId, contributor }: Readonly<Record<string, unknown>>): string {
  return `${sampleId} ${contributor}`;
}
