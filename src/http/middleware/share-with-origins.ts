/** CORS for the origins that the operator allowed, none by default. Programs there send a key or ask as guests; the cookie stays at home. */
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { TOKEN_NAME } from "../../operations/common.ts";
import type { AppEnv } from "../app-env.ts";

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
