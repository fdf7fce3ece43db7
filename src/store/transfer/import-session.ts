/**
 * An import from its first batch to its last. A restore holds the training lease, far longer than a run would, so that no run
 * trains on half a deployment. It leaves a request for a rebuild that names the file: this tells an interrupted restore from
 * another one, and has the next run make the statistics anew. The operator says whether to restore or to merge, never what the
 * tables happen to hold.
 */

import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import {
  anotherFileIsRestored,
  fileIsRestored,
  noRestore,
  notEmpty,
  trainingAtWork,
} from "../../shared/english/files.ts";
import { exportRestored, restoreOfExportGivenUp } from "../../shared/english/sums.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAudit } from "../audit-log.ts";
import type { Database, Statement } from "../database.ts";
import { PURGED } from "../heads/publish-head.ts";
import {
  acquireLease,
  breakLease,
  fence,
  isLeaseLost,
  type Lease,
  LONGEST_RESTORE_MS,
  releaseLease,
} from "../learning/lease.ts";
import { requestRebuild, toStoredReason } from "../learning/rebuild.ts";
import { bumpMenu, IS_ITEM } from "../menu/menu.ts";
import { classes, classSums, deployment, examples, heads, rebuild, statistics, trainingLease } from "../schema.ts";
import type { ImportContext } from "./import-batch.ts";
import { settleLog } from "./import-deployment.ts";

/** What the caller wants. */
interface ImportOrder {
  /** SHA-256 of the file, which names it. */
  readonly file: string;
  readonly mode: "restore" | "merge";
  readonly prefer: "ours" | "file";
  readonly keepsPictures: boolean;
  /** Unix time in ms. */
  readonly now: number;
}

/** An import that may write. `lease` is there in a restore. */
export interface OpenImport extends ImportContext {
  readonly lease: Lease | null;
}

/** Begins an import or continues with it. Error: `import_conflict` when the deployment is not in a state for it. */
export async function openImport(db: Database, order: ImportOrder): Promise<Result<OpenImport, Problem>> {
  const { file, ...wish } = order;
  const { mode, now } = wish;
  const state = await readImportState(db);
  const restored = state.expiresAt > now ? state.restores : null;
  if (restored !== null && restored !== file) return err(anotherFileIsRestored());
  if (mode === "merge") {
    return restored === null ? ok({ db, ...wish, guard: () => [], lease: null }) : err(fileIsRestored());
  }
  if (restored === null && !state.isEmpty && !isReasonOf(state.reason, file)) return err(notEmpty());
  const lease = restored === file ? ok({ token: state.token }) : await holdDeployment(db, file, now);
  if (!lease.ok) return lease;
  const guard = (): Statement[] => [fence(db, lease.value, now + LONGEST_RESTORE_MS)];
  return ok({ db, ...wish, guard, lease: lease.value });
}

/**
 * Gives a restore up. What has arrived stays, and the next run trains on it; a merge can bring the rest later. Returns the
 * SHA-256 of the file. Error: `not_found` without a restore under way.
 */
export async function abortRestore(db: Database, actor: string, now: number): Promise<Result<string, Problem>> {
  const { restores, expiresAt, token } = await readImportState(db);
  if (restores === null || expiresAt <= now) return err(noRestore());
  try {
    await finishRestore(db, { token }, now, [
      noteAudit(db, { at: now, actor, action: "import.abort", detail: { file: restores } }),
      db.update(rebuild).set({ reason: toStoredReason(restoreOfExportGivenUp({ file: restores })) }),
      breakLease(db),
    ]);
  } catch (error) {
    if (isLeaseLost(error)) return err(noRestore());
    throw error;
  }
  return ok(restores);
}

/**
 * Ends a restore: items get their counts, the next run rebuilds the statistics, and training may go on. Counts without
 * sums are not statistics, and are taken for damaged ones, until that run has made them.
 */
