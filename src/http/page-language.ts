/** The language of the pages that guests see: the best of ours for the browser's `Accept-Language`, by hono's detector. */
import type { Context, MiddlewareHandler } from "hono";
import { languageDetector } from "hono/language";
import type { Texts } from "../web/texts/en.ts";
import { findTexts, LANGUAGES } from "../web/texts/languages.ts";
import type { AppEnv } from "./app-env.ts";

/** Decides it for a request. Nothing is remembered: the browser says it each time. */
export function choosePageLanguage(): MiddlewareHandler {
  return languageDetector({
    order: ["header"],
    caches: false,
    supportedLanguages: LANGUAGES.map(({ tag }) => tag),
    fallbackLanguage: LANGUAGES[0].tag,
  });
}

/** The texts in the language of this request. */
export function readTexts(c: Context<AppEnv>): Texts {
  return findTexts(c.get("language"));
}

/** The headers of a page that speaks it. */
export function asPageInLanguage(c: Context<AppEnv>): Record<string, string> {
  return { "content-language": readTexts(c).tag, vary: "Accept-Language" };
}
