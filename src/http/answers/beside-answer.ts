/** Writes that an answer does not wait for, or does not fail with. What fails is logged under its event, without the query's parameters. */
import type { Context, MiddlewareHandler } from "hono";
import { withoutParameters } from "../../store/database.ts";
import type { UnsureAnswer } from "../../store/pool/pooled-samples.ts";
import { readContributor } from "../access/contributor.ts";
import type { AppEnv } from "../app-env.ts";

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

/** Writes after the answer has been made; a failed write is logged and its counts are kept. */
export function bringCounts(): MiddlewareHandler<AppEnv> {
  return async function bringCounts(c, next) {
    await next();
    const { answerCounter, db, clock } = c.get("services");
    const now = clock();
    if (answerCounter.isDue(now)) writeBesideAnswer(c, answerCounter.flush(db, now), { event: "answers_not_counted" });
  };
}

/** Gathers what this request noted, and writes a batch when one is due. A failed write is logged, and its samples are kept for the next. */
export function poolAnswers(): MiddlewareHandler<AppEnv> {
  return async function poolAnswers(c, next) {
    await next();
    const { config, poolBuffer, clock } = c.get("services");
    if (config.pool.size === 0) return;
    const unsure = c.get("unsure") ?? [];
    if (unsure.length > 0 || poolBuffer.isDue(clock()))
      writeBesideAnswer(c, bring(c, unsure), { event: "answers_not_pooled" });
  };
}

async function bring(c: Context<AppEnv>, unsure: readonly UnsureAnswer[]): Promise<void> {
  const { config, db, poolBuffer, clock } = c.get("services");
  if (unsure.length > 0) {
    const contributor = await readContributor(c);
    for (const { copy, ...answer } of unsure)
      poolBuffer.add({ ...answer, contributor, preview: (await copy?.()) ?? null });
  }
  if (poolBuffer.isDue(clock())) await poolBuffer.flush(db, config.pool.size, clock());
}
