/** The file in which a server on this machine keeps its database, read while that server does not run. */
import { globSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ReadRows } from "../backbone/taught-by.ts";

/** The only database in a folder of data; undefined where no server has been started on it. */
export function findDatabaseFile(dataDir: string): string | undefined {
  return listDatabaseFiles(dataDir).at(0);
}

/** More than one where wrangler.toml has called the database otherwise before: a name gives a file. */
export function listDatabaseFiles(dataDir: string): string[] {
  const files = globSync(path.join(dataDir, "v3/d1/miniflare-D1DatabaseObject/*.sqlite"));
  return files.filter((name) => !name.endsWith("metadata.sqlite"));
}

/** Reads the database of a folder of data; one that is not there yet has no rows. The folder has to be locked. */
export function localRows(dataDir: string): ReadRows {
  return async (sql) => {
    const file = findDatabaseFile(dataDir);
    if (file === undefined) return [];
    const db = new DatabaseSync(file);
    try {
      return db.prepare(sql).all();
    } finally {
      db.close();
    }
  };
}
