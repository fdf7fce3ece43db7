/**
 * Lists can be asked for again at the price of a 304: an ETag over the body, for `If-None-Match`. What is answered depends on
 * who asks, so no shared cache may keep it. Not for what is streamed: the tag would hold it back.
 */
import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { AppEnv } from "../app-env.ts";
import { findOperation } from "./require-access.ts";

const tag = etag({ weak: true });

/** Covers the operations that say so (`isTagged`); only answers with status 200 get a tag. */
export function revalidate(): MiddlewareHandler<AppEnv> {
  return async function revalidate(c, next) {
    if (findOperation(c)?.isTagged !== true) return next();
    await tag(c, async () => {
      await next();
      if (c.res.status !== 200) return;
      c.header("cache-control", "private, no-cache");
      c.header("vary", "Authorization, Cookie", { append: true });
    });
  };
}
