/**
 * Lets a client read why it was refused while it was still sending: workerd ends a connection when the answer goes out before the whole
 * body has come in, and the client would see a broken connection instead.
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
