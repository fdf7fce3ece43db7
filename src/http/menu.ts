/** `GET /v1/menu`: what a client needs before it sends a photo or a text. */

import type { Context } from "hono";
import { keepsPictures } from "../config.ts";
import { menuOperations } from "../operations/menu.ts";
import { collectLanguages, nameIn } from "../shared/language.ts";
import { ok } from "../shared/result.ts";
import { listMenu } from "../store/menu.ts";
import type { AppEnv } from "./app-env.ts";
import { chooseLanguage } from "./item-language.ts";
import { findModality } from "./modality/find-modality.ts";
import { serve } from "./serve.ts";

/** Asking for it warms the backbone up, since a sample is about to follow. */
export const menuHandlers = [
  serve(menuOperations.readMenu, async (c) => {
    const { db, readServedHead, clock, config } = c.get("services");
    const [items, served, modality] = await Promise.all([readItems(c), readServedHead(db, clock()), findModality(c)]);
    c.executionCtx.waitUntil(modality.warmUp());
    const { reads, limits, handsOnTo } = modality;
    // The key is public: what shows the check on a page of another site needs it.
    const humanCheck = config.turnstile === null ? null : { siteKey: config.turnstile.siteKey };
    return ok({
      items,
      headVersion: served?.version ?? null,
      reads,
      limits,
      handsOnTo,
      humanCheck,
      picturesKept: keepsPictures(config),
    });
  }),
];

/** The items as this request's reader should see them, in the order of the menu. */
export async function readItems(c: Context<AppEnv>) {
  const items = await listMenu(c.get("services").db);
  const language = chooseLanguage(c, collectLanguages(items.map(({ names }) => names)));
  return items.map(({ id, name, names, description, aliases }) => {
    return { id, name: nameIn(language, name, names), description, aliases };
  });
}
