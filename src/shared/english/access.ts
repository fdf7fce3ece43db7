/** Problems of those who ask: keys, sessions, roles, how often. */
import { problemOf } from "../problem.ts";
import type { Role } from "../role.ts";

/** Whoever sends no secret at all is a guest, and never hears this. */
export const wrongSecret = problemOf(
  "unauthorized",
  "wrong_secret",
  () =>
    "This is neither a key in use nor the admin token of this deployment: it is wrong, expired or revoked. Ask whoever runs the deployment for a key.",
);
/** The bootstrap secret stops working with the first admin key. */
export const bootstrapSpent = problemOf(
  "unauthorized",
  "bootstrap_spent",
  () =>
    "This admin token has made the first admin key and no longer works. Sign in with that key. If it is lost, set ADMIN_TOKEN to a " +
    "new value: it works until it has made an admin key.",
);
/** Its signature, its audience or its time is wrong. */
export const wrongAssertion = problemOf(
  "unauthorized",
  "wrong_assertion",
  () =>
    "The assertion of Cloudflare Access could not be verified. Sign in again; if that does not help, check ACCESS_TEAM_DOMAIN and ACCESS_AUD.",
);
/** A link of `npm start` works once, and only until the next start. */
export const wrongSignInCode = problemOf(
  "unauthorized",
  "wrong_sign_in_code",
  () =>
    "This sign-in link was used before, has expired, or is from an earlier start. `npm start` prints a new one when you press Enter.",
);
/** Said to guests. `least` is the lowest role that may. */
export const needsKey = problemOf(
  "unauthorized",
  "needs_key",
  ({ least }: { least: Role }) =>
    `This needs a key with the role ${least}, or the admin token: send it as \`Authorization: Bearer <token>\`, or sign in at /admin.`,
);
/** The key is good, but its role is below `least`. */
export const needsRole = problemOf(
  "forbidden",
  "needs_role",
  ({ least, role }: { least: Role; role: Role }) => `This needs the role ${least}; the key that was sent has ${role}.`,
);
/** At the sign-in, which takes any role from `least` up. */
export const kitchenNeedsRole = problemOf(
  "forbidden",
  "kitchen_needs_role",
  ({ least, role }: { least: Role; role: Role }) =>
    `The kitchen needs a key with the role ${least}, review or admin; this one has ${role}.`,
);
/** A mistake in the Worker: a route without a rule is closed to everybody. */
export const noAccessRule = problemOf(
  "forbidden",
  "no_access_rule",
  ({ method, path }: { method: string; path: string }) => `Nobody may call ${method} ${path}: it has no access rule.`,
);
/** A browser wants to write for a page of another origin. */
export const foreignPage = problemOf(
  "forbidden",
  "foreign_page",
  () => "This request did not come from a page of this site.",
);

type Wait = { seconds: number };
/** Of guests: the burst of their network is spent. */
export const networkTooOften = problemOf(
  "rate_limited",
  "network_too_often",
  ({ seconds }: Wait) => `This network sends too many requests. Try again in ${seconds} s.`,
);
/** The burst of one key is spent. */
export const keyTooOften = problemOf(
  "rate_limited",
  "key_too_often",
  ({ seconds }: Wait) => `This key sends too many requests. Try again in ${seconds} s.`,
);
/** Guesses are slowed down; a good key still works from the same network. */
export const tooManyWrongKeys = problemOf(
  "rate_limited",
  "too_many_wrong_keys",
  ({ seconds }: Wait) => `Too many wrong keys came from this network. Try again in ${seconds} s.`,
);
/** The quota of one day, of a network or of a key. */
export const quotaSpent = problemOf(
  "quota_exceeded",
  "quota_spent",
  ({ quota }: { quota: number }) => `Today's ${quota} requests are used up. The next day begins at midnight UTC.`,
);

/** `name` is that of the header and of the field. */
export const noHumanToken = problemOf(
  "human_check_failed",
  "no_human_token",
  ({ name }: { name: string }) =>
    `Guests must send a Turnstile token, in the header or the form field ${name}. Send the one that the form at / gets, or a key.`,
);
/** Cloudflare has judged the token, and refused it. */
export const wrongHumanToken = problemOf(
  "human_check_failed",
  "wrong_human_token",
  () => "This Turnstile token is forged, too old, or has been used. Get another one and try again.",
);
/** Without a verdict a guest is not let in. */
export const humanCheckSilent = problemOf(
  "human_check_unavailable",
  "human_check_silent",
  () => "Cloudflare did not say whether this Turnstile token is good. Get another one and try again.",
);
/** The operator has to act; no guest can pass until then. */
export const wrongTurnstileSecret = problemOf(
  "misconfigured",
  "wrong_turnstile_secret",
  () => "Cloudflare does not know TURNSTILE_SECRET. Set the secret of the widget that TURNSTILE_SITE_KEY names.",
);

/** For an id that no key ever had. */
export const noSuchKey = problemOf(
  "not_found",
  "no_such_key",
  ({ id }: { id: string }) => `There is no key ${id}. GET /v1/admin/keys lists them.`,
);
/** A key that is rotated keeps its end, and this one is past. */
export const keyExpired = problemOf(
  "key_ended",
  "key_expired",
  ({ id }: { id: string }) => `The key ${id} has expired: give \`expiresInDays\`.`,
);
/** A revoked key cannot be rotated. */
export const keyRevoked = problemOf(
  "key_ended",
  "key_revoked",
  ({ id }: { id: string }) => `The key ${id} was revoked: make a new one.`,
);
/** Once the bootstrap secret is spent, the last admin key cannot be ended. */
export const lastAdminKey = problemOf(
  "last_admin_key",
  "last_admin_key",
  () =>
    "This is the last working admin key: without it nobody could administer this deployment. Make another admin key first, or rotate this one.",
);
