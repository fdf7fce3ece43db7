/** The deployment as a whole: signing in, training, its record, and everything in one file. */
import { z } from "zod";
import { DRIFT_CODES } from "../../shared/drift.ts";
import { NDJSON_TYPE, ROW_KINDS } from "../../shared/transfer-format.ts";
import { RECORDED_OUTCOMES } from "../../store/training-runs.ts";
import { auditQuery } from "../admin/audit.ts";
import { signInByCodeSchema, signInSchema } from "../admin/session.ts";
import { runSchema } from "../admin/training.ts";
import { exportQuery, importQuery } from "../admin/transfer.ts";
import { numberedPage } from "../page.ts";
import { backboneId, count, nextOf, sampleId, says, score, time, version } from "./common.ts";
import { head } from "./head-operations.ts";
import { BODY_PROBLEMS, bytes, empty, json, jsonBody, type OperationGroup, optionalJsonBody } from "./operation.ts";

const answerSums = {
  answers: count,
  unknownShare: score.nullable().meta({ description: "Null where there are no answers" }),
  meanEntropy: score.nullable().meta({
    description: "Of the scores' entropies over the logarithm of the number of items: 0 all in one, 1 all equal",
  }),
};

const drift = z
  .strictObject({
    days: z
      .array(z.strictObject({ date: z.iso.date(), ...answerSums }))
      .meta({ description: "Days in UTC, today first, back to the first with answers, at most 35" }),
    baseline: z.strictObject({ days: count.meta({ description: "Days with answers" }), ...answerSums }),
    warning: z.strictObject({ code: z.enum(DRIFT_CODES), text: z.string(), says }).nullable(),
  })
  .meta({ id: "Drift" });

const runReport = z
  .strictObject({
    outcome: z.enum([...RECORDED_OUTCOMES, "idle", "busy"]),
    headVersion: version.nullable(),
    absorbed: count,
    remaining: count,
    message: z.string(),
    says,
    durationMs: count,
  })
  .meta({ id: "RunReport" });

const rowId = z.int().min(1);

const recordedRun = z
  .strictObject({
    id: rowId,
    startedAt: time,
    trigger: z.enum(["cron", "admin"]),
    outcome: z.enum(RECORDED_OUTCOMES),
    absorbed: count,
    remaining: count,
    headVersion: version.nullable(),
    message: z.string(),
    says,
    queries: count,
    rowsRead: count,
    rowsWritten: count,
    durationMs: count,
  })
  .meta({ id: "TrainingRun" });

const overview = z
  .strictObject({
    backbone: z.strictObject({ id: backboneId, name: z.string(), dimension: z.int().min(1) }),
    liveHead: head.nullable(),
    held: z.boolean().meta({ description: "New heads wait for an admin" }),
    rebuilding: z.boolean(),
    examples: count,
    pendingLabels: count,
    pendingReviews: count,
    webhooksEnded: count.meta({ description: "Webhooks that were given up: `gone` or `dead`" }),
    training: z.strictObject({
      atWork: z.enum(["run", "restore"]).nullable().meta({ description: "What holds the labels now" }),
      last: recordedRun.nullable(),
    }),
    backup: z
      .strictObject({
        madeAt: time.nullable().meta({ description: "When the newest whole one was made" }),
        failing: z.boolean().meta({ description: "None has been made since one failed, or for two days" }),
      })
      .nullable()
      .meta({ description: "Null where the deployment has no bucket for backups" }),
  })
  .meta({ id: "Overview" });

const auditEntry = z
  .strictObject({
    id: rowId,
    at: time,
    actor: z.string(),
    action: z.string().meta({ examples: ["class.merge"] }),
    detail: z.record(z.string(), z.json()),
  })
  .meta({ id: "AuditEntry" });

const outcomes = { stored: count, present: count, replaced: count, kept: count, leftOut: count, refused: count };
const imported = z
  .strictObject({
    mode: z.enum(["restore", "merge"]),
    done: z.boolean().meta({ description: "The end of the file was in this part" }),
    file: sampleId.meta({ description: "SHA-256 by which the file is known" }),
    counts: z.strictObject(outcomes),
    rows: z
      .array(
        z.strictObject({
          line: count,
          kind: z.enum([...ROW_KINDS, ""]),
          outcome: z.enum(["kept", "refused"]),
          reason: z.string().optional(),
          says: says.optional(),
        }),
      )
      .meta({ description: "Rows that were kept as they were here, and those that were refused" }),
    returning: z.strictObject({ examples: count, reviews: count }).meta({
      description:
        "Labelled photos and waiting corrections from before something was last forgotten here, which are not here: what a merge brings back",
    }),
  })
  .meta({ id: "Imported" });

