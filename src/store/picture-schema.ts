/**
 * What labelled samples looked like, as Drizzle sees it: see `schema.ts`. A table of its own, so that no query about examples reads
 * pictures. The migration's triggers delete a picture with its example, and keep the totals.
 */
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per example of which a picture is kept; `preview` is a data URL of a small picture, or the beginning of a text. */
export const pictures = sqliteTable("pictures", {
  sampleId: text("sample_id").primaryKey().notNull(),
  preview: text("preview").notNull(),
});

/** One row: how many there are, and their size; and the same of originals in the bucket. Written by triggers only. */
export const pictureTotals = sqliteTable("picture_totals", {
  id: integer("id").primaryKey().notNull(),
  pictures: integer("pictures").notNull(),
  bytes: integer("bytes").notNull(),
  originals: integer("originals").notNull().default(0),
  originalBytes: integer("original_bytes").notNull().default(0),
});
