/** The language of the pages that guests see: the best of ours for the browser's `Accept-Language`, by hono's detector. */
import type { Context, MiddlewareHandler } from "hono";
import { languageDetector } from "hono/language";
import { BackboneError } from "../../backbone/loader.ts";
import type { Services } from "../../services.ts";
import type { Texts } from "../../web/texts/en.ts";
import type { WritingTexts } from "../../web/texts/for-texts/en.ts";
import { findWritingTexts } from "../../web/texts/for-texts/languages.ts";
import { findTexts, LANGUAGES } from "../../web/texts/languages.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import type { Modality } from "../modality/modality.ts";

/** Decides it for a request. Nothing is remembered: the browser says it each time. */
export function choosePageLanguage(): MiddlewareHandler {
  return languageDetector({
    order: ["header"],
    caches: false,
    supportedLanguages: LANGUAGES.map(({ tag }) => tag),
    fallbackLanguage: LANGUAGES[0].tag,
  });
}

/** The texts in the language of this request, as they speak of what this deployment reads. */
export async function readTexts(c: Context<AppEnv>): Promise<Texts | WritingTexts> {
  const tag = c.get("language");
  return (await readsWhat(c.get("services"))).reads === "texts" ? findWritingTexts(tag) : findTexts(tag);
}

/** A page stands without a backbone too, as one for photos; what it then asks for says what is missing. */
export async function readsWhat(services: Services): Promise<Pick<Modality, "reads" | "handsOnTo">> {
  try {
    return await findModality(services);
  } catch (cause) {
    if (cause instanceof BackboneError) return { reads: "photos", handsOnTo: null };
    throw cause;
  }
}

/** The headers of a page that speaks it. */
export function asPageInLanguage(c: Context<AppEnv>): Record<string, string> {
  return { "content-language": c.get("language"), vary: "Accept-Language" };
}
