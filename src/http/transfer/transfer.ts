/** Everything in one file: a deployment as a stream of lines, such lines back into one, and the copies in a bucket. */
import type { Context } from "hono";
import type { z } from "zod";
import { exportDeployment, type FilePart, giveUpRestore, importPart } from "../../application/transfer.ts";
import { backupOperations } from "../../operations/backups.ts";
import { type importQuery, transferOperations } from "../../operations/transfer.ts";
import type { Services } from "../../services.ts";
import { noBackupBucket, noSuchBackup, notNdjson } from "../../shared/english/files.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { MAX_IMPORT_BYTES, NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { type Backup, listBackups, openBackup } from "../../store/backups/backup-bucket.ts";
import { BACKUP_NAME } from "../../store/backups/backup-name.ts";
import { isFailing, readBackupRecord } from "../../store/backups/backup-state.ts";
import { callerOf } from "../access/caller.ts";
import type { AppEnv } from "../app-env.ts";
import { mediaType, readBytes } from "../body/request-body.ts";
import { findModality } from "../modality/find-modality.ts";
import { reply, serve } from "../serve.ts";
import { readImport } from "./read-import.ts";

/** An export streams; an import takes a file part by part. */
export const transferHandlers = [
  serve(transferOperations.exportDeployment, async (c, { query }) => {
    const services = c.get("services");
    const { exportsPreviews: withPreviews } = await findModality(services);
    const file = await exportDeployment(services, { withPreviews, withPictures: query.pictures === "true" });
    return c.body(file, 200, {
      "content-type": NDJSON_TYPE,
      "content-disposition": 'attachment; filename="headstart-export.ndjson"',
      "cache-control": "no-store",
    });
  }),
  serve(transferOperations.importDeployment, async (c, { query }) => {
    const { mode, prefer, dryRun, ...place } = query;
    const part = await readPart(c, place);
    if (!part.ok) return part;
    return importPart(c.get("services"), callerOf(c), { mode, prefer, isDryRun: dryRun === "true" }, part.value);
  }),
  serve(transferOperations.abortRestore, (c) => giveUpRestore(c.get("services"), callerOf(c))),
];

async function readPart(
  c: Context<AppEnv>,
  place: Pick<z.infer<typeof importQuery>, "line" | "file">,
): Promise<Result<FilePart, Problem>> {
  if (mediaType(c) !== NDJSON_TYPE) return err(notNdjson({ type: NDJSON_TYPE }));
  const bytes = await readBytes(c, MAX_IMPORT_BYTES, "photos");
  if (!bytes.ok) return bytes;
  const { reads } = await findModality(c.get("services"));
  return readImport(bytes.value, { ...place, reads });
}

/* Backups in the deployment's bucket: which there are, one of them as a file, and one more now. */

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
