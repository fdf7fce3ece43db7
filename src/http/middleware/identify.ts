/**
 * Decides who is asking: the bearer of the admin token, a signed-in page, or a guest. A wrong token is refused, never
 * treated as a guest's. Changes asked for with the cookie must come from our own pages.
 */
import type { Context, MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";
import { timingSafeEqual } from "hono/utils/buffer";
import { problem } from "../../shared/problem.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { isSessionValid } from "../session-cookie.ts";

const verifyOrigin = csrf();

export function identify(): MiddlewareHandler<AppEnv> {
  return async function identify(c, next) {
    const authorization = c.req.header("authorization");
    if (authorization !== undefined) {
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "";
      if (!(await timingSafeEqual(token, c.get("services").config.adminToken))) {
        return respondProblem(c, problem("unauthorized", "This token is not the admin token of this deployment."));
      }
      c.set("role", "admin");
      return next();
    }
    if (await isSessionValid(c)) {
      c.set("role", "admin");
      return verifyOrigin(c, next);
    }
    c.set("role", "guest");
    return next();
  };
}

/** Lets only admins pass. */
export function requireAdmin(): MiddlewareHandler<AppEnv> {
  return async function requireAdmin(c: Context<AppEnv>, next) {
    if (c.get("role") !== "admin") {
      const detail = "This needs the admin token: send it as `Authorization: Bearer <token>`, or sign in at /admin.";
      return respondProblem(c, problem("unauthorized", detail));
    }
    return next();
  };
}
