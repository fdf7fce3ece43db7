/**
 * Answers counted in the isolate's memory, and brought to the database in batches beside an answer, never for it: like `usage-counter.ts`.
 * An isolate that ends takes with it what it answered within `ANSWER_FLUSH_MS` of its last batch, or of its first answer, and no more.
 */
import { type AnswerDay, addUp } from "../shared/answer-counts.ts";
import { dayOf, hasPassed } from "../shared/time.ts";
import { addAnswers } from "./answer-days.ts";
import type { Database } from "./database.ts";

/** Between two batches of an isolate. Nothing waits for these figures, so they may be older than those of a quota. */
export const ANSWER_FLUSH_MS = 30_000;

/** An answer as far as it is counted. */
interface CountedAnswer {
  readonly headVersion: number;
  readonly isUnknown: boolean;
  /** Normalised, 0 to 1. */
  readonly entropy: number;
}

/** Counts per isolate; several isolates add to the same rows, so none of them overwrites another's. */
export interface AnswerCounter {
  /** Counts an answer that was given at `now`, Unix ms like every time here. */
  count(answer: CountedAnswer, now: number): void;
  /** Counts that the database does not have yet. */
  pending(): readonly AnswerDay[];
  /** Whether a batch is due. */
  isDue(now: number): boolean;
  /** Adds the counts to the database, and keeps those that it could not add. */
  flush(db: Database, now: number): Promise<void>;
}

/** Made once per isolate; what it holds is lost with the isolate. */
export function createAnswerCounter(): AnswerCounter {
  /** A row per head and day: never more than a few, however many answers. */
  let fresh = new Map<string, AnswerDay>();
  let flushedAt: number | undefined;

  function add(row: AnswerDay): void {
    const key = `${row.day} ${row.headVersion}`;
    const known = fresh.get(key);
    fresh.set(key, known === undefined ? row : { ...row, ...addUp([known, row]) });
  }

  return {
    count({ headVersion, isUnknown, entropy }, now) {
      // A new isolate waits like any other: its first answer writes nothing either.
      flushedAt ??= now;
      const counts = { answers: 1, unknown: isUnknown ? 1 : 0, entropySum: entropy, entropySquares: entropy ** 2 };
      add({ day: dayOf(now), headVersion, ...counts });
    },
    pending: () => [...fresh.values()],
    isDue: (now) => fresh.size > 0 && flushedAt !== undefined && hasPassed(flushedAt, ANSWER_FLUSH_MS, now),
    async flush(db, now) {
      flushedAt = now; // -- before the write: a request that comes meanwhile brings nothing
      const rows = [...fresh.values()];
      fresh = new Map();
      try {
        await addAnswers(db, rows);
      } catch (error) {
        rows.forEach(add);
        throw error;
      }
    },
  };
}
