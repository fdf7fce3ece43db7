/**
 * Other sites must not have their visitors write here, signed in or not: a guest's network is a witness, and has a quota. A browser says
 * where a request comes from, in `Sec-Fetch-Site` and `Origin`; programs say neither and pass. Whoever sends a key does so knowingly.
 */

import type { Context, MiddlewareHandler } from "hono";
import { foreignPage } from "../../shared/english/access.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";

const READS = ["GET", "HEAD", "OPTIONS"];
/** Asked for by a page of this very origin, or by a person who typed or chose the address. */
const OUR_FETCH_SITES = ["same-origin", "none"];

/** Also the answer to a 403 that hono itself throws. */
export const FOREIGN_PAGE = foreignPage();

/** Refuses with 403 `forbidden` what a page of another origin has a browser write. Guests may come from `CORS_ORIGINS` too. */
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
