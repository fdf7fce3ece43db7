/** What backups are called: by when they were begun. Pure. */

/** `2026-11-29T03-27-00Z`: in UTC, without what names of objects should not have. */
export const BACKUP_NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/;

/** The name of a backup that is begun at `now`, Unix time in ms. */
export function nameBackup(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
}
