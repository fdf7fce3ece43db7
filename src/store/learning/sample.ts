/**
 * The stored embeddings that a run looks at: the rows that a fit leaves out one by one, absorbed examples, the same
 * ones in every run; what it is told to stay away from; and the newest, labelled or under review, which a new head is
 * tried on.
 */
import { and, asc, desc, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import { decodeEmbedding } from "../codecs.ts";
import type { Database } from "../database.ts";
import { examples, reviews } from "../schema.ts";
import type { StoredSample } from "./pending-labels.ts";

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

/** `photo` is the sample's SHA-256 in hex. */
export interface RecentEmbedding {
  readonly photo: string;
  readonly embedding: Embedding;
}

/** Those of the newest `maxExamples` labelled ones that are learnt from, and up to `maxReviews` of the waiting corrections. */
export async function listRecentEmbeddings(
  db: Database,
  maxExamples: number,
  maxReviews: number,
): Promise<RecentEmbedding[]> {
  const [labelled, waiting] = await db.batch([
    db
      .select({
        photo: examples.sampleId,
        embedding: examples.embedding,
        scale: examples.scale,
        purpose: examples.purpose,
      })
      .from(examples)
      .where(isNotNull(examples.classId))
      .orderBy(desc(examples.createdAt))
      .limit(maxExamples),
    db
      .select({
        photo: reviews.sampleId,
        embedding: sql<string>`${reviews.embedding}`,
        scale: sql<number>`${reviews.scale}`,
      })
      .from(reviews)
      .where(and(eq(reviews.status, sql`'pending'`), isNotNull(reviews.embedding)))
      .orderBy(desc(reviews.usefulness))
      .limit(maxReviews),
  ]);
  const byPhoto = new Map(
    [...labelled.filter(({ purpose }) => purpose === "learn"), ...waiting].map((row) => [row.photo, row]),
  );
  return [...byPhoto.values()].map((row) => ({ photo: row.photo, embedding: decodeEmbedding(row) }));
}
