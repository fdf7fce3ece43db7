/** Samples that staff have forgotten, as Drizzle sees them: see `schema.ts`. They are not part of an export. */
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Ids of samples that an import must not bring back. */
export const forgottenSamples = sqliteTable(
  "forgotten_samples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    forgottenAt: integer("forgotten_at").notNull(),
  },
  (table) => [index("forgotten_samples_at").on(table.forgottenAt)],
);
