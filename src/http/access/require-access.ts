/** Lets a request through to its route when the rule of that route says that whoever is asking may call it. */

import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { OPERATIONS } from "../../operations/groups.ts";
import { type AccessRule, leastRole, needs, type Operation } from "../../operations/operation.ts";
import { needsKey, needsRole, noAccessRule } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { type Role, reaches } from "../../shared/role.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";

/*
 * Who may call what: every route with the least role that it takes. Operations bring their own rule, pages have theirs here. A route
 * without one is refused to everybody, and a test that walks over the app's routes fails for it.
 */

const GUEST = needs("guest");

/** Pages are frames without data; what they post is what the API takes. */
const PAGE_RULES: Readonly<Record<string, AccessRule>> = {
  "GET /": GUEST,
  "GET /admin": GUEST,
  "GET /admin/menu": GUEST,
  "GET /admin/menu/:item": GUEST,
  "GET /admin/look": GUEST,
  "GET /admin/map": GUEST,
  "GET /admin/versions": GUEST,
  "GET /admin/settings": GUEST,
  "GET /thanks": GUEST,
  "POST /": needs("classify", "publicClassify"),
  "POST /reply": needs("label", "publicCorrections"),
  "POST /suggest": needs("label", "publicCorrections"),
};

/** By method and path, the path as the routes are written. */
export const ACCESS_RULES: Readonly<Record<string, AccessRule>> = {
  ...PAGE_RULES,
  ...Object.fromEntries(OPERATIONS.map(({ route, access }) => [route, access])),
};

/** The rule of a route, undefined where nobody wrote one. */
export function findAccessRule(method: string, path: string): AccessRule | undefined {
  return Object.hasOwn(ACCESS_RULES, `${method} ${path}`) ? ACCESS_RULES[`${method} ${path}`] : undefined;
}

/** Refuses guests with 401 and a role that is too low with 403; a path without a route goes on to the 404. */
export function requireAccess(): MiddlewareHandler<AppEnv> {
  return async function requireAccess(c, next) {
    const route = findRoute(c);
    const refusal = route === undefined ? null : findRefusal(c, route); // -- that nothing is there is no secret
    return refusal === null ? next() : respondProblem(c, refusal);
  };
}

/** A route as it is written in the table. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/** Says why the caller may not call a route; null where they may. An answer that shows what another route shows asks this too. */
export function findRefusal(c: Context<AppEnv>, route: Route): Problem | null {
  const rule = findAccessRule(route.method, route.path);
  if (rule === undefined) return noAccessRule({ method: route.method, path: route.path });
  const role = c.get("role");
  const least = leastRole(rule, c.get("services").config);
  return reaches(role, least) ? null : explainRefusal(role, least);
}

/** The handler that is going to answer: the first match that is no middleware, which is registered for all methods. */
export function findRoute(c: Context<AppEnv>): Route | undefined {
  return matchedRoutes(c).find(({ method }) => method !== "ALL");
}

const OPERATION_OF = new Map<string, Operation>(OPERATIONS.map((operation) => [operation.route, operation]));

/** The operation that is going to answer; undefined of a page, and where there is nothing. */
export function findOperation(c: Context<AppEnv>): Operation | undefined {
  const route = findRoute(c);
  return route && OPERATION_OF.get(`${route.method} ${route.path}`);
}

function explainRefusal(role: Role, least: Role): Problem {
  if (role !== "guest") return needsRole({ least, role });
  return needsKey({ least });
}

const ROUTES = Object.keys(ACCESS_RULES).map((key) => {
  const [method, route] = key.split(" ");
  return { method, pattern: new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`) };
});

/** In the order of the alphabet, HEAD with GET; empty where nothing is at the path. */
export function findAllowedMethods(path: string): string[] {
  const methods = new Set(ROUTES.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].sort();
}
