/**
 * Asks guests for the human check on every route that a variable opens to them for more than reading. A form that a page posts carries its
 * token in a field, so its handler asks when it has read the body, which no other request gets to without passing here.
 */
import type { Context, MiddlewareHandler } from "hono";
import { findAccessRule } from "../access-rules.ts";
import type { AppEnv } from "../app-env.ts";
import { checkHuman } from "../human-check.ts";
import { respondProblem } from "../problem-response.ts";
import { isForm } from "../request-body.ts";
import { findRoute } from "./require-access.ts";

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
