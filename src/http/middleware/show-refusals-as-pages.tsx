/**
 * A form that was posted without script is answered by a page, whatever refuses it: the handler, the gate, the access table
 * or the check of its origin. All of them speak in problems; this turns one into a page in plain words, with its status.
 */
import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { RefusalPage } from "../../web/notice-page.tsx";
import type { AppEnv } from "../app-env.ts";
import { asPageInLanguage, readTexts } from "../page-language.ts";

const problemBody = z.object({ code: z.string() });

export function showRefusalsAsPages(): MiddlewareHandler<AppEnv> {
  return async function showRefusalsAsPages(c, next) {
    await next();
    if (c.req.method !== "POST" || c.req.path.startsWith("/v1/")) return;
    if (c.res.headers.get("content-type") !== "application/problem+json") return;
    const { code } = problemBody.parse(await c.res.json());
    const { status, headers } = c.res;
    const kept = new Headers({
      ...Object.fromEntries(headers),
      ...asPageInLanguage(c),
      "content-type": "text/html; charset=UTF-8",
    });
    const page = await (<RefusalPage texts={readTexts(c)} code={code} />).toString();
    c.res = undefined;
    c.res = new Response(page, { status, headers: kept });
  };
}
