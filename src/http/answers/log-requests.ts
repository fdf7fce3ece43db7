/**
 * One line of JSON per request, for whoever operates the deployment: what was asked, by which role, how it ended. Never a photo, a
 * token, a query, an address or a name that a path carries: the route's pattern stands for the path.
 */
import type { MiddlewareHandler } from "hono";
import { findRoute } from "../access/require-access.ts";
import type { AppEnv } from "../app-env.ts";

/** Writes the line when the answer is ready. Streamed bodies are still on their way then, so their bytes are unknown. */
export function logRequests(): MiddlewareHandler<AppEnv> {
  return async function logRequests(c, next) {
    const start = Date.now();
    await next();
    const bytes = c.res.headers.get("content-length");
    const line = {
      event: "request",
      requestId: c.get("requestId"),
      method: c.req.method,
      route: findRoute(c)?.path ?? null,
      status: c.res.status,
      ms: Date.now() - start,
      role: c.get("role") ?? null,
      actor: c.get("actor") ?? null,
      problem: c.get("problem") ?? null,
      bytes: bytes === null ? null : Number(bytes),
    };
    console.log(JSON.stringify(line));
  };
}
