/** The language in which an answer names items: the reader's `Accept-Language` against the translations that there are. */
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { lookUpLanguage } from "../shared/language.ts";
import type { AppEnv } from "./app-env.ts";

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
