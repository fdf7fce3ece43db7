/** Two menu items become one: every example of the first is relabelled, which the next run absorbs like any correction. */
import { and, eq, exists, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { itemMergedBefore, mergedIntoItself } from "../../shared/english/menu.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import type { Database } from "../database.ts";
import { classes, examples, reviews } from "../schema.ts";
import { leftExamples } from "../second-backbone/second-slot.ts";
import { teacherLabels } from "../teaching/tables.ts";
import { indexNames } from "./item-keys.ts";
import { bumpMenu, findClass, missItem, requireActiveClass } from "./menu.ts";
import { explainOffMenu, isLabel } from "./menu-guard.ts";

const ITSELF = mergedIntoItself();

/**
 * Merges `source` into the item that `label` names: examples and waiting corrections follow, `source` leaves the menu and
 * remembers where it went, and so does what was merged into it before. Of two merges at the same moment that contradict each
 * other one happens. Errors: `not_found`, `bad_request` for a class with itself, `class_archived` where `source` was merged
 * already, and those of `requireActiveClass`.
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
  if (found === null) return err(missItem(source));
  if (found.mergedInto !== null) return err(wasMerged(source, found.mergedInto));
  const target = await requireActiveClass(db, label);
  if (!target.ok) return target;
  const [from, into] = [found.id, target.value];
  if (from === into) return err(ITSELF);
  const twin = alias(reviews, "twin");
  const isMerged = sql`EXISTS (SELECT 1 FROM classes WHERE id = ${from} AND merged_into = ${into})`;
  const isWaiting = and(eq(reviews.classId, from), eq(reviews.status, sql`'pending'`), isMerged);
  const samePhotoAndContributor = db
    .select({ photo: twin.sampleId })
    .from(twin)
    .where(and(eq(twin.sampleId, reviews.sampleId), eq(twin.contributor, reviews.contributor), eq(twin.classId, into)));
  const [merged] = await db.batch([
    db
      .update(classes)
      .set({ archivedAt: now, mergedInto: into })
      .where(and(eq(classes.id, from), isNull(classes.mergedInto), isNull(classes.deletedAt), isLabel(into)))
      .returning({ id: classes.id }),
    noteAuditOfChange(db, { at: now, actor, action: "class.merge", detail: { class: from, into } }),
    db
      .update(examples)
      .set({ classId: into, labelledAt: now })
      .where(and(eq(examples.classId, from), isMerged)),
    db
      .update(leftExamples)
      .set({ classId: into })
      .where(and(eq(leftExamples.classId, from), isMerged)),
    db.delete(reviews).where(and(isWaiting, exists(samePhotoAndContributor))),
    db.update(reviews).set({ classId: into }).where(isWaiting),
    db
      .update(teacherLabels)
      .set({ classId: into })
      .where(and(eq(teacherLabels.classId, from), isMerged)),
    db
      .update(classes)
      .set({ mergedInto: into })
      .where(and(eq(classes.mergedInto, from), isMerged)),
    ...indexNames(db, [from]),
    bumpMenu(db, true),
  ]);
  return merged.length > 0 ? ok(undefined) : err(await explainLost(db, source, into));
}

/** Why the merge that had passed all checks did not happen. */
async function explainLost(db: Database, source: string, into: string): Promise<Problem> {
  const found = await findClass(db, source);
  if (found === null) return missItem(source);
  return found.mergedInto === null ? explainOffMenu(db, into) : wasMerged(source, found.mergedInto);
}

function wasMerged(id: string, into: string): Problem {
  return itemMergedBefore({ item: id, into });
}
