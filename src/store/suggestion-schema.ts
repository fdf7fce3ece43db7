/** What guests miss on the menu, as Drizzle sees it: see `schema.ts`. It is not part of an export. */
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per wish and contributor, so that a guest who repeats a wish counts once. */
export const suggestions = sqliteTable(
  "suggestions",
  {
    id: text("id").notNull(),
    contributor: text("contributor").notNull(),
    text: text("text").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.contributor] }),
    index("suggestions_contributor").on(table.contributor),
    index("suggestions_created").on(table.createdAt),
  ],
);
