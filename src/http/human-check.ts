/**
 * The human check of guests, where the deployment has Turnstile: a token with the first call, a cookie with those after it. Fails
 * closed: a token that cannot be verified lets nobody in. Whoever has a key or is signed in is not asked.
 */

import type { Context } from "hono";
import { TOKEN_NAME } from "../operations/common.ts";
import { humanCheckSilent, noHumanToken, wrongHumanToken, wrongTurnstileSecret } from "../shared/english/access.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { TokenVerdict } from "../shared/siteverify.ts";
import type { AppEnv } from "./app-env.ts";
import { isKnownHuman, rememberHuman } from "./human-cookie.ts";

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
