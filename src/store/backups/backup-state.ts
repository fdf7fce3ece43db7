/**
 * Which isolate is making a backup, and how the last ones went. One at a time: a claim has a token and an expiry, which every part
 * prolongs. An isolate that dies leaves a claim that expires and names what it began; the next one clears that away and says so.
 */

import { and, eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { DAY_MS } from "../../shared/time.ts";
import type { Database } from "../database.ts";
import { noteBackupFailed } from "../webhook/note-event.ts";

/**
 * One row: who is making a backup (`token`, until `expires_at`), which one and by which upload, both null when it has ended; and how
 * that went last.
 */
export const backupState = sqliteTable("backup_state", {
  id: integer("id").primaryKey().notNull(),
  token: integer("token").notNull(),
  expiresAt: integer("expires_at").notNull(),
  begun: text("begun"),
  uploadId: text("upload_id"),
  madeAt: integer("made_at"),
  failedAt: integer("failed_at"),
  failure: text("failure"),
});

/** A part of 8 MiB takes seconds to read and send. */
const CLAIM_MS = 300_000;
/** The failure of a backup that no isolate ended: it died, or its time was up. */
const BROKE_OFF = "it broke off before it was whole";
const MAX_FAILURE_CHARACTERS = 300;

/** How backups went; times are Unix ms, null where there was none. */
export interface BackupRecord {
  readonly madeAt: number | null;
  readonly failedAt: number | null;
  /** Why the last one failed, in English. */
  readonly failure: string | null;
}

/** A hold on making backups. */
export interface BackupClaim {
  readonly token: number;
  /** The backup in the making. */
  readonly name: string;
  /** What somebody has begun and not ended; null where everybody has. */
  readonly brokenOff: { readonly name: string; readonly uploadId: string | null } | null;
}

/** Reads one row. */
export async function readBackupRecord(db: Database): Promise<BackupRecord> {
  const { madeAt, failedAt, failure } = backupState;
  const [record] = await db.select({ madeAt, failedAt, failure }).from(backupState);
  return record ?? { madeAt: null, failedAt: null, failure: null };
}

/** Null while somebody else makes one. From now on a backup that broke off counts as failed. */
export async function claimBackup(db: Database, name: string, now: number): Promise<BackupClaim | null> {
  const [before] = await db.select().from(backupState);
  if (before === undefined || isHeld(before.expiresAt, now)) return null;
  const failed = before.begun === null ? {} : { failedAt: now, failure: BROKE_OFF };
  const [claimed] = await db.batch([
    db
      .update(backupState)
      .set({ token: before.token + 1, expiresAt: now + CLAIM_MS, begun: name, uploadId: null, ...failed })
      .where(eq(backupState.token, before.token))
      .returning({ token: backupState.token }),
    ...(before.begun === null ? [] : [noteBackupFailed(db, BROKE_OFF, now)]),
  ]);
  if (claimed.length === 0) return null;
  const brokenOff = before.begun === null ? null : { name: before.begun, uploadId: before.uploadId };
  return { ...claimed[0], name, brokenOff };
}

/** Farther ahead than anybody takes it for: the clock was set back since. */
function isHeld(expiresAt: number, now: number): boolean {
  return expiresAt > now && expiresAt <= now + CLAIM_MS;
}

/** Goes on holding it, and notes the upload that is under way. Throws when somebody else has taken over. */
export async function prolongClaim(db: Database, claim: BackupClaim, now: number, uploadId: string): Promise<void> {
  const held = await db
    .update(backupState)
    .set({ expiresAt: now + CLAIM_MS, uploadId })
    .where(isOurs(claim))
    .returning({ token: backupState.token });
  if (held.length === 0) throw new Error("another backup took over");
}

/** Ends the claim of a backup that is whole. */
export async function noteMade(db: Database, claim: BackupClaim, now: number): Promise<void> {
  await db
    .update(backupState)
    .set({ ...ENDED, madeAt: now })
    .where(isOurs(claim));
}

/** Ends the claim of one that failed, which webhooks are told. */
export async function noteFailed(db: Database, claim: BackupClaim, reason: string, now: number): Promise<void> {
  const failure = reason.slice(0, MAX_FAILURE_CHARACTERS);
  await db.batch([
    db
      .update(backupState)
      .set({ ...ENDED, failedAt: now, failure })
      .where(isOurs(claim)),
    noteBackupFailed(db, failure, now),
  ]);
}

const ENDED = { expiresAt: 0, begun: null, uploadId: null };

function isOurs({ token }: BackupClaim) {
  return and(eq(backupState.id, 1), eq(backupState.token, sql`${token}`));
}

/** One is due each day; a day without one may be a clock that was late. */
const LATE_MS = 2 * DAY_MS;

/** True where the last one failed and none has been made since, or none has been made for two days. `now` is Unix time in ms. */
export function isFailing({ madeAt, failedAt }: BackupRecord, now: number): boolean {
  if (failedAt !== null && failedAt > (madeAt ?? 0)) return true;
  return madeAt !== null && now - madeAt > LATE_MS;
}
