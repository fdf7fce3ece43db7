/** Samples that nobody has labelled, as Drizzle sees them: see `schema.ts`. They are not part of an export. */
import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Why a sample is kept: it was unlike anything taught, lay between items of the menu, or shows what its place is like. */
const POOL_REASONS = ["unknown", "undecided", "place"] as const;

/** One of `POOL_REASONS`. */
export type PoolReason = (typeof POOL_REASONS)[number];

/** One row per sample, as version `headVersion` answers it; `reason` is that of its arrival. `place` is null where nobody named one. */
export const pooledSamples = sqliteTable(
  "pooled_samples",
  {
    sampleId: text("sample_id").primaryKey().notNull(),
    backboneId: text("backbone_id").notNull(),
    embedding: text("embedding").notNull(),
    scale: real("scale").notNull(),
    contributor: text("contributor").notNull(),
    place: text("place"),
    preview: text("preview"),
    headVersion: integer("head_version").notNull(),
    reason: text("reason", { enum: POOL_REASONS }).notNull(),
    answer: text("answer"),
    score: real("score").notNull(),
    margin: real("margin").notNull(),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [
    index("pooled_samples_contributor").on(table.contributor, table.seenAt, table.sampleId),
    index("pooled_samples_seen").on(table.seenAt),
    index("pooled_samples_margin").on(table.margin),
    index("pooled_samples_head").on(table.headVersion, table.backboneId),
    index("pooled_samples_place").on(table.place, table.seenAt, table.contributor).where(sql`place IS NOT NULL`),
  ],
);
