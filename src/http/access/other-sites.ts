/** Pages of other sites: what they may not do with a visitor of ours, and what the operator allows their programs. */
import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { TOKEN_NAME } from "../../operations/common.ts";
import { foreignPage } from "../../shared/english/access.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";

const READS = ["GET", "HEAD", "OPTIONS"];
/** Asked for by a page of this very origin, or by a person who typed or chose the address. */
const OUR_FETCH_SITES = ["same-origin", "none"];

/** A page of another origin cannot write here through its visitor's browser: 403 `forbidden`. Pages of `CORS_ORIGINS` can, for guests. */
export function refuseForeignPages(): MiddlewareHandler<AppEnv> {
  return async function refuseForeignPages(c, next) {
    const isChecked = !READS.includes(c.req.method) && c.req.header("authorization") === undefined;
    return isChecked && isForeign(c) ? respondProblem(c, foreignPage()) : next();
  };
}

function isForeign(c: Context<AppEnv>): boolean {
  const fetchSite = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (fetchSite !== undefined && OUR_FETCH_SITES.includes(fetchSite)) return false;
  if (origin === undefined) return fetchSite !== undefined;
  const isAllowedGuest = c.get("identity") === null && c.get("services").config.corsOrigins.includes(origin);
  return origin !== new URL(c.req.url).origin && !isAllowedGuest;
}

const PREFLIGHT_SECONDS = 600;

/** `CORS_ORIGINS` lists the origins. Answers carry no `Access-Control-Allow-Credentials`. */
export function shareWithOrigins(): MiddlewareHandler<AppEnv> {
  return async function shareWithOrigins(c, next) {
    const { corsOrigins } = c.get("services").config;
    if (corsOrigins.length === 0) return next();
    const share = cors({
      origin: [...corsOrigins],
      allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      allowHeaders: [
        ...["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Accept-Language"],
        TOKEN_NAME,
      ],
      exposeHeaders: ["ETag", "Retry-After", "X-Request-Id", "Server-Timing", "Idempotency-Replayed"],
      maxAge: PREFLIGHT_SECONDS,
    });
    return share(c, next);
  };
}
