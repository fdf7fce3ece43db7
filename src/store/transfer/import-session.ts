/**
 * An import from its first batch to its last. A restore holds the training lease, far longer than a run would, so that nothing is
 * trained on half a deployment; and it leaves a request for a rebuild, which names the file: by it a restore that was
 * broken off is told from another one, and the next run makes the statistics from what was restored.
 */
import { and, eq, isNotNull, ne, sql } from "drizzle-orm";
import { NONE_ID } from "../../shared/none-label.ts";
import { type Problem, problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { noteAudit } from "../audit-log.ts";
import type { Database, Statement } from "../database.ts";
import { acquireLease, fence, type Lease, LONGEST_RUN_MS, releaseLease } from "../lease.ts";
import { bumpMenu } from "../menu.ts";
import { IS_ITEM } from "../none-class.ts";
import { requestRebuild } from "../rebuild.ts";
import { auditLog, classes, classSums, examples, heads, rebuild, statistics, trainingLease } from "../schema.ts";
import type { ImportContext } from "./import-batch.ts";

/** Training waits so long for a restore that was broken off. */
const HOLD_MS = 24 * 3_600_000;

/** What the caller wants: `mode` absent lets the state of the deployment decide. */
export interface ImportOrder {
  /** SHA-256 of the file, which names it. */
  readonly file: string;
  readonly mode?: "restore" | "merge" | undefined;
  readonly prefer: "ours" | "file";
  /** Unix time in ms. */
  readonly now: number;
}

/** An import that may write. `lease` is there in a restore. */
export interface OpenImport extends ImportContext {
  readonly lease: Lease | null;
}

/** Begins an import or goes on with it. Error: `import_conflict` when the deployment is not in a state for it. */
export async function openImport(db: Database, order: ImportOrder): Promise<Result<OpenImport, Problem>> {
  const { file, mode, prefer, now } = order;
  const state = await readImportState(db);
  const isHeld = state.expiresAt > now + LONGEST_RUN_MS;
  const isThisFile = state.reason === reasonOf(file);
  if (isHeld && !isThisFile) return err(conflict("Another file is being restored here. Finish that one first."));
  if (mode === "merge" && isHeld) return err(conflict("This file is being restored here. Go on with the restore."));
  if (mode !== "merge" && (state.isEmpty || isThisFile)) {
    const lease = isHeld ? ok({ token: state.token }) : await holdDeployment(db, file, now);
    if (!lease.ok) return lease;
    const guard = (): Statement[] => [fence(db, lease.value, now + HOLD_MS)];
    return ok({ db, mode: "restore", prefer, guard, lease: lease.value });
  }
  if (mode === "restore") {
    return err(
      conflict("This deployment is not empty, and not what is left of a restore of this file. Merge the file."),
    );
  }
  return ok({ db, mode: "merge", prefer, guard: () => [], lease: null });
}

/**
 * Ends a restore: items get their counts, the next run rebuilds the statistics, and training may go on. Counts without
 * sums are no statistics, and are taken for damaged ones, until that run has made them.
 */
export async function finishRestore(db: Database, lease: Lease, now: number): Promise<void> {
  const isHeldAsItem = and(isNotNull(examples.absorbedClassId), ne(examples.absorbedClassId, NONE_ID));
  const counts = sql`SELECT 'current', ${examples.absorbedClassId}, count(*), '' FROM ${examples} WHERE ${isHeldAsItem} GROUP BY ${examples.absorbedClassId}`;
  const strangers = sql`(SELECT count(*) FROM ${examples} WHERE ${eq(examples.absorbedClassId, NONE_ID)})`;
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
    db.update(statistics).set({ strangers }),
    db.delete(rebuild).where(nothingAbsorbed),
    bumpMenu(db),
    releaseLease(db, lease),
  ]);
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
    db.select({ id: examples.photoId }).from(examples).limit(1),
    db.select({ id: heads.version }).from(heads).limit(1),
    db.select({ id: statistics.version }).from(statistics).limit(1),
    db.select({ id: auditLog.id }).from(auditLog).limit(1),
  ]);
  return {
    token: lease?.token ?? 0,
    expiresAt: lease?.expiresAt ?? 0,
    /** Of a rebuild that no run has begun. */
    reason: request?.cursor === "" ? request.reason : null,
    isEmpty: request === undefined && rows.every((found) => found.length === 0),
  };
}

async function holdDeployment(db: Database, file: string, now: number): Promise<Result<Lease, Problem>> {
  const taken = await acquireLease(db, now, HOLD_MS);
  if ("heldUntil" in taken) return err(conflict("A training run is at work. Try again when it has ended."));
  await requestRebuild(db, reasonOf(file), now);
  return ok(taken.lease);
}

function reasonOf(file: string): string {
  return `restored from the export ${file}`;
}

function conflict(detail: string): Problem {
  return problem("import_conflict", detail);
}
