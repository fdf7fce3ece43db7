/** Brings what the head was unsure of into the pool, when the answer has been made and where the operator has opened one. */
import type { Context, MiddlewareHandler } from "hono";
import type { UnsureAnswer } from "../../store/pooled-samples.ts";
import type { AppEnv } from "../app-env.ts";
import { writeBesideAnswer } from "../beside-answer.ts";
import { readContributor } from "../contributor.ts";

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
