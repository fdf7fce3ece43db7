/** Shapes of the API's answers about what has happened: training runs and the audit log. Pure. */
import type { auditOperations } from "../../operations/audit.ts";
import type { trainingOperations } from "../../operations/training.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text, unread } from "./decode.ts";
import { sentences } from "./sentences.ts";

/** A run that did something, or failed. */
export const pastRun = object({
  id: number,
  startedAt: text,
  trigger: text,
  outcome: text,
  absorbed: number,
  remaining: number,
  headVersion: nullable(number),
  message: nullable(text),
  says: sentences,
  durationMs: number,
});
/** `headVersion` is null where the run made no version. */
export type PastRun = Decoded<typeof pastRun>;
/** The answer of `GET /v1/admin/training-runs`, the latest first. */
export const runList = answerOf<typeof trainingOperations.listTrainingRuns>()(object({ runs: list(pastRun) }));

/** Each action has its own details; those that no action known here has are ignored. */
const auditDetail = object({
  version: nullable(number),
  hold: nullable(flag),
  class: nullable(text),
  into: nullable(text),
  to: nullable(text),
  examples: nullable(number),
  photos: nullable(number),
  relabelled: nullable(number),
  reviews: nullable(number),
  accept: nullable(number),
  relabel: nullable(number),
  reject: nullable(number),
  decisions: nullable(number),
  agreed: nullable(number),
  named: nullable(number),
  role: nullable(text),
  place: nullable(text),
  webhook: nullable(text),
  purpose: nullable(text),
  name: nullable(text),
});
const auditPage = answerOf<typeof auditOperations.listAuditLog>()(
  object({
    entries: list(object({ id: number, at: text, actor: text, action: text, detail: unread })),
    next: nullable(number),
  }),
);
/** A page of the audit log, newest first. */
export const auditLog = (value: unknown, path: string) => {
  const { entries, next } = auditPage(value, path);
  return { entries: entries.map(({ detail, ...entry }) => ({ ...entry, detail: auditDetail(detail, path) })), next };
};
/** `next` is null on the last page. */
export type AuditPage = Decoded<typeof auditLog>;
/** An entry of the log: who did what, and when; the facts differ by action. */
export type AuditEntry = AuditPage["entries"][number];
