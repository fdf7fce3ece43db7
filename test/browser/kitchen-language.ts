/** The kitchen in a language other than English: entering it, and finding what still speaks another one. */
import type { BrowserContextOptions, Page } from "playwright-core";
import type { DevServer } from "../../cli/dev-server.ts";
import { DESKTOP, PHONE } from "./chromium.ts";
import { type PlacePath, waitForPlace } from "./kitchen-steps.ts";

export const RUSSIAN_DESKTOP = { ...DESKTOP, locale: "ru-RU" } satisfies BrowserContextOptions;
export const RUSSIAN_PHONE = { ...PHONE, locale: "ru-RU" } satisfies BrowserContextOptions;

/** Signs in without a word of any language, and waits until the place is filled: before that no button does anything. */
export async function enterKitchen(page: Page, server: DevServer, place: PlacePath = "/admin"): Promise<void> {
  await page.goto(server.url + place);
  await page.locator("#token").fill(server.adminToken);
  await page.locator("#token").press("Enter");
  await waitForPlace(page);
  await page.locator("#kitchen .skeleton").first().waitFor({ state: "detached" });
}

/**
 * Words in Latin letters, of two or more, that are shown or read out under `selector` and are not in `known`: names of items,
 * of files, of keys. What stands in `code` is meant literally.
 */
export async function findForeignWords(page: Page, selector: string, known: readonly string[]): Promise<string[]> {
  const words = (await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})].flatMap((root) => {
    const isShown = (element) => element.checkVisibility() && element.closest("code") === null;
    const spoken = [root, ...root.querySelectorAll("*")].filter(isShown).flatMap((element) => [
      ...["aria-label", "placeholder", "title", "alt"].map((name) => element.getAttribute(name) ?? ""),
      ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data),
    ]);
    // A photo goes by the beginning of its SHA-256.
    const words = spoken.map((text) => text.replace(/\\b(?=[0-9a-f]*[0-9])[0-9a-f]{8,}\\b/g, ""));
    return words.flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []);
  })`)) as string[];
  const allowed = new Set(["Headstart", ...known.flatMap((name) => name.match(/[A-Za-z]{2,}/g) ?? [])]);
  return [...new Set(words)].filter((word) => !allowed.has(word));
}
