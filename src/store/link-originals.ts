/**
 * Finds originals that the database does not know: somebody restored it from an export, and they are still in the bucket. It looks in
 * the deployment's own folder alone, whose name follows from its secret, so that it never takes another deployment's. An original without
 * a label stays: before its restore a database knows none.
 */
import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { insertOriginals, originalsFolder } from "./originals.ts";

/** Of a key behind the folder: the sample, and what tells one storing from another. */
const NAME = /^([0-9a-f]{64})-/;

/** Returns how many were found again. A query and a request to the bucket for each thousand that are in it; safe to repeat. */
export async function linkOriginals(db: Database, bucket: R2Bucket, secret: string): Promise<number> {
  const prefix = await originalsFolder(secret);
  let linked = 0;
  for (let cursor: string | undefined; ; ) {
    const page: R2Objects = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    const found = page.objects.flatMap(({ key, size }) => {
      const [, sampleId] = NAME.exec(key.slice(prefix.length)) ?? [];
      return sampleId === undefined ? [] : [{ sampleId, key, bytes: size }];
    });
    linked += await linkPage(db, found);
    if (!page.truncated) return linked;
    cursor = page.cursor;
  }
}

interface FoundOriginal {
  readonly sampleId: string;
  readonly key: string;
  readonly bytes: number;
}

/** What is to leave the bucket is not linked again. */
async function linkPage(db: Database, found: readonly FoundOriginal[]): Promise<number> {
  if (found.length === 0) return 0;
  const sent = sql`SELECT value ->> 'sampleId' AS sample_id, value ->> 'key' AS key, value ->> 'bytes' AS bytes FROM json_each(${JSON.stringify(found)})
    WHERE NOT EXISTS (SELECT 1 FROM original_deletions WHERE original_deletions.key = value ->> 'key')`;
  const linked = await insertOriginals(db, sent).returning({ key: sql`key` });
  return linked.length;
}
