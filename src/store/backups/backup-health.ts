/** Whether somebody has to look after the backups. Pure. */
import { DAY_MS } from "../../shared/time.ts";
import type { BackupRecord } from "./backup-state.ts";

/** One is due each day; a day without one may be a clock that was late. */
const LATE_MS = 2 * DAY_MS;

/** True where the last one failed and none has been made since, or none has been made for two days. `now` is Unix time in ms. */
export function isFailing({ madeAt, failedAt }: BackupRecord, now: number): boolean {
  if (failedAt !== null && failedAt > (madeAt ?? 0)) return true;
  return madeAt !== null && now - madeAt > LATE_MS;
}
