/** What the answers of each day were like, by the head that gave them. Sums alone, nothing of any one answer. */
import { desc, gte, lt, sql } from "drizzle-orm";
import type { AnswerDay } from "../shared/answer-counts.ts";
import { WATCHED_DAYS } from "../shared/drift.ts";
import { answerDays } from "./answer-schema.ts";
import type { Database } from "./database.ts";

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
