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
/** Turnstile's widget is a script and a frame of Cloudflare's. */
const POLICY_WITH_WIDGET = {
  ...CONTENT_SECURITY_POLICY,
  scriptSrc: [...CONTENT_SECURITY_POLICY.scriptSrc, TURNSTILE_ORIGIN],
  frameSrc: [TURNSTILE_ORIGIN],
};

/** For browsers too old for `frame-ancestors`: the same. */
const FRAMES = { xFrameOptions: "DENY" };

// Under `no-referrer` browsers post a page's forms with the origin `null`, like those of other sites.
const secure = secureHeaders({
  ...FRAMES,
  contentSecurityPolicy: CONTENT_SECURITY_POLICY,
  referrerPolicy: "same-origin",
});
const secureWithWidget = secureHeaders({
  ...FRAMES,
  contentSecurityPolicy: POLICY_WITH_WIDGET,
  referrerPolicy: "same-origin",
});

/** Only the guests' page may load Cloudflare's widget, and only where the deployment has one. */
export function secureAnswers(): MiddlewareHandler<AppEnv> {
  return async function secureAnswers(c, next) {
    await next();
    // Only now is it known how the deployment is set up, if it could be known at all.
    const hasWidget = c.req.path === "/" && (c.get("services")?.config.turnstile ?? null) !== null;
    await (hasWidget ? secureWithWidget : secure)(c, async () => {});
  };
}
