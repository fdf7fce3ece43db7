/** Lets a request through to its route when the rule of that route says that whoever is asking may call it. */

import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import { leastRole } from "../../operations/access-rule.ts";
import { OPERATIONS } from "../../operations/groups.ts";
import type { Operation } from "../../operations/operation.ts";
import { needsKey, needsRole, noAccessRule } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { type Role, reaches } from "../../shared/role.ts";
import { findAccessRule } from "../access-rules.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";

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

/** Why whoever is asking may not call a route; null where they may. For what an answer shows of another route's too. */
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
