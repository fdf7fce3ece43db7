/** Reads the pool: the samples that still need a label. `pooled-samples.ts` fills and bounds it. */
import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import { decodeEmbedding } from "../codecs.ts";
import { type Database, jsonList } from "../database.ts";
import { isOfGuest } from "../labels/labels.ts";
import { isSpokenFor } from "./pooled-samples.ts";
import { MAX_POOL_COUNTED, MAX_UNLABELLED, type PoolReason, pooledSamples } from "./tables.ts";

/** A condition on rows of `pooledSamples`. */
export type PoolCondition = SQL;

/** A sample that waits for a label. */
export interface PooledSample {
  readonly photo: string;
  readonly backboneId: string;
  readonly embedding: Embedding;
  readonly contributor: string;
  /** The version that answered it, what it answered (null where it had no answer), and why the sample is kept. */
  readonly headVersion: number;
  readonly answer: string | null;
  readonly reason: PoolReason;
  /** `log p_1 - log p_2` of that version. */
  readonly margin: number;
  /** Unix time in ms. */
  readonly seenAt: number;
}

/**
 * Up to `limit` samples of this backbone, those with the smallest margin at their arrival first, without what is an example already or
 * waits as a correction. `further` narrows them down.
 */
export async function listUnsure(
  db: Database,
  backboneId: string,
  limit: number,
  further?: PoolCondition,
): Promise<PooledSample[]> {
  const { sampleId, embedding, scale, contributor, headVersion, answer, reason, margin, seenAt } = pooledSamples;
  const rows = await db
    .select({ photo: sampleId, embedding, scale, contributor, headVersion, answer, reason, margin, seenAt })
    .from(pooledSamples)
    .where(and(eq(pooledSamples.backboneId, backboneId), sql`NOT (${isSpokenFor(sql`${sampleId}`)})`, further))
    .orderBy(asc(margin))
    .limit(limit);
  return rows.map(({ embedding, scale, ...row }) => ({
    ...row,
    backboneId,
    embedding: decodeEmbedding({ embedding, scale }),
  }));
}

/** A sample that nobody has labelled, and where it comes from. */
interface UnlabelledSample {
  readonly embedding: Embedding;
  readonly place: string | null;
}

/**
 * What may be learnt from without a label: the newest `MAX_UNLABELLED` that staff and keys have sent, without what the head took for
 * nothing it was taught, and what people or a teacher have said something of.
 */
export async function listUnlabelled(db: Database, backboneId: string): Promise<UnlabelledSample[]> {
  const { sampleId, embedding, scale, place, contributor, reason, seenAt } = pooledSamples;
  const isTaught = sql`EXISTS (SELECT 1 FROM teacher_labels WHERE teacher_labels.sample_id = ${sampleId} AND teacher_labels.class_id IS NOT NULL)`;
  const rows = await db
    .select({ embedding, scale, place })
    .from(pooledSamples)
    .where(
      and(
        eq(pooledSamples.backboneId, backboneId),
        sql`NOT ${isOfGuest(contributor)} AND ${reason} <> 'unknown'`,
        sql`NOT (${isSpokenFor(sql`${sampleId}`)}) AND NOT ${isTaught}`,
      ),
    )
    .orderBy(desc(seenAt), asc(sampleId))
    .limit(MAX_UNLABELLED);
  return rows.map(({ place, ...stored }) => ({ place, embedding: decodeEmbedding(stored) }));
}

/** Samples in the pool: at most `MAX_POOL_COUNTED`, which stands for more as well. */
export async function countPooled(db: Database): Promise<number> {
  const pooled = db.select({ one: sql`1` }).from(pooledSamples).limit(MAX_POOL_COUNTED).as("pooled");
  const [found] = await db.select({ count: count() }).from(pooled);
  return found.count;
}

/** The copies that are kept of these samples, by sample. */
export async function fetchCopies(db: Database, sampleIds: readonly string[]): Promise<Map<string, string>> {
  const { sampleId, preview } = pooledSamples;
  const rows = await db
    .select({ photo: sampleId, preview: sql<string>`${preview}` })
    .from(pooledSamples)
    .where(and(inArray(sampleId, jsonList(sampleIds)), isNotNull(preview)));
  return new Map(rows.map((row) => [row.photo, row.preview]));
}

/* What the head makes of samples of the pool, kept up to date: those that an earlier version answered are answered again, some at a time. */

/** A sample that another version answered. */
export interface OutdatedSample {
  readonly photo: string;
  readonly embedding: Embedding;
}

/** What the head answers to it; `answer` is null where none of its items is on the menu. */
export interface PoolAnswer {
  readonly photo: string;
  readonly answer: string | null;
  readonly score: number;
  /** `log p_1 - log p_2`. */
  readonly margin: number;
}

/** Up to `limit` samples of this backbone that another version than `headVersion` answered last. Reads no others. */
export async function listOutdated(
  db: Database,
  backboneId: string,
  headVersion: number,
  limit: number,
): Promise<OutdatedSample[]> {
  const { sampleId, embedding, scale } = pooledSamples;
  const where = (isOther: ReturnType<typeof lt>) =>
    db
      .select({ photo: sampleId, embedding, scale })
      .from(pooledSamples)
      .where(and(eq(pooledSamples.backboneId, backboneId), isOther))
      .orderBy(asc(pooledSamples.headVersion))
      .limit(limit);
  // Two ranges of the index; "another" would read all of it. A later version is one that was gone back from.
  const [earlier, later] = await db.batch([
    where(lt(pooledSamples.headVersion, headVersion)),
    where(gt(pooledSamples.headVersion, headVersion)),
  ]);
  return [...earlier, ...later]
    .slice(0, limit)
    .map(({ photo, ...row }) => ({ photo, embedding: decodeEmbedding(row) }));
}

/** Stores what version `headVersion` answers; what has left the pool stays away. */
export async function storePoolAnswers(
  db: Database,
  headVersion: number,
  answers: readonly PoolAnswer[],
): Promise<void> {
  const value = (field: string) => sql.raw(`value ->> '${field}'`);
  await db
    .update(pooledSamples)
    .set({ headVersion, answer: value("answer"), score: value("score"), margin: value("margin") })
    .from(sql`json_each(${JSON.stringify(answers)})`)
    .where(eq(pooledSamples.sampleId, value("photo")));
}
