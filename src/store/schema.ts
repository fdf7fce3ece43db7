/** The tables as Drizzle sees them, explained in docs/storage.md; a test holds them against `migrations/`, which the database gets. */
import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { PURPOSES } from "../shared/closed-lists.ts";
import type { TranslatedNames } from "../shared/language.ts";
import type { Sentence } from "../shared/sentence.ts";
import type {
  StoredDetails,
  StoredEvaluation,
  StoredGate,
  StoredMistakes,
  StoredReplay,
  StoredScorecard,
  StoredTest,
} from "./heads/head-record.ts";

/** Menu items, archived, merged and deleted ones too: their ids are never given out again. */
export const classes = sqliteTable(
  "classes",
  {
    id: text("id").primaryKey().notNull(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    description: text("description").notNull().default(""),
    createdAt: integer("created_at").notNull(),
    archivedAt: integer("archived_at"),
    mergedInto: text("merged_into"),
    deletedAt: integer("deleted_at"),
    position: integer("position").notNull().default(0),
    aliases: text("aliases", { mode: "json" }).$type<readonly string[]>().notNull().default([]),
    aliasKeys: text("alias_keys", { mode: "json" }).$type<readonly string[]>().notNull().default([]),
    names: text("names", { mode: "json" }).$type<TranslatedNames>().notNull().default({}),
    threshold: real("threshold"),
    sinceRevision: integer("since_revision").notNull().default(0),
  },
  (table) => [
    uniqueIndex("classes_active_name").on(table.nameKey).where(sql`archived_at IS NULL`),
    uniqueIndex("classes_created").on(table.createdAt, table.id),
  ],
);

/** What active items go by, in the spelling of `toNameKey`. */
export const classKeys = sqliteTable(
  "class_keys",
  {
    key: text("key").primaryKey().notNull(),
    classId: text("class_id").notNull(),
  },
  (table) => [index("class_keys_class").on(table.classId)],
);

/** Where the sample was embedded: a device's embedding can be forged. */
const ORIGINS = ["server", "device"] as const;

/**
 * Labelled samples. `classId` is the label, `absorbedClassId` what the statistics hold it as; a run makes them equal, or the latter
 * null where the example is set aside to test heads.
 */
export const examples = sqliteTable(
  "examples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    classId: text("class_id"),
    absorbedClassId: text("absorbed_class_id"),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    source: text("source", { enum: ["admin", "import", "guest", "auto"] }).notNull(),
    contributor: text("contributor").notNull(),
    origin: text("origin", { enum: ORIGINS }).notNull(),
    createdAt: integer("created_at").notNull(),
    labelledAt: integer("labelled_at").notNull(),
    confirmedAt: integer("confirmed_at"),
    labelledBy: text("labelled_by"),
    place: text("place"),
    purpose: text("purpose", { enum: PURPOSES }).notNull().default("learn"),
    unseenSince: integer("unseen_since").notNull().default(0),
  },
  (table) => [
    index("examples_place").on(table.place, table.sampleId).where(sql`place IS NOT NULL`),
    index("examples_class").on(table.classId, table.sampleId),
    index("examples_absorbed").on(table.absorbedClassId, table.sampleId),
    index("examples_pending")
      .on(table.classId, table.labelledAt)
      .where(sql`CASE purpose WHEN 'test' THEN NULL ELSE class_id END IS NOT absorbed_class_id`),
    index("examples_test").on(table.classId, table.sampleId).where(sql`purpose = 'test'`),
    index("examples_set_aside").on(table.unseenSince).where(sql`unseen_since > 0`),
    index("examples_contributor").on(table.contributor, table.sampleId),
    index("examples_created").on(table.createdAt),
    index("examples_auto").on(table.sampleId).where(sql`source = 'auto'`),
    index("examples_strangers").on(sql`labelled_at DESC`, table.sampleId).where(sql`absorbed_class_id = ':none'`),
  ],
);

/**
 * Guests' corrections, decided ones too; embedding and preview go in the night after the day in which a decision can be
 * undone.
 */
export const reviews = sqliteTable(
  "reviews",
  {
    sampleId: text("sample_id").notNull(),
    classId: text("class_id").notNull(),
    contributor: text("contributor").notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding"),
    scale: real("scale"),
    preview: text("preview"),
    guess: text("guess"),
    origin: text("origin", { enum: ORIGINS }).notNull(),
    usefulness: real("usefulness").notNull(),
    status: text("status", { enum: ["pending", "accepted", "rejected"] })
      .notNull()
      .default("pending"),
    createdAt: integer("created_at").notNull(),
    decidedAt: integer("decided_at"),
    skippedAt: integer("skipped_at"),
    decidedWith: text("decided_with"),
    receipt: text("receipt"),
    place: text("place"),
  },
  (table) => [
    primaryKey({ columns: [table.sampleId, table.classId, table.contributor] }),
    index("reviews_pending").on(table.skippedAt, sql`usefulness DESC`).where(sql`status = 'pending'`),
    index("reviews_contributor").on(table.contributor, table.status),
    index("reviews_waiting").on(table.contributor).where(sql`status = 'pending'`),
    index("reviews_decided").on(table.decidedAt).where(sql`decided_at IS NOT NULL`),
    index("reviews_place").on(table.place).where(sql`place IS NOT NULL`),
    index("reviews_previews").on(table.createdAt).where(sql`preview IS NOT NULL`),
  ],
);

