/** Backups in the deployment's bucket: which there are, one of them as a file, and one more now. */
import { type Context, Hono } from "hono";
import { noBackupBucket, noSuchBackup } from "../../shared/english/files.ts";
import { toIsoTime } from "../../shared/time.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { type Backup, listBackups, openBackup } from "../../store/backups/backup-bucket.ts";
import { isFailing } from "../../store/backups/backup-health.ts";
import { BACKUP_NAME } from "../../store/backups/backup-name.ts";
import { readBackupRecord } from "../../store/backups/backup-state.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";

/** Mounted at `/v1/admin/backups`. */
export const backupRoutes = new Hono<AppEnv>()
  .get("/", async (c) => c.json(await describeBackups(c)))
  .post("/", async (c) => {
    const { backups } = c.get("services");
    if (backups === undefined) return respondProblem(c, noBackupBucket());
    const made = backups.make({ isForced: true });
    c.executionCtx.waitUntil(made); // -- whoever asked may leave
    const { outcome, backup, reason } = await made;
    const body = { outcome, backup: backup === null ? null : describe(backup), reason };
    return c.json(body, outcome === "made" ? 201 : 200);
  })
  .get("/:name", async (c) => {
    const { backups } = c.get("services");
    if (backups === undefined) return respondProblem(c, noBackupBucket());
    const name = c.req.param("name");
    const found = BACKUP_NAME.test(name) ? await openBackup(backups.bucket, name) : null;
    if (found === null) return respondProblem(c, noSuchBackup({ name }));
    return c.body(found.body, 200, {
      "content-type": NDJSON_TYPE,
      "content-length": String(found.size),
      "content-disposition": `attachment; filename="headstart-${name}.ndjson"`,
      "cache-control": "no-store",
    });
  });

/** Without a bucket it asks nobody. */
async function describeBackups(c: Context<AppEnv>) {
  const { backups, db, config, clock } = c.get("services");
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
