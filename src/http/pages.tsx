/** The pages people open, as HTML. Their scripts and styles are static files; the policy allows nothing else. */
import { Hono } from "hono";
import { AdminPage } from "../web/admin-page.tsx";
import { FormPage } from "../web/form-page.tsx";
import { findKitchenTexts } from "../web/texts/kitchen/languages.ts";
import type { AppEnv } from "./app-env.ts";
import { asPageInLanguage, readTexts } from "./page-language.ts";

export const pageRoutes = new Hono<AppEnv>()
  .get("/", (c) =>
    c.html(
      <FormPage texts={readTexts(c)} siteKey={c.get("services").config.turnstile?.siteKey} />,
      200,
      asPageInLanguage(c),
    ),
  )
  .get("/admin", (c) =>
    c.html(<AdminPage texts={findKitchenTexts(readTexts(c).tag)} visitor={c.get("role")} />, 200, asPageInLanguage(c)),
  );
