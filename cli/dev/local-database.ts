/** The file in which a server on this machine keeps its database, read while that server does not run. */
import { globSync, statSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { ReadRows } from "../backbone/taught-by.ts";
import { CommandError } from "../shared/command.ts";

/**
 * The only database in a folder of data; undefined where no server has been started on it. Of several only the server knows which is
 * in use: then it throws `CommandError`, which names the folder and says what to do.
 */
export function findDatabaseFile(dataDir: string): string | undefined {
  const [file, ...others] = listDatabaseFiles(dataDir);
  if (others.length > 0) throw new CommandError(describeSeveral([file, ...others]));
  return file;
}

function describeSeveral(files: readonly string[]): string {
  const writtenAt = (file: string) => statSync(file).mtimeMs;
  const [newest] = files.toSorted((a, b) => writtenAt(b) - writtenAt(a));
  return (
    `There are ${files.length} databases in ${path.dirname(newest)}, and only one can be the menu's; a database gets another file when its name in wrangler.toml changes.\n` +
    `Move all but the one in use to another folder, with the -shm and -wal files of the same name, and start again. ${path.basename(newest)} was written last.`
  );
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
