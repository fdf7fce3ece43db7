/**
 * Whether an item is on the menu, asked by the very statement that writes a label. Between a request's check and its write
 * lie seconds of embedding, in which the item may have been archived, merged or deleted.
 */
import { inArray, type SQL, sql } from "drizzle-orm";
import { itemOffForAMoment } from "../../shared/english/menu.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Database, Statement } from "../database.ts";
import { examples } from "../schema.ts";
import { requireActiveClass } from "./menu.ts";

/** True for what a sample can be labelled as: an active item, or "not on the menu". */
export function isLabel(id: string): SQL {
  if (id === NONE_ID) return sql`true`;
  return sql`EXISTS (SELECT 1 FROM classes WHERE id = ${id} AND archived_at IS NULL AND deleted_at IS NULL)`;
}

/** True for the id of an item that can have labels: archived or not, but neither merged nor deleted. */
export function isKept(id: string): SQL {
  return sql`EXISTS (SELECT 1 FROM classes WHERE id = ${id} AND merged_into IS NULL AND deleted_at IS NULL)`;
}

/** Why a write found its item off the menu: `unknown_class`, `class_archived`. */
export async function explainOffMenu(db: Database, id: string): Promise<Problem> {
  const item = await requireActiveClass(db, id);
  if (!item.ok) return item.error;
  return itemOffForAMoment({ item: id });
}

/**
 * The statements that correct what stands under an item that is gone, for code that stores labels in bulk: those of a merged
 * item go to the one that has the others, those of a deleted one are forgotten. Reads along the labels of such items only.
 */
export function settleLabels(db: Database, now: number): [Statement, Statement] {
  const gone = sql`(SELECT id FROM classes WHERE deleted_at IS NOT NULL)`;
  const merged = sql`(SELECT id FROM classes WHERE merged_into IS NOT NULL AND deleted_at IS NULL)`;
  const target = sql`(SELECT merged_into FROM classes WHERE id = ${examples.classId})`;
  return [
    db.update(examples).set({ classId: target, labelledAt: now }).where(inArray(examples.classId, merged)),
    db
      .update(examples)
      .set({ classId: null, labelledAt: now, contributor: "", labelledBy: null })
      .where(inArray(examples.classId, gone)),
  ];
}
