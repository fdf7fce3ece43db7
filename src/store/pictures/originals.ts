/**
 * Originals of labelled samples in a bucket. The bucket takes part in no transaction, so the database says what is to be there: a row is
 * written with the label, the original after it; with the label's end a trigger makes the row one of those to delete, and a job works
 * these off. A crash between two steps leaves a row without an original, never an original without a row.
 */
import { and, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { deriveBits } from "../../shared/derived-key.ts";
import { DAY_MS } from "../../shared/time.ts";
import { type Database, dropAll, jsonList, type Statement } from "../database.ts";
import { MAX_ORIGINALS_BYTES, originalDeletions, originals } from "./tables.ts";

/** A photo as WebP, upright and without metadata, or a text. */
export interface Original {
  readonly type: "image/webp" | "text/plain; charset=utf-8";
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One that came with an upload, under the name that it is to have in the bucket. */
export interface SentOriginal extends Original {
  readonly key: string;
}

interface SampleWithOriginal {
  readonly sampleId: string;
  readonly original?: SentOriginal | undefined;
}

/** Keys that one call to R2 deletes. */
const DELETED_AT_ONCE = 1_000;
/** An original may arrive so long after its row was made to be deleted: a request does not last longer. */
const LATEST_ARRIVAL_MS = 900_000;
/** So long an original waits for the label that a restore or a merge may bring back. */
const UNCLAIMED_MS = 30 * DAY_MS;

/** Of the name of a deployment's folder. */
const FOLDER_BYTES = 16;

/** Where a deployment keeps its originals. The name follows from its secret: a restored deployment finds its own again, and no other one's. */
async function originalsFolder(secret: string): Promise<string> {
  const bits = await deriveBits(secret, "headstart originals 1");
  return `originals/${new Uint8Array(bits, 0, FOLDER_BYTES).toHex()}/`;
}

/** A name that no other storing of the sample has, so a deletion never hits what came later. */
export async function nameOriginal(secret: string, sampleId: string): Promise<string> {
  return `${await originalsFolder(secret)}${sampleId}-${crypto.randomUUID()}`;
}

/** The statement that notes which originals belong there, to follow the one that labels the samples; none if none came. */
export function noteOriginals(db: Database, samples: readonly SampleWithOriginal[]): Statement[] {
  const rows = samples.flatMap(({ sampleId, original }) =>
    original === undefined ? [] : [{ sampleId, key: original.key, bytes: original.bytes.length }],
  );
  if (rows.length === 0) return [];
  const sent = sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'key' AS key, value ->> 'bytes' AS bytes FROM json_each(${JSON.stringify(rows)})`;
  return [insertOriginals(db, sent)];
}

/** For samples that are examples by now and have none yet, as long as there is room. `sent`: a query of `sample_id`, `key` and `bytes`. */
function insertOriginals(db: Database, sent: SQL) {
  return db
    .insert(originals)
    .select(
      sql`SELECT sent.sample_id, sent.key, sent.bytes FROM (${sent}) AS sent
        WHERE EXISTS (SELECT 1 FROM examples WHERE examples.sample_id = sent.sample_id AND examples.class_id IS NOT NULL)
          AND (SELECT original_bytes FROM picture_totals) < ${MAX_ORIGINALS_BYTES}`,
    )
    .onConflictDoNothing();
}

/** Brings into the bucket what `noteOriginals` has noted. A label without an original is worth more than none: never rejects. */
export async function storeOriginals(
  db: Database,
  bucket: R2Bucket,
  samples: readonly SampleWithOriginal[],
): Promise<void> {
  const sent = samples.flatMap(({ sampleId, original }) => (original === undefined ? [] : [{ sampleId, ...original }]));
  if (sent.length === 0) return;
  try {
    const ids = sent.map(({ sampleId }) => sampleId);
    const noted = await db
      .select({ key: originals.key })
      .from(originals)
      .where(inArray(originals.sampleId, jsonList(ids))); // -- by sample: no index has the keys
    const wanted = new Set(noted.map(({ key }) => key));
    await Promise.all(sent.filter(({ key }) => wanted.has(key)).map((original) => storeOriginal(db, bucket, original)));
  } catch (cause) {
    logFailure(cause);
  }
}

/** One that does not arrive is none: its row goes. */
async function storeOriginal(
  db: Database,
  bucket: R2Bucket,
  { sampleId, key, type, bytes }: SentOriginal & { readonly sampleId: string },
): Promise<void> {
  try {
    await bucket.put(key, bytes, { httpMetadata: { contentType: type } });
  } catch (cause) {
    logFailure(cause);
    await db.delete(originals).where(and(eq(originals.sampleId, sampleId), eq(originals.key, key)));
  }
}

function logFailure(cause: unknown): void {
  console.error(JSON.stringify({ event: "original_failed", reason: String(cause) }));
}

/** The original itself; null if there is none. One query, and one request to the bucket. */
export async function readOriginal(db: Database, bucket: R2Bucket, sampleId: string): Promise<Original | null> {
  const [row] = await db.select({ key: originals.key }).from(originals).where(eq(originals.sampleId, sampleId));
  const object = row === undefined ? null : await bucket.get(row.key);
  if (object === null) return null;
  const isText = object.httpMetadata?.contentType?.startsWith("text/") === true;
  return {
    type: isText ? "text/plain; charset=utf-8" : "image/webp",
    bytes: new Uint8Array(await object.arrayBuffer()),
  };
}

/**
 * Deletes from the bucket what must go, and returns how many there were. A deletion is forgotten only when nobody can bring the
 * original any more; until then each call deletes again. `now` is Unix time in ms.
 */
export async function deleteDueOriginals(db: Database, bucket: R2Bucket, now: number): Promise<number> {
  let deleted = 0;
  for (let after = ""; ; ) {
    const due = await db
      .select({ key: originalDeletions.key })
      .from(originalDeletions)
      .where(and(sql`${originalDeletions.key} > ${after}`, lt(originalDeletions.dueSince, now + LATEST_ARRIVAL_MS)))
      .orderBy(originalDeletions.key)
      .limit(DELETED_AT_ONCE);
    const keys = due.map(({ key }) => key);
    if (keys.length > 0) {
      await bucket.delete(keys);
      const isOver = lt(originalDeletions.dueSince, now - LATEST_ARRIVAL_MS);
      await db.delete(originalDeletions).where(and(inArray(originalDeletions.key, jsonList(keys)), isOver));
      deleted += keys.length;
    }
    if (keys.length < DELETED_AT_ONCE) return deleted;
    after = keys[keys.length - 1];
  }
}

/** For a deployment that keeps none any more: all are to leave. Returns how many that are. */
export function dropOriginals(db: Database): Promise<number> {
  return dropAll(db, originals, DELETED_AT_ONCE);
}

/*
 * Finds originals that the database does not know: somebody restored it from an export, and they are still in the bucket. It looks in
 * the deployment's own folder alone, whose name follows from its secret, so that it never takes another deployment's. An original without
 * a label waits a month to be claimed, because a merge may bring its label back; before its restore a database knows no label at all, and
 * nothing is counted. Then it goes: it may show what somebody has asked to be forgotten since the backup.
 */

/** Of a key behind the folder: the sample, and what tells one storing from another. */
const NAME = /^([0-9a-f]{64})-/;

/** True of an entry of a JSON list of originals that the database knows; by sample, since no index has the keys. */
const IS_LINKED = sql`EXISTS (SELECT 1 FROM originals WHERE originals.sample_id = value ->> 'sampleId' AND originals.key = value ->> 'key')`;

/** Returns how many were found again. One batch and a request to the bucket for each thousand that are in it; safe to repeat. `now` is Unix time in ms. */
export async function linkOriginals(db: Database, bucket: R2Bucket, secret: string, now: number): Promise<number> {
  const prefix = await originalsFolder(secret);
  let linked = 0;
  for (let cursor: string | undefined; ; ) {
    const page: R2Objects = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    const found = page.objects.flatMap(({ key, size }) => {
      const [, sampleId] = NAME.exec(key.slice(prefix.length)) ?? [];
      return sampleId === undefined ? [] : [{ sampleId, key, bytes: size }];
    });
    linked += await linkPage(db, found, now);
    if (!page.truncated) return linked;
    cursor = page.cursor;
  }
}

interface FoundOriginal {
  readonly sampleId: string;
  readonly key: string;
  readonly bytes: number;
}

/** What is to leave the bucket is not linked again; what only waits is, and its wait ends. */
async function linkPage(db: Database, found: readonly FoundOriginal[], now: number): Promise<number> {
  if (found.length === 0) return 0;
  const rows = JSON.stringify(found);
  const waitsFrom = now + LATEST_ARRIVAL_MS;
  const sent = sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'key' AS key, value ->> 'bytes' AS bytes FROM json_each(${rows})
    WHERE NOT EXISTS (SELECT 1 FROM original_deletions AS gone WHERE gone.key = value ->> 'key' AND gone.due_since < ${waitsFrom})`;
  const claimed = sql`(SELECT value ->> 'key' FROM json_each(${rows}) WHERE ${IS_LINKED})`;
  const [linked] = await db.batch([
    insertOriginals(db, sent).returning({ key: sql`key` }),
    db.delete(originalDeletions).where(inArray(originalDeletions.key, claimed)),
    db
      .insert(originalDeletions)
      .select(unclaimed(rows, now + UNCLAIMED_MS))
      .onConflictDoNothing(),
  ]);
  return linked.length;
}

/** Of what was found: what no example has, in a database that has labels. One that only lacks room has its example. */
function unclaimed(rows: string, dueSince: number): SQL {
  return sql`SELECT value ->> 'key', ${dueSince} FROM json_each(${rows})
    WHERE EXISTS (SELECT 1 FROM examples WHERE class_id IS NOT NULL)
      AND NOT ${IS_LINKED}
      AND (EXISTS (SELECT 1 FROM originals WHERE originals.sample_id = value ->> 'sampleId')
        OR NOT EXISTS (SELECT 1 FROM examples WHERE examples.sample_id = value ->> 'sampleId' AND examples.class_id IS NOT NULL))`;
}
