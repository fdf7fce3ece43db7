/** Writes to heads: publishing, going live, pinning and purging. Each is one transaction. */
import { and, eq, isNull, lt, type SQL, sql } from "drizzle-orm";
import { encodeHead } from "../../head/codec.ts";
import type { Head } from "../../head/predict.ts";
import { noSuchVersion, versionOfAnotherBackbone, versionPurged } from "../../shared/english/versions.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAuditOfChange } from "../audit-log.ts";
import { toBase64 } from "../codecs.ts";
import { type Database, isUniqueViolation, MAX_VALUE_BYTES, type Statement } from "../database.ts";
import { fence, isLeaseLost, type Lease, writeFenced } from "../learning/lease.ts";
import { deployment, heads } from "../schema.ts";
import { noteEvent } from "../webhook/note-event.ts";
import type { StoredMistakes, StoredScorecard } from "./head-record.ts";
import { findHead, type HeadReport, readLivePointer } from "./heads.ts";

/** A head to store under its number. */
interface NewHead {
  readonly report: Omit<HeadReport, "pinnedAt" | "purgedAt">;
  readonly head: Head;
  /** Labelled samples of each class, in the order of the head's. */
  readonly classCounts: readonly number[];
  readonly scorecard: StoredScorecard | null;
  readonly mistakes: StoredMistakes | null;
  /** Whether it goes live; otherwise it waits for an admin. */
  readonly goesLive: boolean;
  /** Heads made of statistics older than this version have seen what was forgotten. */
  readonly forgetVersion: number;
  /** Marks a head as the second backbone's. It waits for nobody, so no webhook hears of it. */
  readonly second?: readonly Statement[];
}

/**
 * Stores the head, makes it live if it may, notes which for webhooks, and deletes the weights of heads that have seen forgotten examples. Returns
 * false, with nothing written, when another run has published that version or taken the lease. A row has room for a certain number
 * of bytes in all: a head of very many items keeps its weights and not its mistakes, and with long ids not its details either. Throws when
 * even these exceed it.
 */
export async function publishHead(
  db: Database,
  { report, head, classCounts, scorecard, mistakes, goesLive, forgetVersion, second }: NewHead,
  lease: Lease,
  leaseUntil: number,
): Promise<boolean> {
  const weights = toBase64(encodeHead(head));
  const whole = { ...report, classIds: [...report.classIds], classCounts, scorecard, mistakes, weights };
  const smaller = { ...whole, mistakes: null };
  const fits = [whole, smaller].find((candidate) => weighRow(candidate) <= MAX_VALUE_BYTES);
  const row = fits ?? { ...smaller, details: null };
  if (weighRow(row) > MAX_VALUE_BYTES) {
    throw new Error(`the head of ${head.classIds.length} classes needs ${weighRow(row)} bytes, a row holds 2,000,000`);
  }
  try {
    await db.batch([
      fence(db, lease, leaseUntil),
      db.insert(heads).values(row),
      ...(goesLive ? [db.update(deployment).set({ liveHead: report.version }).where(eq(deployment.id, 1))] : []),
      purgeForgotten(db, forgetVersion, report.createdAt),
      ...(second ?? [goesLive ? noteLive(db, report, "run", report.createdAt) : noteHeld(db, report)]),
    ]);
    return true;
  } catch (error) {
    if (isUniqueViolation(error) || isLeaseLost(error)) return false;
    throw error;
  }
}

/** The statement that tells webhooks which head is live now. */
function noteLive(
  db: Database,
  { version, classIds, examples }: Pick<HeadReport, "version" | "classIds" | "examples">,
  by: "run" | "staff",
  at: number,
  condition?: SQL,
) {
  const data = { version, items: classIds.length, labels: examples, by };
  return noteEvent(db, { event: "head.published", at, data }, condition);
}

function noteHeld(db: Database, { version, gate, createdAt }: NewHead["report"]) {
  const data = { version, message: gate?.reason ?? "", says: gate?.says ?? [] };
  return noteEvent(db, { event: "head.held", at: createdAt, data });
}

/** Bytes of a row at most: texts and JSON by their length, a number by the nine that SQLite takes for the largest. */
function weighRow(row: object): number {
  const encoder = new TextEncoder();
  return Object.values(row).reduce((sum: number, value) => {
    if (value === null || typeof value === "number") return sum + 9;
    return sum + (typeof value === "string" ? value.length : encoder.encode(JSON.stringify(value)).length);
  }, 0);
}

/**
 * Withdraws the live head: it has seen what must be forgotten, and too few items are left to make another. Returns false,
 * with nothing written, when another run has taken the lease.
 */
export async function withdrawHead(db: Database, forgetVersion: number, lease: Lease, now: number): Promise<boolean> {
  return writeFenced(db, lease, now, [
    db.update(deployment).set({ liveHead: null }).where(eq(deployment.id, 1)),
    purgeForgotten(db, forgetVersion, now),
  ]);
}

/**
 * Makes a stored head live, at once and without training: a rollback, or an admin overruling the gate. With `hold`
 * later heads wait for an admin too. Errors: `not_found`, `head_purged`, `backbone_mismatch`.
 */
export async function activateHead(
  db: Database,
  version: number,
  { backboneId, hold, actor, now }: { backboneId: string; hold: boolean; actor: string; now: number },
): Promise<Result<void, Problem>> {
  const found = await findHead(db, version);
  if (found === null) return err(noSuchVersion({ version }));
  const { secondBackbone } = await readLivePointer(db);
  if (found.backboneId !== backboneId || found.backboneId === secondBackbone) {
    return err(versionOfAnotherBackbone({ version }));
  }
  const [changed] = await db.batch([
    db
      .update(deployment)
      .set({ liveHead: version, isHeld: hold })
      // -- not what was read above: a run may have purged it since
      .where(sql`EXISTS (SELECT 1 FROM heads WHERE version = ${version} AND purged_at IS NULL)`)
      .returning({ liveHead: deployment.liveHead }),
    noteAuditOfChange(db, { at: now, actor, action: "head.activate", detail: { version, hold } }),
    noteLive(db, found, "staff", now, sql`changes() > 0`), // -- of the entry: what was refused is not told
  ]);
  return changed.length > 0 ? ok(undefined) : err(versionPurged({ version }));
}

/** Keeps a head from being purged by age, or stops keeping it. Errors: `not_found`, `head_purged`. */
export async function pinHead(
  db: Database,
  version: number,
  isPinned: boolean,
  actor: string,
  now: number,
): Promise<Result<void, Problem>> {
  const [changed] = await db.batch([
    db
      .update(heads)
      .set({ pinnedAt: isPinned ? now : null })
      .where(and(eq(heads.version, version), isNull(heads.purgedAt)))
      .returning({ version: heads.version }),
    noteAuditOfChange(db, { at: now, actor, action: isPinned ? "head.pin" : "head.unpin", detail: { version } }),
  ]);
  if (changed.length > 0) return ok(undefined);
  return err((await findHead(db, version)) === null ? noSuchVersion({ version }) : versionPurged({ version }));
}

/** What is left of a purged head: its number, its lineage and its figures, but nothing of any one sample. */
export const PURGED = {
  weights: "",
  scorecard: null,
  replay: null,
  details: null,
  mistakes: null,
  pinnedAt: null,
} as const;

function purgeForgotten(db: Database, forgetVersion: number, now: number) {
  return db
    .update(heads)
    .set({ ...PURGED, purgedAt: now })
    .where(and(lt(heads.statisticsVersion, forgetVersion), isNull(heads.purgedAt)));
}
