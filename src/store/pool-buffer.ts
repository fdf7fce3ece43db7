/**
 * Samples for the pool, gathered in the isolate's memory and brought to the database in batches behind an answer, never for it: like
 * `answer-counter.ts`. An isolate that ends takes with it what it gathered since its last batch.
 */
import type { Embedding } from "../head/embedding.ts";
import { cosineOf, NEAR_DUPLICATE_COSINE } from "../head/near-duplicates.ts";
import { hasPassed } from "../shared/time.ts";
import type { Database } from "./database.ts";
import { POOL_BATCH, POOL_FLUSH_MS, REMEMBERED_KEPT } from "./pool-limits.ts";
import { type NewPooledSample, storePooled } from "./pooled-samples.ts";

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
