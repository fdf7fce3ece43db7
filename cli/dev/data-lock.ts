/**
 * One server at a time on a folder of data: two would share its database and wait for each other. The lock is SQLite's, held by a
 * file beside the database, so it ends with the process that holds it, whatever happens to that.
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { CommandError } from "../shared/command.ts";
import { replaceFile } from "../shared/replace.ts";

const holderSchema = z.object({ pid: z.number(), url: z.string().optional() });

export interface DataLock {
  /** Tells whoever comes next where the server answers. */
  publish(url: string): Promise<void>;
  release(): Promise<void>;
}

/** Takes the folder, which need not be there yet. Throws `CommandError` saying who has it and what to do. */
export async function lockData(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true });
  const holderFile = path.join(dataDir, "running.json");
  const db = new DatabaseSync(path.join(dataDir, "lock.sqlite"));
  try {
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch {
    db.close();
    throw new CommandError(describeHolder(await readHolder(holderFile)));
  }
  const write = (url?: string) => replaceFile(holderFile, `${JSON.stringify({ pid: process.pid, url })}\n`);
  await write();
  return {
    publish: write,
    async release() {
      await rm(holderFile, { force: true });
      db.close();
    },
  };
}

async function readHolder(file: string): Promise<z.infer<typeof holderSchema> | undefined> {
  const text = await readFile(file, "utf8").catch(() => "null");
  return holderSchema.safeParse(JSON.parse(text)).data;
}

function describeHolder(holder: z.infer<typeof holderSchema> | undefined): string {
  const where = holder?.url === undefined ? "and is just starting" : `at ${holder.url}`;
  const process = holder === undefined ? "" : ` (process ${holder.pid})`;
  return (
    `Headstart is already running on this data, ${where}${process}. Use that one, or end it with Ctrl-C where it runs.\n` +
    "For a second one with a menu of its own: npm start -- --data <folder>"
  );
}
