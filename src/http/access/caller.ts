/**
 * Whoever sent a request, as the application knows them; the language in which they read items; and who may ask what
 * an answer stands on.
 */
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { setMetric } from "hono/timing";
import type { Caller } from "../../application/caller.ts";
import { lookUpLanguage } from "../../shared/language.ts";
import type { Problem } from "../../shared/problem.ts";
import type { AppEnv } from "../app-env.ts";
import { readContributor } from "./contributor.ts";
import { refuseOneMore } from "./limit-requests.ts";
import { findRefusal } from "./require-access.ts";

/**
 * Chooses among `languages`, and says so in `Content-Language`; undefined where the reader asks for none of them: items then
 * go by their own names. Caches must keep the answers apart either way.
 */
export function chooseLanguage(c: Context<AppEnv>, languages: readonly string[]): string | undefined {
  c.header("vary", "Accept-Language", { append: true });
  const chosen = accepts(c, {
    header: "Accept-Language",
    supports: [...languages],
    default: "",
    match: (ranges, { supports }) => {
      const wanted = ranges.filter(({ q }) => q > 0).map(({ type }) => lookUpLanguage(type, supports));
      return wanted.find((tag) => tag !== undefined) ?? "";
    },
  });
  if (chosen === "") return undefined;
  c.header("content-language", chosen);
  return chosen;
}

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

/** Says why the caller may not see an explanation, which shows what the list of examples shows; null where they may. */
export function refuseExplanation(c: Context<AppEnv>): Problem | null {
  return findRefusal(c, { method: "GET", path: "/v1/admin/examples" });
}
