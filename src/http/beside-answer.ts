/** Writes that an answer does not wait for. What fails is logged under its event, without the query's parameters. */
import type { Context } from "hono";
import { withoutParameters } from "../store/database.ts";
import type { AppEnv } from "./app-env.ts";

export function writeBesideAnswer(c: Context<AppEnv>, write: Promise<void>, failed: { readonly event: string }): void {
  const logged = write.catch((error: unknown) => {
    const reason = error instanceof Error ? String(withoutParameters(error)) : "unknown";
    console.warn(JSON.stringify({ ...failed, reason }));
  });
  c.executionCtx.waitUntil(logged);
}
