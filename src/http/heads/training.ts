/** Training runs, the overview of the deployment, and the audit log. */
import { trainNow } from "../../application/train.ts";
import { auditOperations } from "../../operations/audit.ts";
import { overviewOperations } from "../../operations/overview.ts";
import { trainingOperations } from "../../operations/training.ts";
import { ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { listAuditLog } from "../../store/audit-log.ts";
import { isFailing, readBackupRecord } from "../../store/backups/backup-state.ts";
import type { Database } from "../../store/database.ts";
import { findHead, readLivePointer } from "../../store/heads/heads.ts";
import { findHolder } from "../../store/learning/lease.ts";
import { countLabels } from "../../store/learning/pending-labels.ts";
import { isRebuilding } from "../../store/learning/rebuild.ts";
import { findLastTrainingRun, listTrainingRuns, type StoredRun } from "../../store/learning/training-runs.ts";
import { countPendingReviews } from "../../store/reviews/reviews.ts";
import { countEndedWebhooks } from "../../store/webhook/webhooks.ts";
import { callerOf } from "../access/caller.ts";
import { type PageRequest, readPage, reply, serve } from "../serve.ts";
import { toHeadBody } from "./heads.ts";

/** Of `overviewOperations` and `trainingOperations` and `auditOperations`. */
export const trainingHandlers = [
  serve(overviewOperations.readOverview, async (c) => {
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
    return ok({
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
  }),
  serve(trainingOperations.listTrainingRuns, async (c, { query }) => {
    const { rows, next } = await readPageById(c.get("services").db, query, listTrainingRuns);
    return ok({ runs: rows.map(toRunBody), next });
  }),
  serve(trainingOperations.train, async (c, { body }) => {
    const report = await trainNow(c.get("services"), callerOf(c), body);
    return reply(c, trainingOperations.train, report.outcome === "published" ? 201 : 200, report);
  }),
  serve(auditOperations.listAuditLog, async (c, { query }) => {
    const { rows, next } = await readPageById(c.get("services").db, query, listAuditLog);
    return ok({ entries: rows.map((entry) => ({ ...entry, at: toIsoTime(entry.at) })), next });
  }),
];

/** The page that the query asks for, of rows that run along their ids. */
function readPageById<Row extends { readonly id: number }>(
  db: Database,
  query: PageRequest<number>,
  list: (db: Database, limit: number, after: number | null) => Promise<readonly Row[]>,
) {
  return readPage(
    query,
    (after, limit) => list(db, limit, after),
    (row) => row.id,
  );
}

function toRunBody(run: StoredRun) {
  return { ...run, startedAt: new Date(run.startedAt).toISOString() };
}
