/** What the answers of each day were like, as Drizzle sees it: see `schema.ts`. It is not part of an export. */
import { integer, primaryKey, real, sqliteTable } from "drizzle-orm/sqlite-core";

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
