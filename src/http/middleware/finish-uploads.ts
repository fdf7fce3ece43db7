/**
 * Lets who is refused early read why: workerd ends a connection whose request was answered before its body had come, and a client
 * that is still sending sees a broken connection instead of the answer.
 */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";

/** A refused client gets no more of the isolate's time than this. */
const GRACE_MS = 1_000;
/** More than any body that is taken in; who declares more has to stop sending anyway. */
const MAX_DROPPED_BYTES = 16 * 1024 * 1024;

/** Once the answer is made, receives and drops what is left of a body that nobody has read. */
export function finishUploads(): MiddlewareHandler<AppEnv> {
  return async function finishUploads(c, next) {
    await next();
    const { body, bodyUsed } = c.req.raw;
    if (body === null || bodyUsed || Number(c.req.header("content-length") ?? 0) > MAX_DROPPED_BYTES) return;
    await drop(body);
  };
}

/** Resolves at the body's end, when it breaks off, or when the time is up. */
async function drop(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body.getReader();
  const timeIsUp = Promise.withResolvers<void>();
  const timer = setTimeout(timeIsUp.resolve, GRACE_MS);
  const read = async () => {
    while (!(await reader.read()).done);
  };
  await Promise.race([read().catch(() => undefined), timeIsUp.promise]);
  clearTimeout(timer);
}
