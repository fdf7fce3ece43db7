/**
 * One training run at a time. A run takes the lease and gets a token; its writes carry the token as a fence. A run that
 * dies leaves a lease that expires; a run that sleeps past its expiry finds that the fence no longer fits, and its whole
 * batch is rolled back (`CHECK (fence = token)`). The lease saves work; statistics and heads would be right without it,
 * by their version keys.
 */
import { and, eq, lte, sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { trainingLease } from "./schema.ts";

/** A lease that lasts longer than any run's (15 minutes at most) is a restore's. */
export const LONGEST_RUN_MS = 3_600_000;

/** A run's hold on the statistics. */
export interface Lease {
  readonly token: number;
}

/** Takes the lease for `ttlMs`, or says until when (Unix time in ms) another run holds it. */
export async function acquireLease(
  db: Database,
  now: number,
  ttlMs: number,
): Promise<{ readonly lease: Lease } | { readonly heldUntil: number }> {
  const [taken] = await db
    .update(trainingLease)
    .set({
      token: sql`${trainingLease.token} + 1`,
      fence: sql`${trainingLease.token} + 1`,
      expiresAt: now + ttlMs,
    })
    .where(and(eq(trainingLease.id, 1), lte(trainingLease.expiresAt, now)))
    .returning({ token: trainingLease.token });
  if (taken !== undefined) return { lease: taken };
  const [held] = await db.select({ expiresAt: trainingLease.expiresAt }).from(trainingLease);
  return { heldUntil: held?.expiresAt ?? now };
}

/** What holds the statistics at `now` (Unix time in ms): a training run, a restore, or nothing. Reads one row. */
export async function findHolder(db: Database, now: number): Promise<"run" | "restore" | null> {
  const [held] = await db
    .select({ expiresAt: trainingLease.expiresAt })
    .from(trainingLease)
    .where(eq(trainingLease.id, 1));
  const left = (held?.expiresAt ?? 0) - now;
  if (left <= 0) return null;
  return left > LONGEST_RUN_MS ? "restore" : "run";
}

/** The statement that makes a batch fail as a whole when the lease is no longer this run's, and prolongs it otherwise. */
export function fence(db: Database, { token }: Lease, expiresAt: number) {
  return db.update(trainingLease).set({ fence: token, expiresAt }).where(eq(trainingLease.id, 1));
}

/** The statement that gives the lease back, if it still is this run's. */
export function releaseLease(db: Database, { token }: Lease) {
  return db
    .update(trainingLease)
    .set({ expiresAt: 0 })
    .where(and(eq(trainingLease.id, 1), eq(trainingLease.token, token)));
}

/** True for the error of a batch whose fence did not fit. */
export function isLeaseLost(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.message.includes("CHECK constraint failed: fence")) return true;
  }
  return false;
}
