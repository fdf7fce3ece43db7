/** Brings what the isolate has counted of its answers to the database, beside whatever request comes when that is due. */
import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../app-env.ts";
import { writeBesideAnswer } from "../beside-answer.ts";

/** Writes after the answer has been made; a failed write is logged and its counts are kept. */
export function bringCounts(): MiddlewareHandler<AppEnv> {
  return async function bringCounts(c, next) {
    await next();
    const { answerCounter, db, clock } = c.get("services");
    const now = clock();
    if (answerCounter.isDue(now)) writeBesideAnswer(c, answerCounter.flush(db, now), { event: "answers_not_counted" });
  };
}