export async function finishRestore(
  db: Database,
  lease: Lease,
  now: number,
  further: readonly Statement[] = [],
): Promise<void> {
  const isHeldAsItem = and(isNotNull(examples.absorbedClassId), ne(examples.absorbedClassId, NONE_ID));
  const counts = sql`SELECT 'current', ${examples.absorbedClassId}, count(*), '' FROM ${examples} WHERE ${isHeldAsItem} GROUP BY ${examples.absorbedClassId}`;
  const strangers = sql`(SELECT count(*) FROM ${examples} WHERE ${eq(examples.absorbedClassId, NONE_ID)})`;
  const newestOfHeads = sql`(SELECT coalesce(max(${heads.statisticsVersion}), 0) FROM ${heads})`;
  const nothingAbsorbed = sql`NOT EXISTS (SELECT 1 FROM examples WHERE absorbed_class_id IS NOT NULL)`;
  await db.batch([
    fence(db, lease, now),
    db
      .insert(classSums)
      .select(counts)
      .onConflictDoUpdate({
        target: [classSums.slot, classSums.classId],
        set: { count: sql`excluded.count` },
      }),
    // -- heads are compared with the version to know what they have seen, so it is none that a head is ahead of
    db.update(statistics).set({ strangers, version: sql`max(${statistics.version}, ${newestOfHeads})` }),
    ...withdrawOrphans(db, now),
    ...settleLog(db),
    db.delete(rebuild).where(nothingAbsorbed),
    bumpMenu(db),
    releaseLease(db, lease),
    ...further,
  ]);
}

/**
 * Heads without the version of the statistics that they were made of, where that did not arrive or was refused: nothing could
 * tell what they have seen, so they keep their record alone, and the next run makes one of its own.
 */
function withdrawOrphans(db: Database, now: number): [Statement, Statement] {
  const isOrphaned = sql`NOT EXISTS (SELECT 1 FROM statistics) AND EXISTS (SELECT 1 FROM heads)`;
  const ahead = sql`(SELECT coalesce(max(${heads.archiveRevision}), 0) + 1 FROM ${heads})`;
  return [
    db
      .update(heads)
      .set({ ...PURGED, purgedAt: now })
      .where(isOrphaned),
    db.update(deployment).set({ liveHead: null, archiveRevision: ahead }).where(isOrphaned),
  ];
}

/** Records that a file was merged. A restore leaves no entry of its own: the log is the file's, to the same bits. */
export async function noteMerge(db: Database, file: string, actor: string, now: number): Promise<void> {
  await noteAudit(db, { at: now, actor, action: "import.merge", detail: { file } });
}

async function readImportState(db: Database) {
  const [[lease], [request], ...rows] = await db.batch([
    db.select().from(trainingLease).where(eq(trainingLease.id, 1)),
    db.select({ reason: rebuild.reason, cursor: rebuild.cursor }).from(rebuild),
    db.select({ id: classes.id }).from(classes).where(IS_ITEM).limit(1),
    db.select({ id: examples.sampleId }).from(examples).limit(1),
    db.select({ id: heads.version }).from(heads).limit(1),
    db.select({ id: statistics.version }).from(statistics).limit(1),
  ]);
  return {
    token: lease?.token ?? 0,
    expiresAt: lease?.expiresAt ?? 0,
    /** The file whose restore took the lease last, whether that still lasts or not. */
    restores: lease?.restores ?? null,
    /** For a rebuild that no run has begun. */
    reason: request?.cursor === "" ? request.reason : null,
    /** Keys and the audit log are not part of it: who sets a deployment up has both before a file is restored. */
    isEmpty: request === undefined && rows.every((found) => found.length === 0),
  };
}

async function holdDeployment(db: Database, file: string, now: number): Promise<Result<Lease, Problem>> {
  const taken = await acquireLease(db, now, LONGEST_RESTORE_MS, file);
  if ("heldUntil" in taken) return err(trainingAtWork());
  await requestRebuild(db, exportRestored({ file }), now);
  return ok(taken.lease);
}

/** Whether a restore of this file has asked for the rebuild; one that an older version began says so in words. */
function isReasonOf(reason: string | null, file: string): boolean {
  return reason === toStoredReason(exportRestored({ file })) || reason === `restored from the export ${file}`;
}
