/** The audit log, folded away and asked for only while it is open. */
import { createAuditLog } from "./audit-log.ts";
import { createFold } from "./fold.ts";
import { fetchAuditLog } from "./history-api.ts";
import type { ItemNames } from "./version-words.ts";

/** Gives back what fills it again while it is open. */
export function createAuditSection(): (names: ItemNames) => Promise<void> {
  let names: ItemNames = new Map();
  // Kept from refresh to refresh, because somebody may be typing into its filter.
  const auditLog = createAuditLog(() => fill());
  const fetchShown = () => fetchAuditLog(auditLog.pages());
  const fill = createFold("audit", fetchShown, (answer) => {
    auditLog.show(answer, names);
    return auditLog.element;
  });
  return async (itemNames) => {
    names = itemNames;
    await fill();
  };
}
