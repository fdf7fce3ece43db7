/** What a page weighs with all that it loads at first, compressed as a server would send it. */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";

export interface PageWeight {
  readonly bytes: number;
  /** The addresses of its scripts, style sheets and pictures; nothing that the API answered. */
  readonly assets: readonly string[];
}

export async function weighPage(page: Page): Promise<PageWeight> {
  const names = await page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
  const assets = Array.isArray(names) ? names.map(String).filter((name) => !name.includes("/v1/")) : [];
  const bodies = assets.map(async (asset) => Buffer.from(await (await fetch(asset)).arrayBuffer()));
  // As it was sent, not as the script has filled it since.
  const html = await (await page.request.get(page.url())).body();
  const parts = [html, ...(await Promise.all(bodies))];
  return { bytes: parts.reduce((sum, part) => sum + gzipSync(part).length, 0), assets };
}
