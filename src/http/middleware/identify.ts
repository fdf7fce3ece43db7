/**
 * Decides who is asking: the bearer of a key or of the admin token, somebody whom Cloudflare Access let in, a signed-in page, or a guest.
 * A wrong secret is refused, never treated as a guest's. Changes that a browser signs by itself must come from our own pages.
 */
import type { Context, MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";
import type { Identity } from "../../application/identity.ts";
import { readAccessPerson } from "../access-jwt.ts";
import type { AppEnv } from "../app-env.ts";
import { authenticate } from "../authenticate.ts";
import { respondProblem } from "../problem-response.ts";
import { readSession } from "../session-cookie.ts";

const verifyOrigin = csrf();

/** Sets `role`, `identity` and `actor` of the context; a wrong secret is answered with 401 and reaches no route. */
export function identify(): MiddlewareHandler<AppEnv> {
  return async function identify(c, next) {
    const authorization = c.req.header("authorization");
    if (authorization !== undefined) {
      // Two such headers arrive as one with a comma and a space in it, which is no secret.
      const identity = await authenticate(c, /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "");
      if (!identity.ok) return respondProblem(c, identity.error);
      become(c, identity.value);
      return next();
    }
    const person = await readAccessPerson(c);
    if (!person.ok) return respondProblem(c, person.error);
    const visitor = person.value ?? (await readSession(c));
    become(c, visitor);
    // The browser sends both by itself, whatever page asked for it.
    return visitor === null ? next() : verifyOrigin(c, next);
  };
}

function become(c: Context<AppEnv>, identity: Identity | null): void {
  c.set("identity", identity);
  c.set("role", identity?.role ?? "guest");
  c.set("actor", identity?.actor ?? "guest");
}
