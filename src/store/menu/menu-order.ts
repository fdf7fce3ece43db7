/** The order of the menu, as the admin wants it. */
import { and, inArray, isNull, sql } from "drizzle-orm";
import { orderLacksItems, orderNamesTwice, orderNamesUnknown } from "../../shared/english/menu.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAudit } from "../audit-log.ts";
import { type Database, jsonList } from "../database.ts";
import { classes } from "../schema.ts";
import { bumpMenu, listMenu } from "./menu.ts";

/**
 * Puts the active items into this order. `ids` must name each of them exactly once: `unknown_class` for an id that is not on
 * the menu, `bad_request` for one that is repeated or missing, with nothing changed. An item that is added at the same
 * moment comes last.
 */
export async function reorderMenu(
  db: Database,
  ids: readonly string[],
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const fault = findFault(ids, new Set((await listMenu(db)).map(({ id }) => id)));
  if (fault !== null) return err(fault);
  const order = JSON.stringify(ids);
  await db.batch([
    db
      .update(classes)
      .set({
        position: sql`(SELECT wanted.key + 1 FROM json_each(${order}) AS wanted WHERE wanted.value = ${classes.id})`,
      })
      .where(and(inArray(classes.id, jsonList(ids)), isNull(classes.archivedAt))),
    bumpMenu(db),
    noteAudit(db, { at: now, actor, action: "classes.order", detail: { classes: ids.length } }),
  ]);
  return ok(undefined);
}

function findFault(ids: readonly string[], active: ReadonlySet<string>): Problem | null {
  const unknown = ids.find((id) => !active.has(id));
  if (unknown !== undefined) return orderNamesUnknown({ item: unknown });
  const given = new Set(ids);
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined) return orderNamesTwice({ item: repeated });
  const missing = [...active].filter((id) => !given.has(id));
  if (missing.length === 0) return null;
  return orderLacksItems({ count: missing.length, item: missing[0] });
}
