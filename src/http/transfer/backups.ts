/** Backups in the deployment's bucket: which there are, one of them as a file, and one more now. */
import { backupOperations } from "../../operations/backups.ts";
import type { Services } from "../../services.ts";
import { noBackupBucket, noSuchBackup } from "../../shared/english/files.ts";
import { err, ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { type Backup, listBackups, openBackup } from "../../store/backups/backup-bucket.ts";
import { BACKUP_NAME } from "../../store/backups/backup-name.ts";
import { isFailing, readBackupRecord } from "../../store/backups/backup-state.ts";
import { reply, serve } from "../serve.ts";

/** Of `backupOperations`. */
export const backupHandlers = [
  serve(backupOperations.listBackups, async (c) => ok(await describeBackups(c.get("services")))),
  serve(backupOperations.makeBackup, async (c) => {
    const { backups } = c.get("services");
    if (backups === undefined) return err(noBackupBucket());
    const made = backups.make({ isForced: true });
    c.executionCtx.waitUntil(made); // -- whoever asked may leave
    const { backup, reason, ...report } = await made;
    const outcome = report.outcome === "fresh" ? "busy" : report.outcome; // -- "fresh" is for those that nobody asked for
    const body = { outcome, backup: backup === null ? null : describe(backup), reason };
    return reply(c, backupOperations.makeBackup, outcome === "made" ? 201 : 200, body);
  }),
  serve(backupOperations.readBackup, async (c, { params }) => {
    const { backups } = c.get("services");
    if (backups === undefined) return err(noBackupBucket());
    const name = params.name;
    const found = BACKUP_NAME.test(name) ? await openBackup(backups.bucket, name) : null;
    if (found === null) return err(noSuchBackup({ name }));
    return c.body(found.body, 200, {
      "content-type": NDJSON_TYPE,
      "content-length": String(found.size),
      "content-disposition": `attachment; filename="headstart-${name}.ndjson"`,
      "cache-control": "no-store",
    });
  }),
];

/** Without a bucket it asks nobody. */
async function describeBackups({ backups, db, config, clock }: Services) {
  const kept = config.backups;
  if (backups === undefined) return { bucket: false, backups: [], failing: false, failure: null, kept };
  const [record, listed] = await Promise.all([readBackupRecord(db), listBackups(backups.bucket)]);
  const { madeAt, failedAt, failure } = record;
  const isLast = failedAt !== null && failedAt > (madeAt ?? 0);
  return {
    bucket: true,
    backups: listed.backups.map(describe),
    failing: isFailing(record, clock()),
    failure: isLast ? { at: toIsoTime(failedAt), reason: failure ?? "" } : null,
    kept,
  };
}

function describe({ madeAt, ...rest }: Backup) {
  return { ...rest, madeAt: toIsoTime(madeAt) };
}
