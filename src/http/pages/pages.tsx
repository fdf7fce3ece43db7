/** The pages people open, as HTML. Their scripts and styles are static files; the policy allows nothing else. */
import { type Context, Hono } from "hono";
import { FormPage } from "../../web/guests/form-page.tsx";
import { WritePage } from "../../web/guests/write-page.tsx";
import { AdminPage } from "../../web/kitchen/admin-page.tsx";
import type { PlaceName } from "../../web/kitchen/kitchen-places.ts";
import { findKitchenTexts } from "../../web/texts/kitchen/languages.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { asPageInLanguage, readsWhat, readTexts } from "./page-language.ts";

/** The guests' page and the places of the kitchen, in the language that the browser prefers. */
export const pageRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const texts = await readTexts(c);
    const siteKey = c.get("services").config.turnstile?.siteKey;
    if (!("box" in texts)) return c.html(<FormPage texts={texts} siteKey={siteKey} />, 200, asPageInLanguage(c));
    const { handsOnTo, languages } = await findModality(c.get("services"));
    const page = <WritePage texts={texts} siteKey={siteKey} handsOnTo={handsOnTo} languages={languages} />;
    return c.html(page, 200, asPageInLanguage(c));
  })
  .get("/admin", (c) => showPlace(c, "today"))
  .get("/admin/menu", (c) => showPlace(c, "menu"))
  .get("/admin/menu/:item", (c) => showPlace(c, "item"))
  .get("/admin/look", (c) => showPlace(c, "look"))
  .get("/admin/map", (c) => showPlace(c, "map"))
  .get("/admin/versions", (c) => showPlace(c, "versions"))
  .get("/admin/settings", (c) => showPlace(c, "settings"));

/** A frame without data: whether there is such an item is for its script to ask. */
async function showPlace(c: Context<AppEnv>, place: PlaceName): Promise<Response> {
  const { reads, handsOnTo } = await readsWhat(c.get("services"));
  const texts = findKitchenTexts(c.get("language"), reads === "texts");
  const page = <AdminPage texts={texts} visitor={c.get("role")} place={place} reads={reads} handsOnTo={handsOnTo} />;
  return c.html(page, 200, asPageInLanguage(c));
}
