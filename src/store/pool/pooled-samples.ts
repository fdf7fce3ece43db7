/**
 * The pool: unlabelled samples that the head was unsure of. Two bounds hold it: what one source may bring, and its size; if it is
 * full, the source that has most loses its oldest. Reading and deciding are in `pool-queue.ts`.
 */
import { isNotNull, sql } from "drizzle-orm";
import type { Embedding } from "../../head/embedding.ts";
import { cosineOf, NEAR_DUPLICATE_COSINE } from "../../head/near-duplicates.ts";
import { siteOf } from "../../shared/contributor.ts";
import { hasPassed } from "../../shared/time.ts";
import { encodeEmbedding } from "../codecs.ts";
import type { Database } from "../database.ts";
import { type EmbeddedSample, isOfGuest } from "../labels/labels.ts";
import {
  GUESTS_SHARE,
  MAX_POOLED_PER_SITE,
  MAX_POOLED_PER_SOURCE,
  POOL_BATCH,
  POOL_FLUSH_MS,
  type PoolReason,
  pooledSamples,
  REMEMBERED_KEPT,
} from "./tables.ts";

/** A sample and what the live head made of it. */
export interface NewPooledSample {
  readonly sample: EmbeddedSample;
  readonly contributor: string;
  /** The copy that staff see; null where none is kept. */
  readonly preview: string | null;
  readonly headVersion: number;
  readonly reason: PoolReason;
  /** The id of the place it comes from; null where nobody named one. */
  readonly place: string | null;
  /** The id of the class that was answered, and its score; null and 0 where there was none. */
  readonly answer: string | null;
  readonly score: number;
  /** `log p_1 - log p_2`, 0 where there was one class. */
  readonly margin: number;
  /** Unix time in ms. */
  readonly seenAt: number;
}

/** An answer that the pool may keep: who sent the sample, and what staff see of it, is found behind the answer. */
export interface UnsureAnswer extends Omit<NewPooledSample, "contributor" | "preview"> {
  /** Makes what staff see; absent where no copy is kept. */
  readonly copy: (() => Promise<string>) | undefined;
}

/** For every contributor: what the names of one site have in common. */
const SITE_CHARACTERS = siteOf("g_00000000000000000000").length;

/**
 * Stores the new ones, then drops those above `size`: one transaction of two statements. Skips samples that are examples, wait as
 * corrections or are forgotten, and guests who have as many in the pool as they may.
 */
export async function storePooled(db: Database, samples: readonly NewPooledSample[], size: number): Promise<void> {
  if (samples.length === 0) return;
  await db.batch([insertNew(db, samples), trimTo(db, size)]);
}

/** The operator's settings; `size` is 0 where the pool is closed. */
export interface PoolSettings {
  readonly size: number;
  readonly keptMs: number;
  /** Whether the pool keeps copies for staff. */
  readonly keepsCopies: boolean;
}

/** Lets go what is past its time, labelled or too much, and copies that are no longer wanted; returns how many samples went. */
export async function cutBackPool(
  db: Database,
  { size, keptMs, keepsCopies }: PoolSettings,
  now: number,
): Promise<number> {
  const { sampleId, seenAt, preview } = pooledSamples;
  const isSettled = sql`${seenAt} < ${now - keptMs} OR ${isLabelled(sql`${sampleId}`)}`;
  const [settled, excess] = await db.batch([
    db.delete(pooledSamples).where(isSettled).returning({ photo: sampleId }),
    trimTo(db, size),
    ...(keepsCopies ? [] : [db.update(pooledSamples).set({ preview: null }).where(isNotNull(preview))]),
  ]);
  return settled.length + excess.length;
}

/**
 * The statement that drops what is above `size`: the oldest of the site that has most, again and again. Guests lose first,
 * until they have no more than their share, so that no crowd of them crowds out what may teach.
 */
function trimTo(db: Database, size: number) {
  const isGuest = isOfGuest(sql`contributor`);
  const ranked = sql`SELECT sample_id, seen_at, ${isGuest} AS is_guest, row_number() OVER
    (PARTITION BY substr(contributor, 1, ${SITE_CHARACTERS}) ORDER BY seen_at DESC, sample_id) AS nth FROM pooled_samples`;
  const inTurn = sql`SELECT sample_id, is_guest, row_number() OVER
    (PARTITION BY is_guest ORDER BY nth DESC, seen_at, sample_id) AS turn FROM (${ranked})`;
  const room = Math.floor(GUESTS_SHARE * size);
  const counted = sql`SELECT max(0, count(*) - ${size}) AS excess, max(0, coalesce(sum(${isGuest}), 0) - ${room}) AS beyond_share FROM pooled_samples`;
  const gone = sql`SELECT sample_id FROM (${inTurn}), (${counted})
    WHERE turn <= iif(is_guest, min(excess, beyond_share), excess - min(excess, beyond_share))`;
  return db
    .delete(pooledSamples)
    .where(sql`${pooledSamples.sampleId} IN (${gone})`)
    .returning({ photo: pooledSamples.sampleId });
}

