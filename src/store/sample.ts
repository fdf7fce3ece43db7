/** The rows that a fit leaves out one by one, absorbed examples, the same ones in every run; and what it is told to stay away from. */
import { asc, desc, inArray, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import type { StoredPhoto } from "./pending-labels.ts";
import { examples } from "./schema.ts";

/** A labelled embedding as stored; `classId` is the class under which the statistics hold it. */
export interface SampledExample {
  readonly photoId: string;
  readonly classId: string;
  readonly embedding: string;
  readonly scale: number;
}

/**
 * Up to `capPerClass` absorbed examples of each class, those with the smallest photo ids: SHA-256 makes that a random
 * choice, and the same one in every run. Reads about capPerClass rows per class, whatever the number of examples is.
 */
export async function sampleAbsorbed(
  db: Database,
  classIds: readonly string[],
  capPerClass: number,
): Promise<SampledExample[]> {
  return db
    .select({
      photoId: examples.photoId,
      classId: sql<string>`${examples.absorbedClassId}`,
      embedding: examples.embedding,
      scale: examples.scale,
    })
    .from(examples)
    .where(
      inArray(
        examples.photoId,
        sql`(SELECT sampled.photo_id FROM json_each(${JSON.stringify(classIds)}) AS wanted
             JOIN examples AS sampled ON sampled.photo_id IN (
               SELECT photo_id FROM examples WHERE absorbed_class_id = wanted.value ORDER BY photo_id LIMIT ${capPerClass}))`,
      ),
    )
    .orderBy(asc(examples.absorbedClassId), asc(examples.photoId));
}

/** Up to `limit` photos taken in as "not on the menu", the newest label first. Reads as many rows, along an index of such photos. */
export async function sampleStrangers(db: Database, limit: number): Promise<StoredPhoto[]> {
  return db
    .select({ photoId: examples.photoId, embedding: examples.embedding, scale: examples.scale })
    .from(examples)
    .where(sql`${examples.absorbedClassId} = ':none'`) // -- spelt as in the partial index
    .orderBy(desc(examples.labelledAt), asc(examples.photoId))
    .limit(limit);
}
