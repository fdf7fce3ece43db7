/** Whether the database has the tables that this version of the code needs. */
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";

/** What the newest migration of the menu and the reviews made; `schema.workerd.test.ts` holds all tables against the schema. */
const NEWEST_TABLE = "review_decisions";

/** Reads the schema alone. Throws what D1 throws when it does not answer. */
export async function isMigrated(db: Database): Promise<boolean> {
  const rows = await db.all(sql`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ${NEWEST_TABLE}`);
  return rows.length > 0;
}
