/**
 * Which samples staff have forgotten: their hashes and nothing else, so that a second import of their folder or list does not bring
 * them back. If somebody labels one again, it is an example like any other, whatever stands here.
 */

import { and, inArray, lt, notExists, type SQL, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { type Database, jsonList } from "../database.ts";
import type { pooledSamples } from "../pool/tables.ts";
import { examples } from "../schema.ts";
import type { leftExamples } from "../second-backbone/second-slot.ts";

/** Ids of samples that an import must not bring back. */
export const forgottenSamples = sqliteTable(
  "forgotten_samples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    forgottenAt: integer("forgotten_at").notNull(),
  },
  (table) => [index("forgotten_samples_at").on(table.forgottenAt)],
);

/** The statement that remembers the rows of `from` for which `which` holds, for the batch that forgets them: before they lose their labels. */
export function rememberForgotten(
  db: Database,
  from: typeof examples | typeof pooledSamples | typeof leftExamples,
  which: SQL | undefined,
  now: number,
) {
  const found = sql`SELECT sample_id, ${now} FROM ${from} WHERE ${which ?? sql`1`}`;
  return db
    .insert(forgottenSamples)
    .select(found)
    .onConflictDoUpdate({ target: forgottenSamples.sampleId, set: { forgottenAt: now } });
}

/** Those of these samples that have been forgotten and not been labelled since. They travel as one JSON parameter. */
export async function findForgotten(db: Database, sampleIds: readonly string[]): Promise<string[]> {
  const labelled = db
    .select({ photo: examples.sampleId })
    .from(examples)
    .where(sql`${examples.sampleId} = ${forgottenSamples.sampleId} AND ${examples.classId} IS NOT NULL`);
  const rows = await db
    .select({ photo: forgottenSamples.sampleId })
    .from(forgottenSamples)
    .where(and(inArray(forgottenSamples.sampleId, jsonList(sampleIds)), notExists(labelled)));
  return rows.map(({ photo }) => photo);
}

/** The statement that deletes marks of samples forgotten before this time, and returns them. */
export function dropForgotten(db: Database, before: number) {
  return db
    .delete(forgottenSamples)
    .where(lt(forgottenSamples.forgottenAt, before))
    .returning({ photo: forgottenSamples.sampleId });
}
