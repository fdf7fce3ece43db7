/** The names of the migrations in the checkout, as a file that the Worker's bundle carries: what its database must have. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT } from "../shared/project-paths.ts";
import { replaceFile } from "../shared/replace.ts";

/** Where `src/services.ts` imports it from. Not committed. */
const MIGRATION_LIST_FILE = path.join(PROJECT_ROOT, "dist/runtime/migrations.txt");

/** Writes one name a line, in the order in which wrangler applies them; leaves the file alone when it is right, so that no watcher wakes up. */
export async function buildMigrationList(): Promise<void> {
  const files = await readdir(path.join(PROJECT_ROOT, "migrations"));
  const list = files.filter((name) => name.endsWith(".sql")).sort();
  const text = list.map((name) => `${name}\n`).join("");
  const present = await readFile(MIGRATION_LIST_FILE, "utf8").catch(() => undefined);
  if (present !== text) await replaceFile(MIGRATION_LIST_FILE, text);
}
