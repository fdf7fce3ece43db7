/** Who did what and when. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { NDJSON_TYPE } from "../shared/transfer-format.ts";
import { nextOf, numberedPage, time } from "./common.ts";
import { bytes, json, needs, type Operations } from "./operation.ts";
import { rowId } from "./training.ts";

/** The query of `GET /v1/admin/audit`; `after` lets a collector continue where it stopped. */
export const auditQuery = z.strictObject({
  format: z.enum(["ndjson", "csv"]).default("ndjson").meta({ description: "A line of JSON per entry, or RFC 4180" }),
  after: z.coerce.number().int().min(0).default(0).meta({ description: "The id of the last entry that you have" }),
});

const auditEntry = once(() =>
  z
    .strictObject({
      id: rowId(),
      at: time,
      actor: z.string(),
      action: z.string().meta({ examples: ["class.merge"] }),
      detail: z.record(z.string(), z.json()),
    })
    .meta({ id: "AuditEntry" }),
);

/** The operations on the audit log. */
export const auditOperations = {
  listAuditLog: {
    route: "GET /v1/admin/audit-log",
    access: needs("admin"),
    isTagged: true,
    summary: "Who did what and when, newest first",
    query: numberedPage,
    answers: {
      200: json("A page", () =>
        z.strictObject({ entries: z.array(auditEntry()), next: nextOf(rowId()) }).meta({ id: "AuditLog" }),
      ),
    },
    problems: ["bad_request"],
  },
  exportAuditLog: {
    route: "GET /v1/admin/audit",
    access: needs("admin"),
    summary: "The whole audit log as a file, oldest first",
    description: "Streamed. To go on from a file that you have, send the id of its last entry as `after`.",
    query: auditQuery,
    answers: { 200: { description: "A line per entry", content: { [NDJSON_TYPE]: bytes, "text/csv": bytes } } },
    problems: ["bad_request"],
  },
} as const satisfies Operations;
