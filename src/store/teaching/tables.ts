/**
 * What a large model said, as Drizzle sees it (see `schema.ts`), and the bounds of what it is asked and of what is
 * kept, apart from what the operator sets. Not part of an export: it can be asked again, and no person said it.
 */
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

/** The most calls a day that `TEACHER_DAILY_CALLS` may allow. */
export const MAX_TEACHER_CALLS = 10_000;

/** Answers that are kept and learnt from, the newest: a refit reads all of them, some 1.7 KB each. */
export const MAX_TEACHER_LABELS = 2_000;

/** Calls about one sample; one that the teacher cannot answer is not worth more. */
export const MAX_TEACHER_ATTEMPTS = 3;

/** Between two calls about one sample: longer than any call and the job around it live. */
export const TEACHER_RETRY_MS = 3_600_000;

/** Below this confidence an answer is kept and does not count. */
export const MIN_TEACHER_CONFIDENCE = 0.5;

/** New answers that are worth a new head; fewer wait for the next one. */
export const TEACHER_LABELS_PER_HEAD = 25;

/** Days of calls that stay to be shown. */
export const KEPT_TEACHER_DAYS = 90;
