/** Which originals are in the bucket, as Drizzle sees it: see `schema.ts`. When an example ends, the migration's triggers note that its original must go. */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per example of which an original is kept; `key` is its name in the bucket, another one each time that it is stored. */
export const originals = sqliteTable("originals", {
  sampleId: text("sample_id").primaryKey().notNull(),
  key: text("key").notNull(),
  bytes: integer("bytes").notNull(),
});

/** Names of the originals that must leave the bucket, and since when. */
export const originalDeletions = sqliteTable("original_deletions", {
  key: text("key").primaryKey().notNull(),
  dueSince: integer("due_since").notNull(),
});
