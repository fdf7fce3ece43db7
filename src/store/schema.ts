/**
 * The tables as Drizzle sees them; `migrations/` is what the database gets, and a test holds the two against each other.
 * Every column is explained in docs/storage.md.
 */
import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const classes = sqliteTable(
  "classes",
  {
    id: text("id").primaryKey().notNull(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    description: text("description").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    archivedAt: integer("archived_at"),
  },
  (table) => [uniqueIndex("classes_active_name").on(table.nameKey).where(sql`archived_at IS NULL`)],
);

export const examples = sqliteTable(
  "examples",
  {
    photoId: text("photo_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    classId: text("class_id").notNull(),
    absorbedClassId: text("absorbed_class_id"),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    source: text("source", { enum: ["admin", "import", "guest"] }).notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    index("examples_class").on(table.classId),
    index("examples_absorbed").on(table.absorbedClassId, table.photoId),
    index("examples_pending").on(table.createdAt).where(sql`class_id IS NOT absorbed_class_id`),
  ],
);

export const reviews = sqliteTable(
  "reviews",
  {
    photoId: text("photo_id").notNull(),
    classId: text("class_id").notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding"),
    scale: real("scale"),
    thumbnail: text("thumbnail"),
    guess: text("guess"),
    status: text("status", { enum: ["pending", "accepted", "rejected"] })
      .notNull()
      .default("pending"),
    createdAt: integer("created_at").notNull(),
    decidedAt: integer("decided_at"),
  },
  (table) => [
    primaryKey({ columns: [table.photoId, table.classId] }),
    index("reviews_pending").on(table.createdAt).where(sql`status = 'pending'`),
  ],
);

export const statistics = sqliteTable("statistics", {
  version: integer("version").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  dimension: integer("dimension").notNull(),
  squaredNorms: real("squared_norms").notNull(),
  createdAt: integer("created_at").notNull(),
});

export const gramParts = sqliteTable("gram_parts", {
  part: integer("part").primaryKey().notNull(),
  data: text("data").notNull(),
});

export const classSums = sqliteTable(
  "class_sums",
  {
    classId: text("class_id").primaryKey().notNull(),
    count: integer("count").notNull(),
    sum: text("sum").notNull(),
  },
  (table) => [check("class_sums_count", sql`${table.count} >= 0`)],
);

export const heads = sqliteTable("heads", {
  version: integer("version").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  statisticsVersion: integer("statistics_version").notNull(),
  archiveRevision: integer("archive_revision").notNull(),
  classIds: text("class_ids", { mode: "json" }).$type<string[]>().notNull(),
  examples: integer("examples").notNull(),
  rho: real("rho").notNull(),
  temperature: real("temperature").notNull(),
  evaluation: text("evaluation", { mode: "json" }).$type<StoredEvaluation>(),
  weights: text("weights").notNull(),
  durationMs: integer("duration_ms").notNull(),
  createdAt: integer("created_at").notNull(),
});

/** The figures of a head's leave-one-out evaluation that are kept with it. */
export interface StoredEvaluation {
  readonly examples: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly logLoss: number;
  readonly expectedCalibrationError: number;
}

export const trainingRuns = sqliteTable("training_runs", {
  id: integer("id").primaryKey().notNull(),
  trigger: text("trigger", { enum: ["cron", "admin"] }).notNull(),
  outcome: text("outcome", { enum: ["published", "absorbed", "overtaken", "failed"] }).notNull(),
  absorbed: integer("absorbed").notNull(),
  headVersion: integer("head_version"),
  message: text("message").notNull(),
  durationMs: integer("duration_ms").notNull(),
  startedAt: integer("started_at").notNull(),
});

export const deployment = sqliteTable("deployment", {
  id: integer("id").primaryKey().notNull(),
  liveHead: integer("live_head"),
  menuRevision: integer("menu_revision").notNull().default(0),
  archiveRevision: integer("archive_revision").notNull().default(0),
});
