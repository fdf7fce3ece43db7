/** The pages people open, as HTML. Their scripts and styles are static files; the policy allows nothing else. */
import { Hono } from "hono";
import { AdminPage } from "../web/admin-page.tsx";
import { FormPage } from "../web/form-page.tsx";
import { findKitchenTexts } from "../web/texts/kitchen/languages.ts";
import { WritePage } from "../web/write-page.tsx";
import type { AppEnv } from "./app-env.ts";
import { asPageInLanguage, readsTexts, readTexts } from "./page-language.ts";

/** The guests' page and the kitchen, in the language that the browser prefers. */
export const pageRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const texts = await readTexts(c);
    const siteKey = c.get("services").config.turnstile?.siteKey;
    const page =
      "box" in texts ? <WritePage texts={texts} siteKey={siteKey} /> : <FormPage texts={texts} siteKey={siteKey} />;
    return c.html(page, 200, asPageInLanguage(c));
  })
  .get("/admin", async (c) => {
    const reads = (await readsTexts(c)) ? "texts" : "photos";
    const texts = findKitchenTexts(c.get("language"), reads === "texts");
    return c.html(<AdminPage texts={texts} visitor={c.get("role")} reads={reads} />, 200, asPageInLanguage(c));
  });
