/** The tables of a second backbone as Drizzle sees them, explained in docs/storage.md. */
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** At most one row: which backbone is being prepared, or was in use before, beside the one whose embeddings the examples hold. */
export const secondSlot = sqliteTable("second_slot", {
  id: integer("id").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  name: text("name").notNull(),
  dimension: integer("dimension").notNull(),
  homeName: text("home_name").notNull(),
  homeDimension: integer("home_dimension").notNull(),
  trainedWith: integer("trained_with").notNull().default(0),
  beganAt: integer("began_at").notNull(),
  readyAt: integer("ready_at"),
  movedAt: integer("moved_at"),
});

/** What the second backbone makes of examples. */
export const secondEmbeddings = sqliteTable(
  "second_embeddings",
  {
    sampleId: text("sample_id").notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sampleId, table.backboneId] })],
);

/** Labelled samples of which only another backbone than the one in use has an embedding. */
export const leftExamples = sqliteTable(
  "left_examples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    classId: text("class_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    source: text("source").notNull(),
    contributor: text("contributor").notNull(),
    origin: text("origin").notNull(),
    createdAt: integer("created_at").notNull(),
    labelledAt: integer("labelled_at").notNull(),
    confirmedAt: integer("confirmed_at"),
    labelledBy: text("labelled_by"),
    place: text("place"),
    purpose: text("purpose").notNull(),
  },
  (table) => [index("left_examples_class").on(table.classId), index("left_examples_contributor").on(table.contributor)],
);
