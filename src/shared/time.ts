/** Time as the API and the store write it. */

/** 24 hours in ms. Days here are UTC days, which have no summer time. */
export const DAY_MS = 86_400_000;

/** The number of the day of a time in Unix ms, in UTC: 0 is 1970-01-01. */
export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

/** Whether `ms` have passed between two times in Unix ms, or the clock was set back by as much in between. */
export function hasPassed(since: number, ms: number, now: number): boolean {
  return Math.abs(now - since) >= ms;
}

/** Unix time in ms as ISO 8601 in UTC; null stays null. */
export function toIsoTime(ms: number): string;
export function toIsoTime(ms: number | null): string | null;
export function toIsoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
