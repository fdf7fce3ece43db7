/** One word of staff for a picture that is stored several times under different items. */

import { and, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { noSuchExample } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { type AuditEntry, noteAuditWhere } from "./audit-log.ts";
import { type Database, jsonList } from "./database.ts";
import { requireLabel } from "./menu.ts";
import { explainOffMenu, isLabel } from "./menu-guard.ts";
import { examples } from "./schema.ts";

/**
 * Gives all of these samples one label, by the item's id, name or alias, and confirms it, so that none of them is doubted again;
 * returns the label's id. Those that are no longer stored are left out. Errors: `not_found` where that is all of them,
 * `unknown_class`, `class_archived`.
 */
export async function settleCopies(
  db: Database,
  photos: readonly string[],
  label: string,
  actor: string,
  now: number,
): Promise<Result<string, Problem>> {
  const active = await requireLabel(db, label);
  if (!active.ok) return active;
  const classId = active.value;
  const areStored = and(inArray(examples.sampleId, jsonList(photos)), isNotNull(examples.classId));
  const arePossible = and(areStored, isLabel(classId));
  const entry: AuditEntry = { at: now, actor, action: "example.relabel", detail: { to: classId } };
  const counts = { photos: sql`(SELECT COUNT(*) FROM examples WHERE ${areStored})` };
  const [, , confirmed] = await db.batch([
    noteAuditWhere(db, entry, sql`EXISTS (SELECT 1 FROM examples WHERE ${arePossible})`, counts),
    db
      .update(examples)
      .set({ classId, labelledAt: now, labelledBy: actor })
      .where(and(arePossible, ne(examples.classId, classId))),
    db.update(examples).set({ confirmedAt: now }).where(arePossible).returning({ photo: examples.sampleId }),
  ]);
  if (confirmed.length > 0) return ok(classId);
  return err((await isAnyStored(db, photos)) ? await explainOffMenu(db, classId) : noSuchExample());
}

async function isAnyStored(db: Database, photos: readonly string[]): Promise<boolean> {
  return (await db.$count(examples, inArray(examples.sampleId, jsonList(photos)))) > 0;
}
