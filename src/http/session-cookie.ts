/**
 * The cookie of a signed-in page: an expiry and the hash of the secret that signed in, signed by a key of its own. The hash is looked
 * up with every request, so a session ends when its key is revoked, rotated or expires, or its admin token is spent or changed.
 */
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Identity, SecretIdentity } from "../application/identity.ts";
import type { Config } from "../config.ts";
import { deriveBits } from "../shared/derived-key.ts";
import type { AppEnv } from "./app-env.ts";
import { identifyByHash } from "./authenticate.ts";

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
export function endSession(c: Context<AppEnv>): void {
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
