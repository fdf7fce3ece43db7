/** Places that samples come from, as Drizzle sees them: see `schema.ts`. What a place was measured as is derived from its samples. */
import { sql } from "drizzle-orm";
import { integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { PlaceLabels } from "../head/judge-shift.ts";

/** One row per place. Everything from `basis` on was measured; `shift` is null if answers stay as taught; `nameKey` is null in places from before names had to differ. */
export const places = sqliteTable(
  "places",
  {
    id: text("id").primaryKey().notNull(),
    name: text("name").notNull(),
    isOn: integer("is_on", { mode: "boolean" }).notNull().default(true),
    createdAt: integer("created_at").notNull(),
    basis: text("basis"),
    backboneId: text("backbone_id"),
    photos: integer("photos").notNull().default(0),
    distance: real("distance"),
    shift: text("shift"),
    scale: real("scale"),
    nameKey: text("name_key"),
    labels: text("labels", { mode: "json" }).$type<PlaceLabels>(),
  },
  (table) => [uniqueIndex("places_name").on(table.nameKey).where(sql`name_key IS NOT NULL`)],
);
