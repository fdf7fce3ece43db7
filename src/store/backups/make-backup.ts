/**
 * Makes a backup: writes everything that an export holds into a bucket, a part at a time, and last a description. One is due each day
 * (UTC), and the hour after a failed one tries again. An isolate may die at any await: what it leaves has no description and is no backup.
 */
import { dayOf } from "../../shared/time.ts";
import { type ExportEnd, NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { type Database, withoutParameters } from "../database.ts";
import { findHolder } from "../learning/lease.ts";
import { exportRows } from "../transfer/export-rows.ts";
import { describeExport, type ExportedBackbone, writeExport } from "../transfer/write-export.ts";
import { type Backup, deleteBackups, describeBackup, exportKey, listBackups } from "./backup-bucket.ts";
import { nameBackup } from "./backup-name.ts";
import { type BackupClaim, claimBackup, noteFailed, noteMade, prolongClaim, readBackupRecord } from "./backup-state.ts";
import { cutParts } from "./cut-parts.ts";
import { type BackupRetention, chooseOutdated } from "./kept-backups.ts";

/** R2 takes parts of 5 MiB at least; two of these fit beside a backbone and a page of rows. */
const PART_BYTES = 8 * 1024 * 1024;

/** Where from, where to, and how many stay. */
export interface BackupContext {
  readonly db: Database;
  readonly bucket: R2Bucket;
  /** The backbone in place, and whether copies for staff travel. */
  readonly findContent: () => Promise<{ readonly backbone: ExportedBackbone; readonly withPreviews: boolean }>;
  readonly kept: BackupRetention;
  readonly clock: () => number;
}

/**
 * `made`; `fresh`: today's is there; `busy`: somebody else makes one; `empty`: there is no item and no example, and older backups are
 * worth more; `restoring`: half a deployment is not a backup; `failed`.
 */
export type BackupOutcome = "made" | "fresh" | "busy" | "empty" | "restoring" | "failed";

/** What became of one call. */
export interface BackupReport {
  readonly outcome: BackupOutcome;
  /** The backup that was made, otherwise null. */
  readonly backup: Backup | null;
  /** Why it failed, in English, otherwise null. */
  readonly reason: string | null;
}

/** Makes one if it is due, or with `isForced` in any case. Never rejects for what bucket or database refuse while it writes. */
export async function makeBackup(
  context: BackupContext,
  { isForced }: { readonly isForced: boolean },
): Promise<BackupReport> {
  const { db, bucket, kept, clock } = context;
  const now = clock();
  const { madeAt } = await readBackupRecord(db);
  if (!isForced && madeAt !== null && dayOf(madeAt) === dayOf(now)) return report("fresh");
  await deleteBackups(bucket, chooseOutdated((await listBackups(bucket)).backups, kept, now));
  const { backbone, withPreviews } = await context.findContent();
  const header = await describeExport(db, backbone);
  if (header.counts.class + header.counts.example === 0) return report("empty");
  if ((await findHolder(db, now)) === "restore") return report("restoring");
  const claim = await claimBackup(db, nameBackup(now), now);
  if (claim === null) return report("busy");
  try {
    await clearAway(bucket, claim);
    let end: ExportEnd | undefined;
    const chunks = writeExport(header, exportRows(db, { withPreviews, withPictures: false }), (found) => {
      end = found;
    });
    const bytes = await upload(context, claim, chunks);
    if (end === undefined) throw new Error("the export has no end");
    const rows = Object.values(end.counts).reduce((sum: number, count) => sum + (count ?? 0), 0);
    const backup = { name: claim.name, madeAt: now, bytes, rows, sha256: end.sha256 };
    await describeBackup(bucket, backup, end.counts);
    await noteMade(db, claim, now);
    return { ...report("made"), backup };
  } catch (cause) {
    const reason = cause instanceof Error ? withoutParameters(cause).message : String(cause);
    // A database that is out of reach cannot be told; the claim that is left says so later.
    await noteFailed(db, claim, reason, clock()).catch(() => undefined);
    return { ...report("failed"), reason };
  }
}

function report(outcome: BackupOutcome): BackupReport {
  return { outcome, backup: null, reason: null };
}

/** Uploads that broke off cost storage until somebody ends them; what lies there without a description is what they left. */
async function clearAway(bucket: R2Bucket, { name, brokenOff }: BackupClaim): Promise<void> {
  if (brokenOff?.uploadId != null) {
    const begun = bucket.resumeMultipartUpload(exportKey(brokenOff.name), brokenOff.uploadId);
    await begun.abort().catch(() => undefined); // -- it may have been completed, or been given up by R2 itself
  }
  const { scraps } = await listBackups(bucket);
  await deleteBackups(
    bucket,
    scraps.filter((scrap) => scrap !== name),
  );
}

/** Returns the bytes that were written. An object is there only when all of its parts are. */
async function upload(
  { db, bucket, clock }: BackupContext,
  claim: BackupClaim,
  chunks: AsyncIterable<Uint8Array>,
): Promise<number> {
  const httpMetadata = { contentType: NDJSON_TYPE };
  const begun = await bucket.createMultipartUpload(exportKey(claim.name), { httpMetadata });
  try {
    const parts: R2UploadedPart[] = [];
    let bytes = 0;
    for await (const part of cutParts(chunks, PART_BYTES)) {
      await prolongClaim(db, claim, clock(), begun.uploadId);
      if (part.length === 0 && parts.length > 0) break;
      parts.push(await begun.uploadPart(parts.length + 1, part));
      bytes += part.length;
    }
    await prolongClaim(db, claim, clock(), begun.uploadId);
    await begun.complete(parts);
    return bytes;
  } catch (cause) {
    await begun.abort().catch(() => undefined);
    throw cause;
  }
}
