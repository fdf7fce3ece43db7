/**
 * The human check of guests, where the deployment has Turnstile: a token with the first call, a cookie with those after it. Fails
 * closed: a token that cannot be verified lets nobody in. Whoever has a key or is signed in is not asked.
 */
import type { Context, MiddlewareHandler } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Config } from "../../config.ts";
import { TOKEN_NAME } from "../../operations/common.ts";
import { deriveBits } from "../../shared/derived-key.ts";
import { humanCheckSilent, noHumanToken, wrongHumanToken, wrongTurnstileSecret } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { TokenVerdict } from "../../shared/siteverify.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { isForm } from "../body/request-body.ts";
import { readContributor } from "./contributor.ts";
import { findAccessRule, findRoute } from "./require-access.ts";

/*
 * The cookie of a guest who has passed the human check: until when, and for which network, signed by a key of its own. A token passes
 * once, so without it each call would need another one. Taken to another network it is worth nothing.
 */

const COOKIE = "headstart_human";
/** How long one check lasts: half an hour. */
export const HUMAN_SECONDS = 30 * 60;

const SHAPE = /^(\d{1,16})\.(.+)$/;

/** Call it once the check has passed, before the answer's headers are sent. */
async function rememberHuman(c: Context<AppEnv>): Promise<void> {
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
async function isKnownHuman(c: Context<AppEnv>): Promise<boolean> {
  const value = await getSignedCookie(c, await signingKey(c.get("services").config), COOKIE);
  const [, expiresAt, contributor] = SHAPE.exec(typeof value === "string" ? value : "") ?? [];
  if (contributor === undefined || Number(expiresAt) <= c.get("services").clock()) return false;
  return contributor === (await readContributor(c));
}

function signingKey({ receiptSecret }: Config): Promise<ArrayBuffer> {
  return deriveBits(receiptSecret, "headstart human 1");
}

/**
 * Passes a request at most once. `fields` are those of a posted form, where it has been read. Errors: `human_check_failed`,
 * `human_check_unavailable`, `misconfigured` where the secret is wrong.
 */
export async function checkHuman(
  c: Context<AppEnv>,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Result<null, Problem>> {
  const { verifyToken } = c.get("services");
  if (verifyToken === undefined || c.get("identity") !== null || c.get("isHuman") === true) return ok(null);
  if (!(await isKnownHuman(c))) {
    const field = fields[TOKEN_NAME];
    const token = c.req.header(TOKEN_NAME) ?? (typeof field === "string" ? field : "");
    if (token === "") return MISSING;
    const verdict = await verifyToken(token, c.req.header("cf-connecting-ip"));
    if (verdict !== "passed") return refuse(c, verdict);
    await rememberHuman(c);
  }
  c.set("isHuman", true);
  return ok(null);
}

function refuse(c: Context<AppEnv>, verdict: Exclude<TokenVerdict, "passed">): Result<null, Problem> {
  if (verdict === "refused") return REFUSED;
  console.warn(JSON.stringify({ event: "human_check_broken", requestId: c.get("requestId"), reason: verdict }));
  return verdict === "wrong_secret" ? WRONG_SECRET : UNREACHABLE;
}

const MISSING = err(noHumanToken({ name: TOKEN_NAME }));
const REFUSED = err(wrongHumanToken());
const UNREACHABLE = err(humanCheckSilent());
const WRONG_SECRET = err(wrongTurnstileSecret());

/*
 * Asks guests for the human check on every route that a variable opens to them, except for reading. A page's form carries its token in a
 * field, so its handler asks after it has read the body. Every other request passes here before anybody reads its body.
 */

/** Reads are never checked. Guests who have passed are remembered for half an hour. */
export function requireHuman(): MiddlewareHandler<AppEnv> {
  return async function requireHuman(c, next) {
    if (!isChecked(c)) return next();
    const passed = await checkHuman(c);
    return passed.ok ? next() : respondProblem(c, passed.error);
  };
}

function isChecked(c: Context<AppEnv>): boolean {
  const route = findRoute(c);
  if (route === undefined || route.method === "GET") return false;
  const isOpened = (findAccessRule(route.method, route.path)?.openedBy.length ?? 0) > 0;
  const hasField = !route.path.startsWith("/v1/") && isForm(c);
  return isOpened && !hasField;
}
