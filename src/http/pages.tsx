/** The pages people open, as HTML. Their scripts and styles are static files; the policy allows nothing else. */
import { Hono } from "hono";
import { AdminPage } from "../web/admin-page.tsx";
import { FormPage } from "../web/form-page.tsx";
import type { AppEnv } from "./app-env.ts";
import { asGuestPage, readTexts } from "./guest-texts.ts";

export const pageRoutes = new Hono<AppEnv>()
  .get("/", (c) =>
    c.html(
      <FormPage texts={readTexts(c)} siteKey={c.get("services").config.turnstile?.siteKey} />,
      200,
      asGuestPage(c),
    ),
  )
  .get("/admin", (c) => c.html(<AdminPage visitor={c.get("role")} />));
