/** Heads, immutable and numbered, with where they came from; and the pointer to the live one. Reads only. */
import { and, desc, eq, lt, max, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { decodeHead } from "../../head/codec.ts";
import type { Head } from "../../head/predict.ts";
import { noSuchVersion, versionPurged } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { fromBase64 } from "../codecs.ts";
import type { Database } from "../database.ts";
import { deployment, heads } from "../schema.ts";
import type {
  StoredDetails,
  StoredEvaluation,
  StoredGate,
  StoredReplay,
  StoredScorecard,
  StoredTest,
} from "./head-record.ts";

/** A head's provenance and figures, without what grows with the classes. */
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
  readonly gate: StoredGate | null;
  /** On the examples that were set aside then; null where there were none, and in heads made before. */
  readonly tested: StoredTest | null;
  /** The head that was live when this one was made. */
  readonly parent: number | null;
  readonly startedBy: "cron" | "admin";
  /** The cut: labels written after this time (Unix ms) are not in it, and of the older ones `labelsWaiting` are not. */
  readonly labelsReadAt: number;
  readonly labelsWaiting: number;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly durationMs: number;
  /** Unix time in ms, like the two below. */
  readonly createdAt: number;
  readonly pinnedAt: number | null;
  /** When its weights were deleted: by age, or because it had seen what had to be forgotten. */
  readonly purgedAt: number | null;
}

/** What the evaluation and the replay found in detail; null once purged. */
export interface HeadReport extends HeadSummary {
  readonly replay: StoredReplay | null;
  readonly details: StoredDetails | null;
}

/** What a classification compares with its cache: one row. */
export interface LivePointer {
  readonly liveHead: number | null;
  readonly menuRevision: number;
  readonly archiveRevision: number;
  /** True while new heads wait for an admin instead of going live. */
  readonly isHeld: boolean;
  /** The backbone beside the one in use, and the head by which Workers that run it answer; both null without one. */
  readonly secondBackbone: string | null;
  readonly secondHead: number | null;
}

/** A head ready to answer. */
export interface LoadedHead {
  readonly head: Head;
  readonly backboneId: string;
  /** Labelled samples it was learnt from, by class; empty for heads made before these were counted. */
  readonly evidence: ReadonlyMap<string, number>;
  /** How often items had been archived, restored, merged and deleted when it was made. */
  readonly archiveRevision: number;
  /** Whether it was taught too few photos to say reliably what is unlike them. */
  readonly fewPhotos: boolean;
  /** Labels with at most this score are perhaps mistakes; null where that cannot be said. */
  readonly doubtBelow: number | null;
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
  gate: heads.gate,
  tested: heads.tested,
  parent: heads.parent,
  startedBy: heads.startedBy,
  labelsReadAt: heads.labelsReadAt,
  labelsWaiting: heads.labelsWaiting,
  rowsRead: heads.rowsRead,
  rowsWritten: heads.rowsWritten,
  durationMs: heads.durationMs,
  createdAt: heads.createdAt,
  pinnedAt: heads.pinnedAt,
  purgedAt: heads.purgedAt,
};

/** Reads the pointer: exactly one row. */
export async function readLivePointer(db: Database): Promise<LivePointer> {
  const [row] = await db.select().from(deployment).where(eq(deployment.id, 1));
  const none = { liveHead: null, menuRevision: 0, archiveRevision: 0, isHeld: false };
  return row ?? { ...none, secondBackbone: null, secondHead: null };
}

/** The head by which a Worker with this backbone answers: that of its own slot, where there are two. */
export function liveHeadOf({ liveHead, secondBackbone, secondHead }: LivePointer, backboneId: string): number | null {
  return secondBackbone === backboneId ? secondHead : liveHead;
}

/** Loads a head's weights: `not_found`, or `head_purged`. Throws when the stored bytes are damaged. */
export async function loadHead(db: Database, version: number): Promise<Result<LoadedHead, Problem>> {
  const [row] = await db
    .select({
      weights: heads.weights,
      backboneId: heads.backboneId,
      purgedAt: heads.purgedAt,
      counts: heads.classCounts,
      archiveRevision: heads.archiveRevision,
      evaluation: heads.evaluation,
    })
    .from(heads)
    .where(eq(heads.version, version));
  if (row === undefined) return err(noSuchVersion({ version }));
  if (row.purgedAt !== null) return err(versionPurged({ version }));
  const head = decodeHead(fromBase64(row.weights));
  if (!head.ok) throw new Error(`head ${version} cannot be read: ${head.error.message}`);
  const evidence = new Map(row.counts?.map((count, k) => [head.value.classIds[k], count]));
  const { backboneId, archiveRevision, evaluation } = row;
  return ok({
    head: head.value,
    backboneId,
    evidence,
    archiveRevision,
    doubtBelow: evaluation?.doubtBelow ?? null,
    // Without an evaluation no item has two photos.
    fewPhotos: head.value.strangeness !== undefined && (evaluation === null || evaluation.fewPhotos === true),
  });
}

/** Null where there is no head of that number. Reads no weights. */
export async function findHead(db: Database, version: number): Promise<HeadSummary | null> {
  const [row] = await db.select(summaryColumns).from(heads).where(eq(heads.version, version));
  return row ?? null;
}

/** The head with the highest number, live or not. */
export async function findNewestHead(db: Database): Promise<HeadSummary | null> {
  return (await listHeads(db, 1))[0] ?? null;
}

/** One head with its details, or `not_found`. */
export async function findHeadReport(db: Database, version: number): Promise<Result<HeadReport, Problem>> {
  const columns = { ...summaryColumns, replay: heads.replay, details: heads.details };
  const [row] = await db.select(columns).from(heads).where(eq(heads.version, version));
  return row === undefined ? err(noSuchVersion({ version })) : ok(row);
}

/** What a head found on the samples that it was fitted without; both are null when there were none or it has been purged. */
export interface HeadJudgement {
  readonly scorecard: StoredScorecard | null;
  readonly details: StoredDetails | null;
}

/** One row, without its weights. */
export async function loadJudgement(db: Database, version: number): Promise<HeadJudgement> {
  const columns = { scorecard: heads.scorecard, details: heads.details };
  const [row] = await db.select(columns).from(heads).where(eq(heads.version, version));
  return row ?? { scorecard: null, details: null };
}

/** The rows that are not the second backbone's: its heads answer nobody here, so no list and no export holds them. */
export function isOfHome(backboneId: SQLiteColumn): SQL {
  return sql`${backboneId} IS NOT (SELECT second_backbone FROM deployment)`;
}

/** Newest first, from the head behind version `after`. */
export async function listHeads(db: Database, limit: number, after: number | null = null): Promise<HeadSummary[]> {
  const isBehind = after === null ? undefined : lt(heads.version, after);
  return db
    .select(summaryColumns)
    .from(heads)
    .where(and(isBehind, isOfHome(heads.backboneId)))
    .orderBy(desc(heads.version))
    .limit(limit);
}

/** The number of the next head, whichever backbone it is for. */
export async function nextHeadVersion(db: Database): Promise<number> {
  const [row] = await db.select({ newest: max(heads.version) }).from(heads);
  return (row?.newest ?? 0) + 1;
}
