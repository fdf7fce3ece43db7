/**
 * The cookie of a guest who has passed the human check: until when, and for which network, signed by a key of its own. A token passes
 * once, so without it each call would need another one. Taken to another network it is worth nothing.
 */
import type { Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Config } from "../config.ts";
import { deriveBits } from "../shared/derived-key.ts";
import type { AppEnv } from "./app-env.ts";
import { readContributor } from "./contributor.ts";

const COOKIE = "headstart_human";
/** How long one check lasts: half an hour. */
export const HUMAN_SECONDS = 30 * 60;

const SHAPE = /^(\d{1,16})\.(.+)$/;

/** Call it once the check has passed, before the answer's headers are sent. */
export async function rememberHuman(c: Context<AppEnv>): Promise<void> {
  const expiresAt = c.get("services").clock() + HUMAN_SECONDS * 1_000;
  await setSignedCookie(
    c,
    COOKIE,
    `${expiresAt}.${await readContributor(c)}`,
    await signingKey(c.get("services").config),
    {
      httpOnly: true,
      maxAge: HUMAN_SECONDS,
      path: "/",
      sameSite: "Strict",
      secure: new URL(c.req.url).protocol === "https:",
    },
  );
}

/** Whether this guest passed on this network within the last `HUMAN_SECONDS`. */
export async function isKnownHuman(c: Context<AppEnv>): Promise<boolean> {
  const value = await getSignedCookie(c, await signingKey(c.get("services").config), COOKIE);
  const [, expiresAt, contributor] = SHAPE.exec(typeof value === "string" ? value : "") ?? [];
  if (contributor === undefined || Number(expiresAt) <= c.get("services").clock()) return false;
  return contributor === (await readContributor(c));
}

function signingKey({ receiptSecret }: Config): Promise<ArrayBuffer> {
  return deriveBits(receiptSecret, "headstart human 1");
}
