/** Answers that a repeated request gets again, as Drizzle sees them: see `schema.ts`. They are not part of an export. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Claimed first and filled in later: `status` and `body` are null while the first try is still at work. */
export const repeatableAnswers = sqliteTable(
  "repeatable_answers",
  {
    keyHash: text("key_hash").primaryKey().notNull(),
    claimedAt: integer("claimed_at").notNull(),
    requestHash: text("request_hash"),
    status: integer("status"),
    body: text("body"),
  },
  (table) => [index("repeatable_answers_claimed").on(table.claimedAt)],
);
