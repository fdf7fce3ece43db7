/** Whether the database has what this version of the code was written for, by the record that wrangler keeps in it. */
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";

/**
 * Those of `needed` that were never applied, in their order. More in the database is no fault: that is what an update leaves behind
 * when only the code goes back. Throws what D1 throws when it does not answer.
 */
export async function findMissingMigrations(db: Database, needed: readonly string[]): Promise<readonly string[]> {
  const applied = new Set(await readAppliedMigrations(db));
  return needed.filter((name) => !applied.has(name));
}

async function readAppliedMigrations(db: Database): Promise<string[]> {
  try {
    const rows = await db.all<{ name: string }>(sql`SELECT name FROM d1_migrations`);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (isMissingTable(error)) return [];
    throw error;
  }
}

/** A database that nobody has migrated yet has no record either. */
function isMissingTable(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("no such table: d1_migrations")) return true;
  }
  return false;
}
