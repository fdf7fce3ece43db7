/** Writes that an answer does not wait for, or does not fail with. What fails is logged under its event, without the query's parameters. */
import type { Context } from "hono";
import { withoutParameters } from "../store/database.ts";
import type { AppEnv } from "./app-env.ts";

interface FailedWrite {
  readonly event: string;
}

/** Keeps the isolate alive until `write` has ended; a failure is logged and reaches nobody. */
export function writeBesideAnswer(c: Context<AppEnv>, write: Promise<void>, failed: FailedWrite): void {
  c.executionCtx.waitUntil(write.catch((error: unknown) => logFailedWrite(error, failed)));
}

/** Logs one JSON line: the event and the reason, without values that a person sent. */
export function logFailedWrite(error: unknown, failed: FailedWrite): void {
  const reason = error instanceof Error ? String(withoutParameters(error)) : "unknown";
  console.warn(JSON.stringify({ ...failed, reason }));
}
