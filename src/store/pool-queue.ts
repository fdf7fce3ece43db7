/** Reads the pool: the samples that still need a label. `pooled-samples.ts` fills and bounds it. */
import { and, asc, count, desc, eq, inArray, isNotNull, type SQL, sql } from "drizzle-orm";
import type { Embedding } from "../head/embedding.ts";
import { decodeEmbedding } from "./codecs.ts";
import { type Database, jsonList } from "./database.ts";
import { isOfGuest } from "./guest-samples.ts";
import { MAX_POOL_COUNTED, MAX_UNLABELLED } from "./pool-limits.ts";
import { type PoolReason, pooledSamples } from "./pool-schema.ts";
import { isSpokenFor } from "./pooled-samples.ts";

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
