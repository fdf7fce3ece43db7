/** What descriptions of items come to, as Drizzle sees it: see `schema.ts`. Derived from `classes`, and no part of an export. */
import { real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per described item, by the run that last read its words; without numbers where these say nothing to the backbone. */
export const classDescriptions = sqliteTable("class_descriptions", {
  classId: text("class_id").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  wording: text("wording").notNull(),
  embedding: text("embedding"),
  scale: real("scale"),
});
