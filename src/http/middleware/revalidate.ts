/**
 * Lists can be asked for again at the price of a 304: an ETag over the body, for `If-None-Match`. What is answered depends on
 * who asks, so no shared cache may keep it. Not for what is streamed: the tag would hold it back.
 */
import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { AppEnv } from "../app-env.ts";
import { findRoute } from "./require-access.ts";

/** Lists, and what grows with them, as the routes are written. */
export const REVALIDATED_PATHS: readonly string[] = [
  ...["/v1/menu", "/v1/admin/classes", "/v1/admin/heads", "/v1/admin/heads/:version", "/v1/admin/reviews"],
  ...["/v1/admin/examples", "/v1/admin/suspects", "/v1/admin/suggestions", "/v1/admin/training-runs"],
  ...["/v1/admin/audit-log", "/v1/admin/keys", "/v1/admin/pool", "/v1/admin/places", "/v1/admin/teacher/labels"],
];

const tag = etag({ weak: true });

/** Covers the `GET` routes of `REVALIDATED_PATHS`; only answers with status 200 get a tag. */
export function revalidate(): MiddlewareHandler<AppEnv> {
  return async function revalidate(c, next) {
    const route = findRoute(c);
    if (route?.method !== "GET" || !REVALIDATED_PATHS.includes(route.path)) return next();
    await tag(c, async () => {
      await next();
      if (c.res.status !== 200) return;
      c.header("cache-control", "private, no-cache");
      c.header("vary", "Authorization, Cookie", { append: true });
    });
  };
}
