/**
 * Lets who is refused early read why: workerd ends a connection whose request was answered before its body had come, and a client
 * that is still sending sees a broken connection instead of the answer.
 */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { dropWhole } from "./read-body.ts";

/** More than any body that is taken in; who declares more has to stop sending anyway. */
const MAX_DROPPED_BYTES = 16 * 1024 * 1024;

/** Once the answer is made, receives and drops a body that nobody has read. */
export function finishUploads(): MiddlewareHandler<AppEnv> {
  return async function finishUploads(c, next) {
    await next();
    const { body, bodyUsed } = c.req.raw;
    if (body === null || bodyUsed || Number(c.req.header("content-length") ?? 0) > MAX_DROPPED_BYTES) return;
    await dropWhole(body, c.get("services").every);
  };
}
