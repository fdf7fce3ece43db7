/** API keys in words. Pure; `now` is Unix time in ms. */
import { KEY_ROLES } from "../../shared/role.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ApiKey } from "./key-answers.ts";

type KeyState = "working" | "expired" | "revoked";

const { dates, roles, secret } = kitchen.keys;

/** A revoked key is `revoked`, even when it has expired since. */
export function stateOfKey({ expiresAt, revokedAt }: ApiKey, now: number): KeyState {
  if (revokedAt !== null) return "revoked";
  return expiresAt !== null && Date.parse(expiresAt) <= now ? "expired" : "working";
}

/** A role that is not known here goes by its own name. */
export function describeRole(role: string): string {
  const known = KEY_ROLES.find((one) => one === role);
  return known === undefined ? role : roles[known];
}

/** The line below the name, of parts that are dates for the page to format. */
export function listKeyDates(key: ApiKey, now: number): readonly (readonly [words: string, iso: string | null])[] {
  const state = stateOfKey(key, now);
  if (state === "revoked") return [[dates.revoked, key.revokedAt]];
  return [
    key.lastUsedAt === null ? [dates.neverUsed, null] : [dates.lastUsed, key.lastUsedAt],
    key.expiresAt === null
      ? [dates.endless, null]
      : [state === "expired" ? dates.expired : dates.worksUntil, key.expiresAt],
  ];
}

/** What to know about a secret that is on the screen for the only time. */
export function describeSecret(role: string): string {
  return role === "admin" ? secret.onceForAdmin : secret.once;
}
