/** Entries of the audit log as sentences. Pure. */
import { AUDIT_ACTIONS } from "../../shared/audit-actions.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { AuditEntry } from "./history-answers.ts";
import { describeRole } from "./key-words.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** An action that is not known here shows under the name that the log has for it. */
export function describeAudit({ action, detail }: Pick<AuditEntry, "action" | "detail">, names: ItemNames): string {
  const known = AUDIT_ACTIONS.find((one) => one === action);
  if (known === undefined) return action;
  return kitchen.history.audit[known]({
    item: nameOf(names, detail.class ?? ""),
    into: nameOf(names, detail.into ?? ""),
    to: nameOf(names, detail.to ?? ""),
    place: detail.place ?? "",
    webhook: detail.webhook ?? "",
    version: detail.version ?? "?",
    hold: detail.hold ?? false,
    photos: detail.examples ?? detail.photos ?? 0,
    moved: detail.relabelled ?? 0,
    corrections: detail.reviews ?? detail.decisions ?? detail.agreed ?? detail.named ?? 0,
    accepted: detail.accept ?? 0,
    relabelled: detail.relabel ?? 0,
    rejected: detail.reject ?? 0,
    role: describeRole(detail.role ?? ""),
    isTest: detail.purpose === "test",
    backbone: detail.name ?? "?",
  });
}
