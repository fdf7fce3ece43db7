/** The rows that a fit leaves out one by one, absorbed examples, the same ones in every run; and what it is told to stay away from. */
import { asc, desc, inArray, type SQL, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { StoredSample } from "./pending-labels.ts";
import { examples } from "./schema.ts";

/** A labelled embedding as stored; `classId` is the class under which the statistics hold it. */
export interface SampledExample {
  readonly sampleId: string;
  readonly classId: string;
  readonly embedding: string;
  readonly scale: number;
}

/** The columns of a `SampledExample`, to be read only where `absorbed_class_id` is not null. */
export const ABSORBED_COLUMNS = {
  sampleId: examples.sampleId,
  classId: sql<string>`${examples.absorbedClassId}`,
  embedding: examples.embedding,
  scale: examples.scale,
};

/**
 * Up to `capPerClass` absorbed examples of each class, those with the smallest sample ids: SHA-256 makes that a random
 * choice, and the same one in every run. Reads about capPerClass rows per class, whatever the number of examples is.
 */
export async function sampleAbsorbed(
  db: Database,
  classIds: readonly string[],
  capPerClass: number,
): Promise<(SampledExample & { readonly place: string | null })[]> {
  return db
    .select({ ...ABSORBED_COLUMNS, place: examples.place })
    .from(examples)
    .where(inArray(examples.sampleId, idsOfAbsorbed(classIds, capPerClass)))
    .orderBy(asc(examples.absorbedClassId), asc(examples.sampleId));
}

/** The ids of the examples that `sampleAbsorbed` draws, as a subquery. */
export function idsOfAbsorbed(classIds: readonly string[], capPerClass: number): SQL {
  return sql`(SELECT sampled.sample_id FROM json_each(${JSON.stringify(classIds)}) AS wanted
             JOIN examples AS sampled ON sampled.sample_id IN (
               SELECT sample_id FROM examples WHERE absorbed_class_id = wanted.value ORDER BY sample_id LIMIT ${capPerClass}))`;
}

/** Up to `limit` samples taken in as "not on the menu", the newest label first. Reads as many rows, along an index of such samples. */
export async function sampleStrangers(db: Database, limit: number): Promise<StoredSample[]> {
  return db
    .select({ sampleId: examples.sampleId, embedding: examples.embedding, scale: examples.scale })
    .from(examples)
    .where(sql`${examples.absorbedClassId} = ':none'`) // -- spelt as in the partial index
    .orderBy(desc(examples.labelledAt), asc(examples.sampleId))
    .limit(limit);
}
