/** The doctor's findings on a deployment's keys: which never end, which end soon, which nobody uses, and who administers. */
import type { z } from "zod";
import { DAY_MS } from "../../src/shared/time.ts";
import type { keySchema } from "./answers.ts";
import { type Finding, ok, warn } from "./finding.ts";

type Key = z.infer<typeof keySchema>;

/** Enough to notice and to hand out a new secret. */
const SOON_MS = 14 * DAY_MS;
/** A season: what has not been used for so long is forgotten somewhere. */
const IDLE_MS = 90 * DAY_MS;

/**
 * `now` is Unix time in ms. Keys that are revoked or have ended are no longer looked at. A server on this machine (`isLocal`) needs no
 * admin's key: commands take its ADMIN_TOKEN from the checkout.
 */
export function examineKeys(keys: readonly Key[], now: number, isLocal: boolean): Finding[] {
  const active = keys.filter(({ revokedAt, expiresAt }) => revokedAt === null && endOf(expiresAt) > now);
  const endless = active.filter(({ expiresAt }) => expiresAt === null);
  const ending = active.filter(({ expiresAt }) => endOf(expiresAt) < now + SOON_MS);
  const idle = active.filter(({ createdAt, lastUsedAt }) => Date.parse(lastUsedAt ?? createdAt) < now - IDLE_MS);
  const findings = [
    ...found(endless, "without an end", "`headstart keys rotate <id> --days 365` gives a new secret that does"),
    ...found(ending, "ending within 14 days", "`headstart keys rotate <id> --days 365`, and hand out the new secret"),
    ...found(idle, "not used for 90 days", "`headstart keys revoke <id>` if nobody needs them"),
    ...(isLocal || active.some(({ role }) => role === "admin") ? [] : [NO_ADMIN]),
  ];
  return findings.length === 0
    ? [ok("keys", active.length === 0 ? NO_KEY : `${active.length} in use, each ends on a day that is set`)]
    : findings;
}

const NO_KEY = "none yet; programs need one only where they may do more than guests (`headstart keys make --help`)";

const NO_ADMIN = warn(
  "keys",
  "none is an admin's: ADMIN_TOKEN, or people behind Cloudflare Access, administer",
  "`headstart keys make owner --role admin --days 365`, which spends ADMIN_TOKEN",
);

function found(keys: readonly Key[], what: string, remedy: string): Finding[] {
  if (keys.length === 0) return [];
  const names = keys.map(({ id, name, role }) => `${name} (${id}, ${role})`).join(", ");
  return [warn("keys", `${what}: ${names}`, remedy)];
}

function endOf(expiresAt: string | null): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
}