const deploymentOperations = {
  "POST /v1/admin/session": {
    id: "signIn",
    summary: "Signs a page in",
    body: jsonBody(signInSchema),
    answers: { 204: empty("A cookie for 12 hours") },
    problems: BODY_PROBLEMS,
  },
  "POST /v1/admin/session/code": {
    id: "signInByCode",
    summary: "Signs a page in by a link that the local server printed; a code is good once",
    body: jsonBody(signInByCodeSchema),
    answers: { 204: empty("A cookie for 12 hours") },
    problems: BODY_PROBLEMS,
  },
  "DELETE /v1/admin/session": {
    id: "signOut",
    summary: "Signs a page out",
    answers: { 204: empty("The cookie is gone") },
    problems: [],
  },
  "GET /v1/admin/overview": {
    id: "readOverview",
    summary: "The deployment at a glance",
    answers: { 200: json("What runs, what is live and what waits", overview) },
    problems: ["backbone_unavailable"],
  },
  "GET /v1/admin/drift": {
    id: "readDrift",
    summary: "What the answers of the last days were like, and whether that has changed",
    description:
      "The last full days (one, or up to six until they have 100 answers) are held against the 28 days before them: docs/operations.md.",
    answers: { 200: json("Answers of live heads per day", drift) },
    problems: [],
  },
  "GET /v1/admin/metrics": {
    id: "readMetrics",
    summary: "The deployment's figures for Prometheus",
    description: "Exposition format 0.0.4. What each metric is stands in its HELP line.",
    answers: { 200: { description: "The metrics", content: { "text/plain": z.string() } } },
    problems: [],
  },
  "POST /v1/admin/training-runs": {
    id: "train",
    summary: "Trains now",
    body: optionalJsonBody(runSchema),
    answers: {
      200: json("No head was published; the message says why", runReport),
      201: json("A new head is live", runReport),
    },
    problems: [...BODY_PROBLEMS, "backbone_unavailable"],
  },
  "GET /v1/admin/training-runs": {
    id: "listTrainingRuns",
    summary: "Training runs that did something or failed, newest first",
    query: numberedPage,
    answers: {
      200: json(
        "A page",
        z.strictObject({ runs: z.array(recordedRun), next: nextOf(rowId) }).meta({ id: "TrainingRuns" }),
      ),
    },
    problems: ["bad_request"],
  },
  "GET /v1/admin/audit-log": {
    id: "listAuditLog",
    summary: "Who did what and when, newest first",
    query: numberedPage,
    answers: {
      200: json(
        "A page",
        z.strictObject({ entries: z.array(auditEntry), next: nextOf(rowId) }).meta({ id: "AuditLog" }),
      ),
    },
    problems: ["bad_request"],
  },
  "GET /v1/admin/audit": {
    id: "exportAuditLog",
    summary: "The whole audit log as a file, oldest first",
    description: "Streamed. To go on from a file that you have, send the id of its last entry as `after`.",
    query: auditQuery,
    answers: { 200: { description: "A line per entry", content: { [NDJSON_TYPE]: bytes, "text/csv": bytes } } },
    problems: ["bad_request"],
  },
  "GET /v1/admin/export": {
    id: "exportDeployment",
    summary: "The whole deployment as one file",
    description: "Streamed, as lines of JSON: docs/transfer-format.md. A failure while it runs breaks the connection.",
    query: exportQuery,
    answers: { 200: { description: "The file, as an attachment", content: { [NDJSON_TYPE]: bytes } } },
    problems: ["bad_request", "backbone_unavailable"],
  },
  "DELETE /v1/admin/import": {
    id: "abortRestore",
    summary: "Gives a restore up that is under way",
    description: "Training and imports go on at once. What has arrived stays; the rest of the file can be merged.",
    answers: {
      200: json(
        "The file that was being restored",
        z
          .strictObject({ file: sampleId.meta({ description: "SHA-256 by which the file is known" }) })
          .meta({ id: "AbortedRestore" }),
      ),
    },
    problems: ["not_found"],
  },
  "POST /v1/admin/import": {
    id: "importDeployment",
    summary: "Lines of an export, back into a deployment",
    description: "The whole file, or parts of it: each time the header line, then at most 500 rows and 4 MiB.",
    query: importQuery,
    body: { content: { [NDJSON_TYPE]: bytes } },
    answers: { 200: json("What became of the rows", imported) },
    problems: [...BODY_PROBLEMS, "import_conflict", "backbone_mismatch", "backbone_unavailable"],
  },
} as const satisfies OperationGroup["operations"];

/** The operations of the deployment as a whole. */
export const deploymentGroup: OperationGroup = {
  tag: "Deployment",
  description: "Signing in, training, its record, and everything in one file.",
  operations: deploymentOperations,
};
