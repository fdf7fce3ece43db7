/** Copies of everything in a bucket. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { NDJSON_TYPE } from "../shared/transfer-format.ts";
import { BACKUP_NAME } from "../store/backups/backup-name.ts";
import { count, sampleId, time } from "./common.ts";
import { bytes, json, needs, type Operations } from "./operation.ts";

const backupName = once(() =>
  z
    .string()
    .regex(BACKUP_NAME)
    .meta({ description: "When it was begun, in UTC", examples: ["2026-11-29T03-27-00Z"] }),
);

const backup = once(() =>
  z
    .strictObject({
      name: backupName(),
      madeAt: time,
      bytes: count,
      rows: count,
      sha256: sampleId.meta({ description: "Of the export, by which a restore knows the file" }),
    })
    .meta({ id: "Backup" }),
);

const backups = once(() =>
  z
    .strictObject({
      bucket: z.boolean().meta({ description: "Whether the deployment has a bucket for them (binding `BACKUPS`)" }),
      backups: z.array(backup()).meta({ description: "Whole ones, newest first" }),
      failing: z.boolean().meta({ description: "None has been made since one failed, or for two days" }),
      failure: z.strictObject({ at: time, reason: z.string() }).nullable().meta({
        description: "Why the last one failed, where none has been made since",
      }),
      kept: z.strictObject({ days: count, weeks: count }).meta({
        description: "The newest of each of so many days stays, and of each of so many weeks",
      }),
    })
    .meta({ id: "Backups" }),
);

const made = once(() =>
  z
    .strictObject({
      outcome: z.enum(["made", "busy", "empty", "restoring", "failed"]).meta({
        description:
          "busy: another one is being made. empty: there is nothing to back up. restoring: half a deployment is not a backup.",
      }),
      backup: backup().nullable(),
      reason: z.string().nullable().meta({ description: "Why it failed" }),
    })
    .meta({ id: "MadeBackup" }),
);

/** The operations on backups. */
export const backupOperations = {
  listBackups: {
    route: "GET /v1/admin/backups",
    access: needs("admin"),
    summary: "The backups that there are, and how the last one went",
    answers: { 200: json("All of them; none without a bucket", backups) },
    problems: [],
  },
  makeBackup: {
    route: "POST /v1/admin/backups",
    access: needs("admin"),
    summary: "Makes a backup now",
    answers: { 200: json("None was made; the outcome says why", made), 201: json("It is whole", made) },
    problems: ["not_found", "backbone_unavailable"],
  },
  readBackup: {
    route: "GET /v1/admin/backups/:name",
    access: needs("admin"),
    summary: "A backup as a file, which `POST /v1/admin/import` takes",
    params: () => z.object({ name: backupName() }),
    answers: { 200: { description: "An export: docs/transfer-format.md", content: { [NDJSON_TYPE]: bytes } } },
    problems: ["not_found"],
  },
} as const satisfies Operations;
