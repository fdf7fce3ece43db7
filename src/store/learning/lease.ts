/**
 * One training run at a time. A run takes the lease and gets a token; its writes carry the token as a fence. A run that
 * dies leaves a lease that expires; a run that sleeps past its expiry finds that the fence no longer fits, and its whole
 * batch is rolled back (`CHECK (fence = token)`). The lease saves work; statistics and heads would be right without it,
 * by their version keys.
 */
import { and, eq, not, sql } from "drizzle-orm";
import { LONGEST_RUN_MS } from "../../shared/longest-run.ts";
import { DAY_MS } from "../../shared/time.ts";
import type { Database, Statement } from "../database.ts";
import { trainingLease } from "../schema.ts";

/** Training waits so long for a restore that was broken off. */
export const LONGEST_RESTORE_MS = DAY_MS;

/** A run's hold on the statistics. */
export interface Lease {
  readonly token: number;
}

/**
 * Takes the lease for `ttlMs`, or says until when (Unix time in ms) somebody else holds it. `restores` is the SHA-256 of the file
 * that is restored under it, null for a run.
 */
export async function acquireLease(
  db: Database,
  now: number,
  ttlMs: number,
  restores: string | null = null,
): Promise<{ readonly lease: Lease } | { readonly heldUntil: number }> {
  const [taken] = await db
    .update(trainingLease)
    .set({
      token: sql`${trainingLease.token} + 1`,
      fence: sql`${trainingLease.token} + 1`,
      expiresAt: now + ttlMs,
      restores,
    })
    .where(and(eq(trainingLease.id, 1), isOver(now)))
    .returning({ token: trainingLease.token });
  if (taken !== undefined) return { lease: taken };
  const [held] = await db.select({ expiresAt: trainingLease.expiresAt }).from(trainingLease);
  return { heldUntil: held?.expiresAt ?? now };
}

/** True of a lease that has expired, or ends later than one that is taken now: somebody has set the clock back, and nobody should wait for hours. */
function isOver(now: number) {
  const longest = sql`CASE WHEN ${trainingLease.restores} IS NULL THEN ${LONGEST_RUN_MS} ELSE ${LONGEST_RESTORE_MS} END`;
  return sql`(${trainingLease.expiresAt} <= ${now} OR ${trainingLease.expiresAt} > ${now} + ${longest})`;
}

/** What holds the statistics at `now` (Unix time in ms): a training run, a restore, or nothing. Reads one row. */
export async function findHolder(db: Database, now: number): Promise<"run" | "restore" | null> {
  const [held] = await db
    .select({ restores: trainingLease.restores })
    .from(trainingLease)
    .where(and(eq(trainingLease.id, 1), not(isOver(now))));
  if (held === undefined) return null;
  return held.restores === null ? "run" : "restore";
}

/** Whether this run took the lease last, expired or not. */
export async function isStillHeld(db: Database, { token }: Lease): Promise<boolean> {
  const [held] = await db.select({ token: trainingLease.token }).from(trainingLease).where(eq(trainingLease.id, 1));
  return held?.token === token;
}

/** The statement that takes the lease from its holder: the database rolls back writes on their way under it. */
export function breakLease(db: Database) {
  const next = sql`${trainingLease.token} + 1`;
  return db
    .update(trainingLease)
    .set({ token: next, fence: next, expiresAt: 0, restores: null })
    .where(eq(trainingLease.id, 1));
}

/** The statement that makes a batch fail as a whole when the lease is no longer this run's, and prolongs it otherwise. */
export function fence(db: Database, { token }: Lease, expiresAt: number) {
  return db.update(trainingLease).set({ fence: token, expiresAt }).where(eq(trainingLease.id, 1));
}

/**
 * Writes all statements in one batch under the lease, and prolongs it until `leaseUntil` (Unix time in ms). False, with nothing
 * written, when another run has taken the lease.
 */
export async function writeFenced(
  db: Database,
  lease: Lease,
  leaseUntil: number,
  statements: readonly Statement[],
): Promise<boolean> {
  try {
    await db.batch([fence(db, lease, leaseUntil), ...statements]);
    return true;
  } catch (error) {
    if (isLeaseLost(error)) return false;
    throw error;
  }
}

/** The statement that gives the lease back, if it still is this run's. */
export function releaseLease(db: Database, { token }: Lease) {
  return db
    .update(trainingLease)
    .set({ expiresAt: 0, restores: null })
    .where(and(eq(trainingLease.id, 1), eq(trainingLease.token, token)));
}

/** True for the error of a batch whose fence did not fit. */
export function isLeaseLost(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("CHECK constraint failed: fence")) return true;
  }
  return false;
}
