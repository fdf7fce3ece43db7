/** `GET /v1/menu`: what a client needs before it sends a photo or a text. */
import type { Caller } from "../../application/caller.ts";
import { keepsPictures } from "../../config.ts";
import { menuOperations } from "../../operations/menu.ts";
import type { Services } from "../../services.ts";
import { collectLanguages, nameIn } from "../../shared/language.ts";
import { ok } from "../../shared/result.ts";
import { listMenu } from "../../store/menu/menu.ts";
import { callerOf } from "../access/caller.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";

/** Asking for it warms the backbone up, since a sample is about to follow. */
export const menuHandlers = [
  serve(menuOperations.readMenu, async (c) => {
    const services = c.get("services");
    const { db, readServedHead, clock, config } = services;
    const [items, served, modality] = await Promise.all([
      readItems(services, callerOf(c)),
      readServedHead(db, clock()),
      findModality(services),
    ]);
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

/** The items as whoever reads should see them, in the order of the menu. */
export async function readItems({ db }: Services, { chooseLanguage }: Caller) {
  const items = await listMenu(db);
  const language = chooseLanguage(collectLanguages(items.map(({ names }) => names)));
  return items.map(({ id, name, names, description, aliases }) => {
    return { id, name: nameIn(language, name, names), description, aliases };
  });
}
