/** Looks at a state of the guests' page: photographs it, and expects it to fit its window, to speak its language, to have no barrier. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { Texts } from "../../src/web/texts/en.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, openPage } from "./chromium.ts";

export async function inspectGuestPage(page: Page, texts: Texts, name: string): Promise<void> {
  expect(await page.evaluate("document.documentElement.lang")).toBe(texts.tag);
  expect(await captureState(page, `${name}-${texts.tag}`)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
}

/** axe itself is a script, so a page without one is set up once more, as it is, where scripts may run. */
export async function inspectPlainPage(
  browser: Browser,
  page: Page,
  options: BrowserContextOptions,
  texts: Texts,
  name: string,
): Promise<void> {
  const html = (await page.content()).replace(/<script[^>]*><\/script>/g, "").replace(/<\/?noscript>/g, "");
  const copy = await openPage(browser, options);
  await copy.page.route("**/plain-copy", (route) =>
    route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }),
  );
  await copy.page.goto(new URL("/plain-copy", page.url()).href);
  await inspectGuestPage(copy.page, texts, name);
  await copy.page.context().close();
}
