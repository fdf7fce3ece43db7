/** Writes that an answer does not wait for, or does not fail with. What fails is logged under its event, without the query's parameters. */
import type { Context } from "hono";
import { withoutParameters } from "../store/database.ts";
import type { AppEnv } from "./app-env.ts";

interface FailedWrite {
  readonly event: string;
}

export function writeBesideAnswer(c: Context<AppEnv>, write: Promise<void>, failed: FailedWrite): void {
  c.executionCtx.waitUntil(write.catch((error: unknown) => logFailedWrite(error, failed)));
}

export function logFailedWrite(error: unknown, failed: FailedWrite): void {
  const reason = error instanceof Error ? String(withoutParameters(error)) : "unknown";
  console.warn(JSON.stringify({ ...failed, reason }));
}
