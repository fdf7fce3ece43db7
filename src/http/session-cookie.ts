/** The cookie of a signed-in admin page: an expiry, signed with the admin token, so that a new token ends old sessions. */
import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { AppEnv } from "./app-env.ts";

const COOKIE = "headstart_session";
const SESSION_SECONDS = 12 * 3_600;

export async function startSession(c: Context<AppEnv>): Promise<void> {
  const { config, clock } = c.get("services");
  const expiresAt = clock() + SESSION_SECONDS * 1_000;
  await setSignedCookie(c, COOKIE, String(expiresAt), config.adminToken, {
    httpOnly: true,
    maxAge: SESSION_SECONDS,
    path: "/",
    sameSite: "Strict",
    secure: new URL(c.req.url).protocol === "https:",
  });
}

export function endSession(c: Context<AppEnv>): void {
  deleteCookie(c, COOKIE, { path: "/" });
}

export async function isSessionValid(c: Context<AppEnv>): Promise<boolean> {
  const { config, clock } = c.get("services");
  const value = await getSignedCookie(c, config.adminToken, COOKIE);
  return typeof value === "string" && Number(value) > clock();
}
