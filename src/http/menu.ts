/** `GET /v1/menu`: what a client needs before it sends a photo or a text. */
import { type Context, Hono } from "hono";
import { collectLanguages, nameIn } from "../shared/language.ts";
import { listMenu } from "../store/menu.ts";
import { MAX_TEXT_CHARACTERS } from "../text/normalise-text.ts";
import type { AppEnv } from "./app-env.ts";
import { chooseLanguage } from "./item-language.ts";

/** Mounted at `/v1/menu`. Asking for it warms the backbone up, since a photo is about to follow. */
export const menuRoutes = new Hono<AppEnv>().get("/", async (c) => {
  const { db, config, readServedHead, loadEmbedder, clock } = c.get("services");
  const [items, served, embedder] = await Promise.all([readItems(c), readServedHead(db, clock()), loadEmbedder()]);
  c.executionCtx.waitUntil(embedder.warmUp()); // who asks for the menu is about to send a photo
  return c.json({
    items,
    headVersion: served?.version ?? null,
    ...(embedder.modality === "text"
      ? { reads: "texts", limits: { maxTextCharacters: MAX_TEXT_CHARACTERS } }
      : {
          reads: "photos",
          limits: {
            maxImageBytes: config.maxImageBytes,
            maxImagePixels: config.maxImagePixels,
            inputPixels: embedder.manifest.input.resizeShortSide,
          },
        }),
  });
});

/** The items as this request's reader should see them, in the order of the menu. */
export async function readItems(c: Context<AppEnv>) {
  const items = await listMenu(c.get("services").db);
  const language = chooseLanguage(c, collectLanguages(items.map(({ names }) => names)));
  return items.map(({ id, name, names, description, aliases }) => {
    return { id, name: nameIn(language, name, names), description, aliases };
  });
}
