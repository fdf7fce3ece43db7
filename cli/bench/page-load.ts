/**
 * One load of a page by a visitor who has never been there, in Chromium: when its largest content was painted, and what came
 * over the wire for it.
 */
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page, Response } from "playwright-core";
import { openPage } from "../../test/browser/chromium.ts";

export interface PageLoad {
  /** Largest Contentful Paint in ms since the navigation began: the last one that the browser reported. */
  readonly lcpMs: number;
  /** Bytes of all answers as they came, with their headers. */
  readonly bytes: number;
  /** Bytes of their bodies compressed one by one with gzip, as a server does that compresses. */
  readonly gzipBytes: number;
  readonly requests: number;
  /** The whole page, in CSS pixels. */
  readonly heightPx: number;
}

export interface LoadedPage {
  readonly url: string;
  /** Resolves when the page shows what people come for. */
  readonly waitUntilShown: (page: Page) => Promise<void>;
}

/** Runs before the page's own script. */
const WATCH_PAINTS = `
  globalThis.lastPaintMs = null;
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) globalThis.lastPaintMs = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
`;

/** Loads it in a context of its own, with an empty cache. Throws when an answer is a refusal or nothing was painted. */
export async function loadPage(
  browser: Browser,
  options: BrowserContextOptions,
  { url, waitUntilShown }: LoadedPage,
): Promise<PageLoad> {
  const { page } = await openPage(browser, options);
  try {
    const responses: Response[] = [];
    page.on("response", (response) => responses.push(response));
    await page.addInitScript(WATCH_PAINTS);
    await page.goto(url, { waitUntil: "networkidle" });
    await waitUntilShown(page);
    const lcpMs = await page.evaluate("lastPaintMs");
    if (typeof lcpMs !== "number") throw new Error(`${url} painted nothing that Chromium reports`);
    const heightPx = Number(await page.evaluate("document.documentElement.scrollHeight"));
    const weights = await Promise.all(responses.map(weigh));
    return {
      lcpMs,
      bytes: sum(weights.map(({ bytes }) => bytes)),
      gzipBytes: sum(weights.map(({ gzipBytes }) => gzipBytes)),
      requests: weights.length,
      heightPx,
    };
  } finally {
    await page.context().close();
  }
}

async function weigh(response: Response): Promise<{ bytes: number; gzipBytes: number }> {
  if (!response.ok()) throw new Error(`${response.url()} was answered with ${response.status()}`);
  const { responseBodySize, responseHeadersSize } = await response.request().sizes();
  return { bytes: responseBodySize + responseHeadersSize, gzipBytes: gzipSync(await response.body()).length };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
