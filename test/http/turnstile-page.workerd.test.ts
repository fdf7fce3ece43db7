/** How a deployment with Turnstile is set up, and what that makes of the guests' page. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { fakeSiteverify, SECRET, SITE_KEY } from "../support/fake-siteverify.ts";
import { type Answer, send } from "../support/worker-client.ts";

const withWidget = (path: string) => send(path, {}, fakeSiteverify().bindings);

describe("the page", () => {
  const policyOf = ({ headers }: Answer) => headers.get("content-security-policy");
  const PLAIN_POLICY =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; " +
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  it("has the widget and may load it, and no other page does", async () => {
    const page = await withWidget("/");
    expect(page.body.text).toContain(`<div id="human-check" data-sitekey="${SITE_KEY}"></div>`);
    expect(page.body.text).toMatch(
      /<script [^>]*src="https:\/\/challenges\.cloudflare\.com\/turnstile\/v0\/api\.js\?render=explicit"/,
    );
    expect(page.body.text).not.toContain(SECRET);
    expect(policyOf(page)).toBe(
      PLAIN_POLICY.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' https://challenges.cloudflare.com").concat(
        "; frame-src https://challenges.cloudflare.com",
      ),
    );
    for (const path of ["/admin", "/thanks", "/v1/menu"]) {
      const other = await withWidget(path);
      expect(`${policyOf(other)} ${JSON.stringify(other.body)}`).not.toMatch(/challenges|turnstile|human-check/);
    }
  });

  it("is what it was where Turnstile is off: its own bytes and headers", async () => {
    const [on, off] = [await withWidget("/"), await send("/")];
    expect(policyOf(off)).toBe(PLAIN_POLICY);
    expect(off.body.text).not.toMatch(/challenges|turnstile|human-check/i);
    const widget =
      /<div id="human-check".*?<\/div>|<script id="human-check-script".*?<\/script>|<p class="[^"]*">This page checks.*?<\/p>/g;
    expect(String(on.body.text).match(widget)).toHaveLength(3);
    expect(String(on.body.text).replaceAll(widget, "")).toBe(off.body.text);
    const others = ({ headers }: Answer) =>
      [...headers].filter(([name]) => !/^(x-request-id|content-security-policy)$/.test(name));
    expect(others(on)).toEqual(others(off));
  });
});

describe("half a configuration", () => {
  it.each([
    ["TURNSTILE_SITE_KEY", "set both or neither", { TURNSTILE_SECRET: "" }],
    ["TURNSTILE_SITE_KEY", "set both or neither", { TURNSTILE_SITE_KEY: "" }],
    ["TURNSTILE_SITE_KEY", "is no key", { TURNSTILE_SITE_KEY: "<the widget's site key>" }],
    ["TURNSTILE_SECRET", "is no key", { TURNSTILE_SECRET: "s p a c e s !" }],
  ])("stops the Worker with a message: %s %s", async (name, words, vars) => {
    const bindings = { ...env, TURNSTILE_SITE_KEY: SITE_KEY, TURNSTILE_SECRET: SECRET, ...vars };
    const answer = await send("/v1/menu", {}, bindings);
    expect(answer).toMatchObject({ status: 500, body: { code: "misconfigured" } });
    expect(answer.body.detail).toContain(name);
    expect(answer.body.detail).toContain(words);
    expect(answer.body.detail).not.toContain(SECRET);
  });
});
