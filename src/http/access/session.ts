/** Signing in and out of the page `/admin`, and who is signed in. Signing in is the one thing below /v1/admin that is open to everybody. */
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Identity, SecretIdentity } from "../../application/caller.ts";
import type { Config } from "../../config.ts";
import { accessOperations } from "../../operations/keys.ts";
import { sessionOperations } from "../../operations/session.ts";
import { hashSecret } from "../../shared/api-secret.ts";
import { deriveBits } from "../../shared/derived-key.ts";
import { foreignPage, kitchenNeedsRole, needsKey, wrongSignInCode } from "../../shared/english/access.ts";
import { err, ok } from "../../shared/result.ts";
import { reaches } from "../../shared/role.ts";
import type { AppEnv } from "../app-env.ts";
import { serve } from "../serve.ts";
import { authenticate, identifyByHash } from "./authenticate.ts";

/*
 * The cookie of a signed-in page: an expiry and the hash of the secret that signed in, signed by a key of its own. The hash is looked
 * up with every request, so a session ends when its key is revoked, rotated or expires, or its admin token is spent or changed.
 */

const COOKIE = "headstart_session";
/** A page stays signed in for 12 hours from its signing in. */
export const SESSION_SECONDS = 12 * 3_600;

const SHAPE = /^(\d{1,16})\.([0-9a-f]{64})$/;

/** Sets the cookie, `Secure` unless the request came over plain HTTP. */
export async function startSession(c: Context<AppEnv>, { secretHash }: SecretIdentity): Promise<void> {
  const expiresAt = c.get("services").clock() + SESSION_SECONDS * 1_000;
  await setSignedCookie(c, COOKIE, `${expiresAt}.${secretHash}`, await signingKey(c.get("services").config), {
    httpOnly: true,
    maxAge: SESSION_SECONDS,
    path: "/",
    sameSite: "Strict",
    secure: new URL(c.req.url).protocol === "https:",
  });
}

/** Removes the cookie from the browser. The server keeps no session to end. */
function endSession(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: "/" });
}

/** Who is signed in, or null: no cookie, one that was changed, or a session that has ended. */
export async function readSession(c: Context<AppEnv>): Promise<Identity | null> {
  const value = await getSignedCookie(c, await signingKey(c.get("services").config), COOKIE);
  const [, expiresAt, secretHash] = SHAPE.exec(typeof value === "string" ? value : "") ?? [];
  if (secretHash === undefined || Number(expiresAt) <= c.get("services").clock()) return null;
  const identity = await identifyByHash(c, secretHash);
  return identity.ok ? identity.value : null;
}

function signingKey({ receiptSecret }: Config): Promise<ArrayBuffer> {
  return deriveBits(receiptSecret, "headstart session 1");
}

/** The page shows each role what it may do; who only asks about photos has nothing to do there. */
const LEAST_ROLE = "label";

/** Of `accessOperations` and `sessionOperations`. */
export const sessionHandlers = [
  serve(accessOperations.readIdentity, (c) => {
    const identity = c.get("identity");
    return identity === null
      ? err(needsKey({ least: "classify" }))
      : ok({ role: identity.role, actor: identity.actor });
  }),
  serve(sessionOperations.signIn, async (c, { body }) => {
    const identity = await authenticate(c, body.token);
    if (!identity.ok) return identity;
    if (!reaches(identity.value.role, LEAST_ROLE)) {
      return err(kitchenNeedsRole({ least: LEAST_ROLE, role: identity.value.role }));
    }
    await startSession(c, identity.value);
    return ok(null);
  }),
  serve(sessionOperations.signInByCode, async (c, { body }) => {
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== new URL(c.req.url).origin) return err(foreignPage());
    const { config, signInCodes, clock } = c.get("services");
    // Guesses need no limit: 256 bits, and a refusal costs one HMAC.
    if (!(await signInCodes.spend(body.code, clock()))) return err(wrongSignInCode());
    const identity = await identifyByHash(c, await hashSecret(config.adminToken));
    if (!identity.ok) return identity;
    await startSession(c, identity.value);
    return ok(null);
  }),
  serve(sessionOperations.signOut, (c) => {
    endSession(c);
    return ok(null);
  }),
];
