/** The admin routes about what has happened, as functions. */
import { type Answer, callAdmin } from "./admin-api.ts";
import { type AuditPage, auditLog, runList } from "./history-answers.ts";
import { fetchPages } from "./pages.ts";

/** The newest ones. */
export const fetchRuns = (limit: number) => callAdmin({ path: `/training-runs?limit=${limit}` }, runList);

/** So many pages of entries, newest first. */
export function fetchAuditLog(pages: number): Answer<AuditPage> {
  const fetchPage = (query: string) => callAdmin({ path: `/audit-log${query}` }, auditLog);
  return fetchPages(pages, fetchPage, ({ entries }, page) => ({ ...page, entries: [...entries, ...page.entries] }));
}
