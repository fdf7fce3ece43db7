/** Photos that staff have forgotten, as Drizzle sees them: see `schema.ts`. They are no part of an export. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const forgottenPhotos = sqliteTable(
  "forgotten_photos",
  {
    photoId: text("photo_id").primaryKey().notNull(),
    forgottenAt: integer("forgotten_at").notNull(),
  },
  (table) => [index("forgotten_photos_at").on(table.forgottenAt)],
);
