/**
 * What labelled samples looked like, as Drizzle sees it (see `schema.ts`), and how much of it is kept. Pictures have a
 * table of their own, so that no query about examples reads them. The migrations' triggers delete a picture with its
 * example, keep the totals, and note that an original must go.
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

/** Bytes of one picture, before base64. */
export const MAX_PICTURE_BYTES = 12 * 1024;

/** Bytes of all pictures together as they are stored, well under the 10 GB of a D1 database: some 400,000. Above it none is added. */
export const MAX_PICTURES_BYTES = 5_000_000_000;

/** Bytes of one, as it is stored: a photo of 1,024 pixels takes half of it. An isolate holds at most 12.5 MB, for the fifty of a request together. */
export const MAX_ORIGINAL_BYTES = 256 * 1024;

/** Bytes of all together, some 150,000 photos. Above it none is added. */
export const MAX_ORIGINALS_BYTES = 20_000_000_000;
