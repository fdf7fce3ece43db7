/** Published heads, immutable and numbered, and the pointer to the live one. */
import { desc, eq } from "drizzle-orm";
import { decodeHead, encodeHead } from "../head/codec.ts";
import type { Head } from "../head/predict.ts";
import { fromBase64, toBase64 } from "./codecs.ts";
import { type Database, isUniqueViolation, MAX_VALUE_BYTES } from "./database.ts";
import { deployment, heads, type StoredEvaluation } from "./schema.ts";

/** A head's provenance and figures, without its weights. */
export interface HeadSummary {
  readonly version: number;
  readonly backboneId: string;
  readonly statisticsVersion: number;
  readonly archiveRevision: number;
  readonly classIds: readonly string[];
  readonly examples: number;
  readonly rho: number;
  readonly temperature: number;
  readonly evaluation: StoredEvaluation | null;
  readonly durationMs: number;
  /** Unix time in ms. */
  readonly createdAt: number;
}

/** What a classification compares with its cache: one row. */
export interface LivePointer {
  readonly liveHead: number | null;
  readonly menuRevision: number;
  readonly archiveRevision: number;
}

const summaryColumns = {
  version: heads.version,
  backboneId: heads.backboneId,
  statisticsVersion: heads.statisticsVersion,
  archiveRevision: heads.archiveRevision,
  classIds: heads.classIds,
  examples: heads.examples,
  rho: heads.rho,
  temperature: heads.temperature,
  evaluation: heads.evaluation,
  durationMs: heads.durationMs,
  createdAt: heads.createdAt,
};

/** Reads the pointer: exactly one row. */
export async function readLivePointer(db: Database): Promise<LivePointer> {
  const [row] = await db.select().from(deployment).where(eq(deployment.id, 1));
  return row ?? { liveHead: null, menuRevision: 0, archiveRevision: 0 };
}

/** Loads a head's weights. Throws when the stored bytes are damaged. */
export async function loadHead(db: Database, version: number): Promise<{ head: Head; backboneId: string } | null> {
  const [row] = await db
    .select({ weights: heads.weights, backboneId: heads.backboneId })
    .from(heads)
    .where(eq(heads.version, version));
  if (row === undefined) return null;
  const head = decodeHead(fromBase64(row.weights));
  if (!head.ok) throw new Error(`head ${version} cannot be read: ${head.error.message}`);
  return { head: head.value, backboneId: row.backboneId };
}

export async function findHead(db: Database, version: number): Promise<HeadSummary | null> {
  const [row] = await db.select(summaryColumns).from(heads).where(eq(heads.version, version));
  return row ?? null;
}

/** Newest first. */
export async function listHeads(db: Database, limit: number): Promise<HeadSummary[]> {
  return db.select(summaryColumns).from(heads).orderBy(desc(heads.version)).limit(limit);
}

/**
 * Stores the head as `version` and makes it live, in one transaction. Returns false, with nothing written, when another
 * run has published that version in the meantime. Throws when the weights exceed what a row can hold.
 */
export async function publishHead(db: Database, summary: HeadSummary, head: Head): Promise<boolean> {
  const weights = toBase64(encodeHead(head));
  if (weights.length > MAX_VALUE_BYTES) {
    throw new Error(`the head of ${head.classIds.length} classes needs ${weights.length} bytes, a row holds 2,000,000`);
  }
  try {
    await db.batch([
      db.insert(heads).values({ ...summary, classIds: [...summary.classIds], weights }),
      db.update(deployment).set({ liveHead: summary.version }).where(eq(deployment.id, 1)),
    ]);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
