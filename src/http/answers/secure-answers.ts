/** The security headers of every answer. Pages run what this deployment serves and nothing inline; the form may do a little more. */
import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { AppEnv } from "../app-env.ts";

/** The form may compile wasm, which it does when a guest wants the photo to stay on the device; nothing else may. */
function allowWasmOnForm(c: Context): string {
  return c.req.path === "/" ? "'wasm-unsafe-eval'" : "";
}

const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'", allowWasmOnForm],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "data:", "blob:"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const TURNSTILE_ORIGIN = "https://challenges.cloudflare.com";
/** Guests' pages, which a site may frame where the operator says so. The kitchen never: a click there could be stolen. */
const GUEST_PAGES: readonly string[] = ["/", "/reply", "/suggest", "/thanks"];

/** How the headers of one page differ from those of all others. */
interface PageNeeds {
  /** Turnstile's widget is a script and a frame of Cloudflare's. */
  readonly hasWidget: boolean;
  readonly frameOrigins: readonly string[];
}

function secure({ hasWidget, frameOrigins }: PageNeeds): MiddlewareHandler {
  const widget = hasWidget
    ? { scriptSrc: [...CONTENT_SECURITY_POLICY.scriptSrc, TURNSTILE_ORIGIN], frameSrc: [TURNSTILE_ORIGIN] }
    : {};
  const isFramed = frameOrigins.length > 0;
  return secureHeaders({
    // For browsers too old for `frame-ancestors`; it knows no list of origins.
    xFrameOptions: isFramed ? false : "DENY",
    contentSecurityPolicy: {
      ...CONTENT_SECURITY_POLICY,
      ...widget,
      ...(isFramed && { frameAncestors: ["'self'", ...frameOrigins] }),
    },
    // Under `no-referrer` browsers post a page's forms with the origin `null`, like those of other sites.
    referrerPolicy: "same-origin",
  });
}

const secureUsually = secure({ hasWidget: false, frameOrigins: [] });

/** Only the guests' page may load Cloudflare's widget, and only where the deployment has one; only guests' pages may be framed. */
export function secureAnswers(): MiddlewareHandler<AppEnv> {
  return async function secureAnswers(c, next) {
    await next();
    // Only now is it known how the deployment is set up, if it could be known at all.
    const config = c.get("services")?.config;
    const hasWidget = c.req.path === "/" && (config?.turnstile ?? null) !== null;
    const frameOrigins = GUEST_PAGES.includes(c.req.path) ? (config?.frameOrigins ?? []) : [];
    const isUsual = !hasWidget && frameOrigins.length === 0;
    await (isUsual ? secureUsually : secure({ hasWidget, frameOrigins }))(c, async () => {});
  };
}
