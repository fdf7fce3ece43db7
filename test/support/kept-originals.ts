/** A workerd deployment that keeps originals in a bucket of the local R2: teaching it, its crons, and where an original still stands. */
import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";
import { readDatabase } from "./database-state.ts";
import { makePhoto } from "./photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "./worker-client.ts";

export const bucket = env.LOCAL_BUCKET;
export const KEEPING = { ...env, KEEP_PICTURES: "originals", PICTURES: bucket };

/** An empty database but for two items, and an empty bucket. */
export async function emptyOriginals(): Promise<void> {
  await loseDatabase();
  const keys = await listKeys();
  if (keys.length > 0) await bucket.delete(keys);
  for (const id of ["pepperoni", "hawaiian"]) await sendAsAdmin("/v1/admin/classes", json({ name: id, id }));
}

/** Empties the database, and lets it forget what is to leave the bucket. */
export async function loseDatabase(): Promise<void> {
  await resetDatabase();
  // -- one after the other: rows of the second are made of rows of the first
  for (const table of ["originals", "original_deletions"]) await env.DB.prepare(`DELETE FROM ${table}`).run();
}

export async function listKeys(): Promise<string[]> {
  return (await bucket.list()).objects.map(({ key }) => key);
}

/** Teaches a drawing, and gives its id. */
export function teach(seed: number, bindings: Env = KEEPING): Promise<string> {
  return teachPhoto(makePhoto("pepperoni", seed, 512), bindings);
}

export async function teachPhoto(bytes: Uint8Array<ArrayBuffer>, bindings: Env = KEEPING): Promise<string> {
  const files = { "a.png": bytes };
  const { body } = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", multipart(files), bindings);
  const [{ photo }] = body.results as { photo: string }[];
  return photo;
}

export function fireCron(bindings: Env = KEEPING, cron = "*/5 * * * *") {
  return worker.scheduled(createScheduledController({ cron }), bindings);
}

export function forget(photo: string, bindings: Env = KEEPING) {
  return sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" }, bindings);
}

/** Where a sample's id stands: tables, and names in the bucket. */
export async function findTraces(photo: string): Promise<string[]> {
  const { forgotten_samples: _, examples, ...others } = await readDatabase(); // -- that it was forgotten is remembered by its hash
  const tables = Object.entries(others).flatMap(([table, rows]) =>
    JSON.stringify(rows).includes(photo) ? [table] : [],
  );
  const names = (await listKeys()).filter((key) => key.includes(photo));
  return [...tables, ...names.map(() => "bucket")];
}
