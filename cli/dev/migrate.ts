/**
 * Brings a local database up to date, with the table that `wrangler d1 migrations` keeps: either may continue where the other
 * stopped. wrangler itself would take seconds to find out that there is nothing to do.
 */
import { DatabaseSync } from "node:sqlite";
import { listDatabaseFiles } from "./local-database.ts";
import type { Migration } from "./worker-bundle.ts";

/** What is needed of a D1 database. */
interface D1 {
  prepare(query: string): Statement;
  batch(statements: Statement[]): Promise<unknown>;
}

interface Statement {
  bind(...values: unknown[]): Statement;
  run(): Promise<unknown>;
  all(): Promise<{ results: Record<string, unknown>[] }>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

const APPLIED = "SELECT name FROM d1_migrations";

/**
 * Whether the database of a folder of data has them all, as far as its file says while no server runs: a bridge to D1 costs a
 * third of a start. Only reads; what cannot be read counts as missing something, and so does one of several files: which is in use
 * only the server knows.
 */
export function hasMigrations(dataDir: string, migrations: readonly Migration[]): boolean {
  const [file, ...others] = listDatabaseFiles(dataDir);
  if (file === undefined || others.length > 0) return false;
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    const applied = new Set(
      db
        .prepare(APPLIED)
        .all()
        .map(({ name }) => name),
    );
    return migrations.every(({ name }) => applied.has(name));
  } catch {
    return false;
  }
}

/** Applies the missing migrations in order, each as a whole or not at all. Throws SQLite's error with the migration's name. */
export async function migrate(db: D1, migrations: readonly Migration[]): Promise<void> {
  await db.prepare(TABLE).run();
  const { results } = await db.prepare(APPLIED).all();
  const applied = new Set(results.map(({ name }) => name));
  for (const { name, statements } of migrations) {
    if (applied.has(name)) continue;
    const record = db.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name);
    try {
      await db.batch([...statements.map((statement) => db.prepare(statement)), record]);
    } catch (cause) {
      throw new Error(`The local database could not be migrated: ${name}: ${cause}`, { cause });
    }
  }
}