/** What a decision changed, kept for a day so that it can be taken back. */
export const reviewDecisions = sqliteTable(
  "review_decisions",
  {
    sampleId: text("sample_id").notNull(),
    classId: text("class_id").notNull(),
    decidedAt: integer("decided_at").notNull(),
    target: text("target"),
    beforeClass: text("before_class"),
    beforeLabelledAt: integer("before_labelled_at"),
    beforeConfirmedAt: integer("before_confirmed_at"),
    beforeLabelledBy: text("before_labelled_by"),
  },
  (table) => [
    primaryKey({ columns: [table.sampleId, table.classId] }),
    index("review_decisions_decided").on(table.decidedAt),
  ],
);

/** One row: a run inserts the next version and deletes the older ones in one batch. */
export const statistics = sqliteTable("statistics", {
  version: integer("version").primaryKey().notNull(),
  backboneId: text("backbone_id").notNull(),
  dimension: integer("dimension").notNull(),
  squaredNorms: real("squared_norms").notNull(),
  createdAt: integer("created_at").notNull(),
  forgetVersion: integer("forget_version").notNull().default(0),
  strangers: integer("strangers").notNull().default(0),
});

/** The statistics in use, and those that a rebuild is making. */
const SLOTS = ["current", "rebuild"] as const;
/** `current` answers questions; `rebuild` is filled beside it and takes its place when it is whole. */
export type Slot = (typeof SLOTS)[number];

/** The lower triangle of G row by row, float32 in base64, cut into parts because D1 limits the size of a value. */
export const gramParts = sqliteTable(
  "gram_parts",
  {
    slot: text("slot", { enum: SLOTS }).notNull(),
    part: integer("part").notNull(),
    data: text("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.slot, table.part] })],
);

/** Count and sum vector (float64 [D], base64) of each class; "not on the menu" has none. */
export const classSums = sqliteTable(
  "class_sums",
  {
    slot: text("slot", { enum: SLOTS }).notNull(),
    classId: text("class_id").notNull(),
    count: integer("count").notNull(),
    sum: text("sum").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.slot, table.classId] }),
    check("class_sums_count", sql`${table.count} >= 0`),
  ],
);

/** At most one row: where the rebuild under way has come to, and why it was begun. */
export const rebuild = sqliteTable("rebuild", {
  id: integer("id").primaryKey().notNull(),
  cursor: text("cursor").notNull(),
  examples: integer("examples").notNull(),
  squaredNorms: real("squared_norms").notNull(),
  reason: text("reason").notNull(),
  startedAt: integer("started_at").notNull(),
});

/** One row. A write carries the token that it was leased under; the check makes a write with an older one fail. */
export const trainingLease = sqliteTable(
  "training_lease",
  {
    id: integer("id").primaryKey().notNull(),
    token: integer("token").notNull(),
    fence: integer("fence").notNull(),
    expiresAt: integer("expires_at").notNull(),
    restores: text("restores"),
  },
  (table) => [check("training_lease_fence", sql`${table.fence} = ${table.token}`)],
);

/** Published heads. A row changes only when it is pinned or purged. */
export const heads = sqliteTable(
  "heads",
  {
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
    parent: integer("parent"),
    startedBy: text("started_by", { enum: ["cron", "admin"] }).notNull(),
    labelsReadAt: integer("labels_read_at").notNull(),
    labelsWaiting: integer("labels_waiting").notNull(),
    rowsRead: integer("rows_read").notNull(),
    rowsWritten: integer("rows_written").notNull(),
    gate: text("gate", { mode: "json" }).$type<StoredGate>(),
    replay: text("replay", { mode: "json" }).$type<StoredReplay>(),
    scorecard: text("scorecard", { mode: "json" }).$type<StoredScorecard>(),
    details: text("details", { mode: "json" }).$type<StoredDetails>(),
    pinnedAt: integer("pinned_at"),
    purgedAt: integer("purged_at"),
    classCounts: text("class_counts", { mode: "json" }).$type<readonly number[]>(),
    tested: text("tested", { mode: "json" }).$type<StoredTest>(),
    mistakes: text("mistakes", { mode: "json" }).$type<StoredMistakes>(),
  },
  (table) => [index("heads_unpurged").on(table.statisticsVersion).where(sql`purged_at IS NULL`)],
);

/** Runs that did something or failed, with what they cost: times in Unix ms, rows as D1 bills them. */
export const trainingRuns = sqliteTable("training_runs", {
  id: integer("id").primaryKey().notNull(),
  trigger: text("trigger", { enum: ["cron", "admin"] }).notNull(),
  outcome: text("outcome", {
    enum: ["published", "held", "absorbed", "rebuilding", "overtaken", "failed"],
  }).notNull(),
  absorbed: integer("absorbed").notNull(),
  remaining: integer("remaining").notNull(),
  headVersion: integer("head_version"),
  message: text("message").notNull(),
  queries: integer("queries").notNull(),
  rowsRead: integer("rows_read").notNull(),
  rowsWritten: integer("rows_written").notNull(),
  durationMs: integer("duration_ms").notNull(),
  startedAt: integer("started_at").notNull(),
  says: text("says", { mode: "json" }).$type<readonly Sentence[]>().notNull().default([]),
});

/** One row: what is live, and the revisions by which isolates notice that the menu has changed. */
export const deployment = sqliteTable("deployment", {
  id: integer("id").primaryKey().notNull(),
  liveHead: integer("live_head"),
  menuRevision: integer("menu_revision").notNull().default(0),
  archiveRevision: integer("archive_revision").notNull().default(0),
  isHeld: integer("is_held", { mode: "boolean" }).notNull().default(false),
  secondBackbone: text("second_backbone"),
  secondHead: integer("second_head"),
});

/** `detail` is a JSON object of facts; no column holds a guest's data. */
export const auditLog = sqliteTable("audit_log", {
  id: integer("id").primaryKey().notNull(),
  at: integer("at").notNull(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  detail: text("detail").notNull(),
});
