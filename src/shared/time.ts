/** Time as the API and the store write it. */

export const DAY_MS = 86_400_000;

/** Unix time in ms as ISO 8601 in UTC; null stays null. */
export function toIsoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
