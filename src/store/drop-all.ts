/** Emptying a table that may be large. */
import { sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

/** Deletes all rows, so many at once, and returns how many there were. An isolate that dies in between has deleted whole portions. */
export async function dropAll(
  db: Database,
  table: SQLiteTable & { readonly sampleId: SQLiteColumn },
  atOnce: number,
): Promise<number> {
  for (let dropped = 0; ; ) {
    const gone = await db
      .delete(table)
      .where(sql`${table.sampleId} IN (SELECT sample_id FROM ${table} LIMIT ${atOnce})`)
      .returning({ sampleId: table.sampleId });
    dropped += gone.length;
    if (gone.length < atOnce) return dropped;
  }
}
