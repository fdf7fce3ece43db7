/** What a large model said, as Drizzle sees it: see `schema.ts`. Not part of an export: it can be asked again, and no person said it. */
import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per sample that the teacher was asked about; answered where `answeredAt` is set, and then `classId` is null for "none of the items". */
export const teacherLabels = sqliteTable(
  "teacher_labels",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    contributor: text("contributor").notNull(),
    model: text("model").notNull(),
    headVersion: integer("head_version").notNull(),
    headAnswer: text("head_answer"),
    claim: text("claim").notNull(),
    attempts: integer("attempts").notNull(),
    askedAt: integer("asked_at").notNull(),
    fault: text("fault"),
    answeredAt: integer("answered_at"),
    classId: text("class_id"),
    confidence: real("confidence"),
  },
  (table) => [
    index("teacher_labels_answered").on(table.answeredAt).where(sql`answered_at IS NOT NULL`),
    index("teacher_labels_claim").on(table.claim),
    index("teacher_labels_class").on(table.classId, table.sampleId).where(sql`class_id IS NOT NULL`),
    index("teacher_labels_contributor").on(table.contributor),
  ],
);

/** One row per UTC day on which it was asked. */
export const teacherDays = sqliteTable("teacher_days", {
  day: integer("day").primaryKey().notNull(),
  calls: integer("calls").notNull(),
  faults: integer("faults").notNull(),
});
