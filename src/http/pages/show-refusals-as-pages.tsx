/**
 * A browser that asks for a page gets one, whatever refuses its request: a form that was posted without script, an address that does not exist.
 * The handler, the gate, the access table and the check of the origin all speak in problems; this turns one into a page in
 * plain words, with its status. The API under `/v1` answers in JSON, to browsers too.
 */
import type { HonoRequest, MiddlewareHandler } from "hono";
import { z } from "zod";
import { LostPage, RefusalPage } from "../../web/guests/notice-page.tsx";
import type { AppEnv } from "../app-env.ts";
import { asPageInLanguage, readTexts } from "./page-language.ts";

/** Codes of an address where there is no page. */
const LOST_CODES = new Set(["not_found", "method_not_allowed"]);

const problemBody = z.object({ code: z.string() });

/** A form that is posted, or what a browser opens as a page; `curl` and programs do not name HTML. */
function asksForPage(request: HonoRequest): boolean {
  if (request.path.startsWith("/v1/")) return false;
  return (
    request.method === "POST" || (request.method === "GET" && /\btext\/html\b/i.test(request.header("accept") ?? ""))
  );
}

/** Keeps the problem's status. Requests that do not ask for HTML get the problem as it is. */
export function showRefusalsAsPages(): MiddlewareHandler<AppEnv> {
  return async function showRefusalsAsPages(c, next) {
    await next();
    if (!asksForPage(c.req)) return;
    if (c.res.headers.get("content-type") !== "application/problem+json") return;
    const { code } = problemBody.parse(await c.res.json());
    const { status, headers } = c.res;
    const kept = new Headers({
      ...Object.fromEntries(headers),
      ...asPageInLanguage(c),
      "content-type": "text/html; charset=UTF-8",
    });
    const texts = await readTexts(c);
    const page = await (LOST_CODES.has(code) ? (
      <LostPage texts={texts} />
    ) : (
      <RefusalPage texts={texts} code={code} />
    )).toString();
    c.res = undefined;
    c.res = new Response(page, { status, headers: kept });
  };
}
