/**
 * Samples that nobody has labelled, as Drizzle sees them (see `schema.ts`; they are not part of an export), and every
 * number that bounds the pool of them, beside the operator's own (`POOL_SIZE`, `POOL_DAYS`).
 */
import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { MAX_PENDING_PER_SITE, MAX_PENDING_PER_SOURCE } from "../reviews/review-limits.ts";

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

/** The most that `POOL_SIZE` may say: some 20 MB of embeddings, and as much again of copies. */
export const MAX_POOL_SIZE = 10_000;

/** The most that `POOL_DAYS` may say. */
export const MAX_POOL_DAYS = 365;

/** From one network of guests: as many as its corrections that may wait. */
export const MAX_POOLED_PER_SOURCE = MAX_PENDING_PER_SOURCE;

/** From one site of guests. */
export const MAX_POOLED_PER_SITE = MAX_PENDING_PER_SITE;

/** The share of a full pool that guests keep at least; the rest is for those whose samples may teach without a label, and for guests while these leave room. */
export const GUESTS_SHARE = 0.25;

/** Samples that an isolate gathers before it writes them, and the most that one statement takes: under a megabyte with their copies. */
export const POOL_BATCH = 50;

/** Between two batches of an isolate that are not full. */
export const POOL_FLUSH_MS = 30_000;

/** Samples that an isolate remembers to have kept, so that a camera that sees one scene all day does not fill the pool with it. */
export const REMEMBERED_KEPT = 64;

/** Samples among which those are chosen that staff should label first: the ones that were least sure when they came. */
export const POOL_WINDOW = 200;

/** Samples that one run answers again after a change of heads: a full pool takes twenty runs, under two hours. */
export const JUDGED_PER_RUN = 500;

/** From so many photos of a place on its mean is known well enough; then only what the head is unsure of there is kept. */
export const PLACE_PHOTOS_WANTED = 100;

/** How many samples of one place, the newest, are read for its mean: 260 KB with 1,280 numbers. */
export const MAX_PLACE_PHOTOS = 200;

/** How many samples of the pool, the newest, may teach without a label: 640 KB with 1,280 numbers. */
export const MAX_UNLABELLED = 500;

/** The most samples that a count looks at; more are "so many or more". */
export const MAX_POOL_COUNTED = 1_000;

/** Samples on one page of the list: some 500 KB with the largest copies. */
export const MAX_POOL_PAGE = 50;
