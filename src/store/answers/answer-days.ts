/** What the answers of each day were like, by the head that gave them. Sums alone, nothing of any one answer. */

import { desc, gte, lt, sql } from "drizzle-orm";
import { integer, primaryKey, real, sqliteTable } from "drizzle-orm/sqlite-core";
import { type AnswerDay, addUp, WATCHED_DAYS } from "../../shared/drift.ts";
import { dayOf, hasPassed } from "../../shared/time.ts";
import type { Database } from "../database.ts";

/** Sums per UTC day and head version: enough for shares, means and variances, and no single answer. */
export const answerDays = sqliteTable(
  "answer_days",
  {
    day: integer("day").notNull(),
    headVersion: integer("head_version").notNull(),
    answers: integer("answers").notNull(),
    unknown: integer("unknown").notNull(),
    entropySum: real("entropy_sum").notNull(),
    entropySquares: real("entropy_squares").notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.headVersion] })],
);

/** Adds to what is there; isolates add at the same time. One statement, whatever the number of rows. */
export async function addAnswers(db: Database, rows: readonly AnswerDay[]): Promise<void> {
  const values = JSON.stringify(
    rows.map((row) => [row.day, row.headVersion, row.answers, row.unknown, row.entropySum, row.entropySquares]),
  );
  const columns = sql.join(
    [0, 1, 2, 3, 4, 5].map((i) => sql`value ->> ${sql.raw(String(i))}`),
    sql`, `,
  );
  await db
    .insert(answerDays)
    // Without the WHERE the parser takes ON CONFLICT for the condition of a join.
    .select(sql`SELECT ${columns} FROM json_each(${values}) WHERE true`)
    .onConflictDoUpdate({
      target: [answerDays.day, answerDays.headVersion],
      set: {
        answers: sql`answers + excluded.answers`,
        unknown: sql`unknown + excluded.unknown`,
        entropySum: sql`entropy_sum + excluded.entropy_sum`,
        entropySquares: sql`entropy_squares + excluded.entropy_squares`,
      },
    });
}

/** The days that the drift watch looks at, newest first. Reads a row per day and head that answered on it. */
export async function listAnswerDays(db: Database, today: number): Promise<AnswerDay[]> {
  return db
    .select()
    .from(answerDays)
    .where(gte(answerDays.day, firstDay(today)))
    .orderBy(desc(answerDays.day));
}

/** Drops the days before those. */
export async function dropOldAnswers(db: Database, today: number): Promise<void> {
  await db.delete(answerDays).where(lt(answerDays.day, firstDay(today)));
}

function firstDay(today: number): number {
  return today - WATCHED_DAYS + 1;
}

/*
 * Answers counted in the isolate's memory, and brought to the database in batches beside an answer, never for it: like `usage-counter.ts`.
 * An isolate that ends takes with it what it answered within `ANSWER_FLUSH_MS` of its last batch, or of its first answer, and no more.
 */

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
