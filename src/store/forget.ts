/**
 * Forgetting. An example becomes a tombstone at once: it has no label, is in no list and no sample. The next training run
 * subtracts it from the statistics and deletes the row; heads that have seen it go with that run. The audit log keeps that
 * it happened, not to what.
 */
import { and, count, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type AuditEntry, noteAudit } from "./audit-log.ts";
import { type Database, jsonList, type Statement } from "./database.ts";
import { noSuchExample } from "./examples.ts";
import { indexNames } from "./item-keys.ts";
import { bumpMenu, findClass, noSuchItem } from "./menu.ts";
import { repeatableAnswers } from "./repeatable-schema.ts";
import { classes, examples, reviewDecisions, reviews } from "./schema.ts";
import { suggestions } from "./suggestion-schema.ts";

/** What was forgotten. */
export interface Forgotten {
  readonly examples: number;
  readonly reviews: number;
}

/** Forgets photos and the corrections that wait on them. Error: `not_found` when none of them is stored. */
export async function forgetPhotos(
  db: Database,
  photos: readonly string[],
  actor: string,
  now: number,
): Promise<Result<Forgotten, Problem>> {
  const forgotten = await forgetWhere(
    db,
    { examples: inArray(examples.photoId, jsonList(photos)), reviews: inArray(reviews.photoId, jsonList(photos)) },
    { at: now, actor, action: "photos.forget", detail: { photos: photos.length } },
  );
  return forgotten.examples + forgotten.reviews > 0 ? ok(forgotten) : err(noSuchExample());
}

/** Forgets all that one contributor has sent, reviewed or not; nothing sent is no error. */
export async function forgetContributor(
  db: Database,
  contributor: string,
  actor: string,
  now: number,
): Promise<Forgotten> {
  return forgetWhere(
    db,
    { examples: eq(examples.contributor, contributor), reviews: eq(reviews.contributor, contributor) },
    { at: now, actor, action: "contributor.forget", detail: {} },
    [
      db.delete(suggestions).where(eq(suggestions.contributor, contributor)),
      db.delete(repeatableAnswers).where(sql`instr(${repeatableAnswers.body}, ${contributor}) > 0`),
    ],
  );
}

/** Takes a class off the menu for good, with all its examples and corrections. Error: `not_found`. */
export async function forgetClass(
  db: Database,
  given: string,
  actor: string,
  now: number,
): Promise<Result<Forgotten, Problem>> {
  const found = await findClass(db, given);
  if (found === null) return err(noSuchItem(given));
  const { id: classId } = found;
  const forgotten = await forgetWhere(
    db,
    { examples: eq(examples.classId, classId), reviews: eq(reviews.classId, classId) },
    { at: now, actor, action: "class.delete", detail: { class: classId } },
    [
      db
        .update(classes)
        .set({
          archivedAt: sql`coalesce(${classes.archivedAt}, ${now})`,
          deletedAt: now,
          description: "",
          aliases: [],
          aliasKeys: [],
          names: {},
        })
        .where(eq(classes.id, classId)),
      ...indexNames(db, [classId]),
      bumpMenu(db, true),
    ],
  );
  return ok(forgotten);
}

async function forgetWhere(
  db: Database,
  wanted: { readonly examples: SQL; readonly reviews: SQL },
  audit: AuditEntry,
  further: readonly Statement[] = [],
): Promise<Forgotten> {
  const isWanted = and(wanted.examples, isNotNull(examples.classId));
  const [found, waiting] = await db.batch([
    db.select({ count: count() }).from(examples).where(isWanted),
    db.select({ count: count() }).from(reviews).where(wanted.reviews),
  ]);
  const forgotten = { examples: found[0]?.count ?? 0, reviews: waiting[0]?.count ?? 0 };
  if (forgotten.examples + forgotten.reviews === 0 && further.length === 0) return forgotten; // a refusal leaves no trace
  const photos = sql`(SELECT photo_id FROM ${examples} WHERE ${isWanted} UNION ALL SELECT photo_id FROM ${reviews} WHERE ${wanted.reviews})`;
  await db.batch([
    db.delete(reviewDecisions).where(sql`${reviewDecisions.photoId} IN ${photos}`),
    db.update(examples).set({ classId: null, labelledAt: audit.at, contributor: "" }).where(isWanted),
    db.delete(reviews).where(wanted.reviews),
    noteAudit(db, { ...audit, detail: { ...audit.detail, ...forgotten } }),
    ...further,
  ]);
  return forgotten;
}
