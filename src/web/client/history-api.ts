/** The admin routes about what has happened, as functions. */
import { callAdmin } from "./admin-api.ts";
import { auditLog, runList } from "./history-answers.ts";

export const fetchRuns = () => callAdmin({ path: "/training-runs" }, runList);
export const fetchAuditLog = () => callAdmin({ path: "/audit-log" }, auditLog);
