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
      become(c, "admin");
      return next();
    }
    if (await isSessionValid(c)) {
      become(c, "admin");
      return verifyOrigin(c, next);
    }
    become(c, "guest");
    return next();
  };
}

function become(c: Context<AppEnv>, role: "guest" | "admin"): void {
  c.set("role", role);
  c.set("actor", role);
}
