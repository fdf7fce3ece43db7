/** API keys in words. Pure; `now` is Unix time in ms. */
import type { ApiKey } from "./key-answers.ts";

export type KeyState = "working" | "expired" | "revoked";

const ROLE_WORDS: ReadonlyMap<string, string> = new Map([
  ["classify", "asks about photos"],
  ["label", "asks and teaches"],
  ["review", "asks, teaches and decides on corrections"],
  ["admin", "may do everything"],
]);

export function stateOfKey({ expiresAt, revokedAt }: ApiKey, now: number): KeyState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now ? "expired" : "working";
}

/** A role that is not known here goes by its own name. */
export function describeRole(role: string): string {
  return ROLE_WORDS.get(role) ?? role;
}

/** The line below the name, of parts that are dates for the page to format. */
export function listKeyDates(key: ApiKey, now: number): readonly (readonly [words: string, iso: string | null])[] {
  const state = stateOfKey(key, now);
  if (state === "revoked") return [["revoked", key.revokedAt]];
  return [
    key.lastUsedAt === null ? ["never used", null] : ["last used", key.lastUsedAt],
    key.expiresAt === null
      ? ["without an end", null]
      : [state === "expired" ? "expired" : "works until", key.expiresAt],
  ];
}

/** What to know about a secret that is on the screen for the only time. */
export function describeSecret(role: string): string {
  const once = "This is the only time it is shown. Keep it where secrets are kept.";
  return role === "admin"
    ? `${once} The first key of this kind takes the place of the admin token: sign in with it from now on.`
    : once;
}
