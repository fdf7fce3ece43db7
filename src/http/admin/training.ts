/** Training runs, the overview of the deployment, and the audit log. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { type AuditEntry, listAuditLog, noteAudit } from "../../store/audit-log.ts";
import { isFailing } from "../../store/backups/backup-health.ts";
import { readBackupRecord } from "../../store/backups/backup-state.ts";
import { countLabels } from "../../store/class-counts.ts";
import type { Database } from "../../store/database.ts";
import { findHead, readLivePointer } from "../../store/heads.ts";
import { findHolder } from "../../store/lease.ts";
import { isRebuilding } from "../../store/rebuild.ts";
import { countPendingReviews } from "../../store/reviews.ts";
import { findLastTrainingRun, listTrainingRuns, type StoredRun } from "../../store/training-runs.ts";
import { countEndedWebhooks } from "../../store/webhooks.ts";
import type { AppEnv } from "../app-env.ts";
import { numberedPage, readPage } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readOptionalJson } from "../request-body.ts";
import { toHeadBody } from "./heads.ts";

/** With `rebuild` the run starts again from the stored labels. */
export const runSchema = z.strictObject({ rebuild: z.boolean().default(false) });

/** Mounted at `/v1/admin`. */
export const trainingRoutes = new Hono<AppEnv>()
  .get("/overview", async (c) => {
    const { db, loadEmbedder, clock, backups } = c.get("services");
    const { manifest } = await loadEmbedder();
    const [pointer, labels, pendingReviews, webhooksEnded, rebuilding, atWork, last, backup] = await Promise.all([
      readLivePointer(db),
      countLabels(db),
      countPendingReviews(db),
      countEndedWebhooks(db),
      isRebuilding(db),
      findHolder(db, clock()),
      findLastTrainingRun(db),
      backups === undefined ? null : readBackupRecord(db),
    ]);
    const live = pointer.liveHead === null ? null : await findHead(db, pointer.liveHead);
    return c.json({
      backbone: { id: manifest.id, name: manifest.name, dimension: manifest.output.dimension },
      liveHead: live === null ? null : toHeadBody(live, pointer.liveHead),
      held: pointer.isHeld,
      rebuilding,
      examples: labels.examples,
      pendingLabels: labels.pending,
      pendingReviews,
      webhooksEnded,
      training: { atWork, last: last === null ? null : toRunBody(last) },
      backup: backup === null ? null : { madeAt: toIsoTime(backup.madeAt), failing: isFailing(backup, clock()) },
    });
  })
  .get("/training-runs", async (c) => {
    const page = await readPageById(c, listTrainingRuns);
    if (!page.ok) return respondProblem(c, page.error);
    return c.json({ runs: page.value.rows.map(toRunBody), next: page.value.next });
  })
  .post("/training-runs", async (c) => {
    const body = await readOptionalJson(c, runSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, train, clock } = c.get("services");
    const { rebuild } = body.value;
    const report = await train({ trigger: "admin", rebuild });
    const { outcome } = report;
    const entry: AuditEntry = {
      at: clock(),
      actor: c.get("actor"),
      action: "training.run",
      detail: { rebuild, outcome },
    };
    if (outcome !== "busy") await noteAudit(db, entry); // -- while a restore holds the lease the log is the file's alone
    return c.json(report, report.outcome === "published" ? 201 : 200);
  })
  .get("/audit-log", async (c) => {
    const page = await readPageById(c, listAuditLog);
    if (!page.ok) return respondProblem(c, page.error);
    const entries = page.value.rows.map((entry) => ({ ...entry, at: new Date(entry.at).toISOString() }));
    return c.json({ entries, next: page.value.next });
  });

/** The page that the query asks for, of rows that run along their ids. Error: `bad_request`. */
async function readPageById<Row extends { readonly id: number }>(
  c: Context<AppEnv>,
  list: (db: Database, limit: number, after: number | null) => Promise<readonly Row[]>,
) {
  const query = checkFields(c.req.query(), numberedPage);
  if (!query.ok) return query;
  const { db } = c.get("services");
  return ok(
    await readPage(
      query.value,
      (after, limit) => list(db, limit, after),
      (row) => row.id,
    ),
  );
}

function toRunBody(run: StoredRun) {
  return { ...run, startedAt: new Date(run.startedAt).toISOString() };
}
