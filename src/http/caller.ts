/** Whoever sent a request, as the application knows them. */
import type { Context } from "hono";
import { setMetric } from "hono/timing";
import type { Caller } from "../application/caller.ts";
import type { AppEnv } from "./app-env.ts";
import { readContributor } from "./contributor.ts";
import { chooseLanguage } from "./item-language.ts";
import { refuseOneMore } from "./middleware/limit-requests.ts";

/** What reaches them beside the answer goes into this request's context. */
export function callerOf(c: Context<AppEnv>): Caller {
  return {
    role: c.get("role"),
    identity: c.get("identity"),
    actor: c.get("actor"),
    readContributor: () => readContributor(c),
    chooseLanguage: (languages) => chooseLanguage(c, languages),
    refuseOneMore: () => refuseOneMore(c),
    keepAlive: (work) => c.executionCtx.waitUntil(work),
    noteUnsure: (answer) => c.set("unsure", [...(c.get("unsure") ?? []), answer]),
    showTime: (step, ms) => setMetric(c, step, ms),
  };
}