/** True for a sample that is an example. */
function isLabelled(sampleId: ReturnType<typeof sql>) {
  return sql`EXISTS (SELECT 1 FROM examples WHERE examples.sample_id = ${sampleId} AND examples.class_id IS NOT NULL)`;
}

/** True for a sample of which somebody has said what it is: it is an example, or waits as a correction. */
export function isSpokenFor(sampleId: ReturnType<typeof sql>) {
  const isWaiting = sql`EXISTS (SELECT 1 FROM reviews WHERE reviews.sample_id = ${sampleId} AND reviews.status = 'pending')`;
  return sql`${isLabelled(sampleId)} OR ${isWaiting}`;
}

function insertNew(db: Database, samples: readonly NewPooledSample[]) {
  const rows = JSON.stringify(
    samples.map(({ sample, ...row }) => ({
      ...row,
      ...encodeEmbedding(sample.embedding),
      sampleId: sample.sampleId,
      backboneId: sample.backboneId,
    })),
  );
  const value = (field: string) => sql.raw(`value ->> '${field}'`);
  // Counted with those that come in the same batch ahead of it.
  const numbered = sql`SELECT value, ${value("sampleId")} AS id, ${value("contributor")} AS source,
      row_number() OVER (PARTITION BY ${value("contributor")} ORDER BY key) AS of_source,
      row_number() OVER (PARTITION BY substr(${value("contributor")}, 1, ${SITE_CHARACTERS}) ORDER BY key) AS of_site
    FROM json_each(${rows})`;
  const site = sql`substr(source, 1, ${SITE_CHARACTERS})`;
  const pooledOfSource = sql`(SELECT count(*) FROM pooled_samples WHERE contributor = source)`;
  // Names of a site start alike; "~" sorts after every digit that may follow.
  const pooledOfSite = sql`(SELECT count(*) FROM pooled_samples WHERE contributor >= ${site} AND contributor < ${site} || '~')`;
  const isGuestWithin = sql`of_source + ${pooledOfSource} <= ${MAX_POOLED_PER_SOURCE} AND of_site + ${pooledOfSite} <= ${MAX_POOLED_PER_SITE}`;
  return db
    .insert(pooledSamples)
    .select(
      sql`SELECT id, ${value("backboneId")}, ${value("embedding")}, ${value("scale")}, source, ${value("place")}, ${value("preview")},
          ${value("headVersion")}, ${value("reason")}, ${value("answer")}, ${value("score")}, ${value("margin")}, ${value("seenAt")}
        FROM (${numbered})
        WHERE (NOT ${isOfGuest(sql`source`)} OR (${isGuestWithin})) AND NOT (${isSpokenFor(sql`id`)})
          AND NOT EXISTS (SELECT 1 FROM forgotten_samples WHERE forgotten_samples.sample_id = id)`,
    )
    .onConflictDoNothing();
}

/*
 * Samples for the pool, gathered in the isolate's memory and brought to the database in batches behind an answer, never for it: like
 * `answer-days.ts`. An isolate that ends takes with it what it gathered since its last batch.
 */

/** One per isolate. Times are Unix ms. */
export interface PoolBuffer {
  /** Keeps the sample for the next batch, unless that is full or the sample looks like one that was kept a moment ago. */
  add(sample: NewPooledSample): void;
  /** Whether a batch is due: the first one at once, the others when they are full or old enough. */
  isDue(now: number): boolean;
  /** Writes the gathered samples into a pool of at most `size`, and keeps those that it could not write. */
  flush(db: Database, size: number, now: number): Promise<void>;
}

/** Made once per isolate; what it holds is lost with the isolate. */
export function createPoolBuffer(): PoolBuffer {
  let gathered: readonly NewPooledSample[] = [];
  let kept: readonly Embedding[] = [];
  let flushedAt = Number.NEGATIVE_INFINITY;

  return {
    add(sample) {
      const { embedding } = sample.sample;
      if (gathered.length >= POOL_BATCH || kept.some((known) => isAlike(known, embedding))) return;
      gathered = [...gathered, sample];
      kept = [...kept, embedding].slice(-REMEMBERED_KEPT);
    },
    isDue: (now) => gathered.length >= POOL_BATCH || (gathered.length > 0 && hasPassed(flushedAt, POOL_FLUSH_MS, now)),
    async flush(db, size, now) {
      flushedAt = now; // -- before the write: a request that comes meanwhile brings nothing
      const batch = gathered;
      gathered = [];
      try {
        await storePooled(db, batch, size);
      } catch (error) {
        gathered = [...batch, ...gathered].slice(0, POOL_BATCH);
        throw error;
      }
    },
  };
}

/** Embeddings of another length come from a backbone that was replaced under the isolate. */
function isAlike(known: Embedding, embedding: Embedding): boolean {
  return known.values.length === embedding.values.length && cosineOf(known, embedding) >= NEAR_DUPLICATE_COSINE;
}
