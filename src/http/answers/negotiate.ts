/**
 * What a client accepts and what it has already: 406 for what the API does not answer with, 304 for what has not
 * changed.
 */
import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import { noAcceptedType } from "../../shared/english/requests.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import { findOperation } from "../access/require-access.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "./problem-response.ts";

const ANSWER_TYPES = ["application/json", "application/problem+json", NDJSON_TYPE, "text/plain"];

/** A request without `Accept` takes anything. The detail quotes 200 characters of the header at most. */
export function negotiate(): MiddlewareHandler<AppEnv> {
  return async function negotiate(c, next) {
    const accept = c.req.header("accept");
    if (accept === undefined || accept.trim() === "" || acceptsAny(accept)) return next();
    return respondProblem(c, noAcceptedType({ accept: accept.slice(0, 200) }));
  };
}

function acceptsAny(accept: string): boolean {
  return accept.split(",").some((entry) => {
    const [range, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    const prefix = range.endsWith("/*") ? range.slice(0, -1) : null;
    return (
      range === "*/*" || ANSWER_TYPES.some((type) => type === range || (prefix !== null && type.startsWith(prefix)))
    );
  });
}

/*
 * Lists can be asked for again at the price of a 304: an ETag over the body, for `If-None-Match`. What is answered depends on
 * who asks, so no shared cache may keep it. Not for what is streamed: the tag would hold it back.
 */

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
