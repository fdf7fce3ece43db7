/** Two menu items become one: every example of the first is relabelled, which the next run absorbs like any correction. */
import { and, eq, exists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { noteAudit } from "./audit-log.ts";
import type { Database } from "./database.ts";
import { indexNames } from "./item-keys.ts";
import { bumpMenu, findClass, noSuchItem, requireActiveClass } from "./menu.ts";
import { classes, examples, reviews } from "./schema.ts";

const ITSELF = problem("bad_request", "into: an item cannot be merged into itself.");

/**
 * Merges `source` into the item that `label` names: examples and waiting corrections follow, `source` leaves the menu and
 * remembers where it went. Errors: `not_found`, `bad_request` for a class with itself, and those of `requireActiveClass`.
 */
export async function mergeClass(
  db: Database,
  source: string,
  label: string,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  if (source === label) return err(ITSELF);
  const found = await findClass(db, source);
  if (found === null) return err(noSuchItem(source));
  const target = await requireActiveClass(db, label);
  if (!target.ok) return target;
  const [from, into] = [found.id, target.value];
  if (from === into) return err(ITSELF);
  const twin = alias(reviews, "twin");
  const isWaiting = and(eq(reviews.classId, from), eq(reviews.status, sql`'pending'`));
  const samePhotoAndContributor = db
    .select({ photo: twin.photoId })
    .from(twin)
    .where(and(eq(twin.photoId, reviews.photoId), eq(twin.contributor, reviews.contributor), eq(twin.classId, into)));
  await db.batch([
    db.update(examples).set({ classId: into, labelledAt: now }).where(eq(examples.classId, from)),
    db.delete(reviews).where(and(isWaiting, exists(samePhotoAndContributor))),
    db.update(reviews).set({ classId: into }).where(isWaiting),
    db.update(classes).set({ archivedAt: now, mergedInto: into }).where(eq(classes.id, from)),
    ...indexNames(db, [from]),
    bumpMenu(db, true),
    noteAudit(db, { at: now, actor, action: "class.merge", detail: { class: from, into } }),
  ]);
  return ok(undefined);
}
