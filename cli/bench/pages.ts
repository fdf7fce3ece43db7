/** `npm run bench -- pages`: how soon the pages are painted, what they weigh and how long they are, in Chromium on the dev server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { DESKTOP, hasBrowser, launchBrowser, openPage, PHONE } from "../../test/browser/chromium.ts";
import { countUp, createSeeder } from "../../test/browser/kitchen-seed.ts";
import { signIn } from "../../test/browser/kitchen-steps.ts";
import { PHOTO_KINDS } from "../../test/support/photos.ts";
import { type DevServer, startDevServer } from "../dev-server.ts";
import { CommandError } from "../shared/command.ts";
import { type LoadedPage, loadPage, type PageLoad } from "./page-load.ts";
import { median } from "./quantile.ts";

/** As many as a verdict on an item takes. */
const PHOTOS_PER_ITEM = 12;
const WINDOWS = { phone: PHONE, desktop: DESKTOP };

/** The medians of a page's loads in one window. */
export interface PageFigures extends PageLoad {
  readonly page: string;
  readonly window: string;
  readonly loads: number;
}

export function createPagesBench(): Command {
  return new Command("pages")
    .description("largest contentful paint, bytes and height of the guests' page and of every place of the kitchen")
    .option("--loads <n>", "loads of each page in each window", Number, 11)
    .option("--items <n>", "items on the menu", Number, 3)
    .option("--json", "print one JSON object")
    .action(async ({ loads, items, json }: { loads: number; items: number; json?: boolean }) => {
      const figures = await measurePages(loads, items);
      console.log(json ? JSON.stringify({ pages: figures }, null, 2) : describePages(figures));
    });
}

/** Loads every page in every window in turn, after one load of each that does not count. Throws `CommandError` without Chromium. */
export async function measurePages(loads: number, items: number): Promise<PageFigures[]> {
  if (!Number.isInteger(loads) || loads < 1) throw new CommandError("--loads is not a whole number from 1 on.");
  if (!Number.isInteger(items) || items < 2) throw new CommandError("--items is not a whole number from 2 on.");
  if (!hasBrowser()) throw new CommandError("Install Chromium, or say where it is with CHROMIUM_PATH.");
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-pages-"));
  const server = await startDevServer({ dataDir, quiet: true });
  const browser = await launchBrowser();
  try {
    await teach(server, items);
    return await measure(browser, await listCases(browser, server), loads);
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** With more items than kinds of drawings, some look alike; a page does not care. */
async function teach(server: DevServer, items: number): Promise<void> {
  const seeder = createSeeder(server);
  for (const item of countUp(0, items)) {
    const kind = PHOTO_KINDS[item % PHOTO_KINDS.length];
    await seeder.teach(nameItem(item), kind, countUp(PHOTOS_PER_ITEM * item, PHOTOS_PER_ITEM));
  }
  await seeder.ask("/training-runs", {});
}

function nameItem(item: number): string {
  return `Item ${item + 1}`;
}

/** The places of the kitchen by their paths, signed in, each with what its reader comes for. */
const KITCHEN: Readonly<Record<string, LoadedPage["waitUntilShown"]>> = {
  "/admin": (shown) => shown.locator("#overview-figures:not([aria-busy])").waitFor(),
  "/admin/menu": (shown) => shown.getByRole("article", { name: nameItem(0), exact: true }).waitFor(),
  "/admin/menu/item_1": (shown) => shown.getByRole("article", { name: nameItem(0), exact: true }).waitFor(),
  "/admin/versions": (shown) => shown.getByRole("heading", { name: "Version 1", exact: true }).waitFor(),
  "/admin/settings": (shown) => shown.getByText("No key yet.").waitFor(),
};

interface Case {
  readonly page: string;
  readonly window: string;
  readonly options: BrowserContextOptions;
  readonly loaded: LoadedPage;
}

async function listCases(browser: Browser, { url, adminToken }: DevServer): Promise<Case[]> {
  const { page } = await openPage(browser, DESKTOP);
  await signIn(page, url, adminToken);
  const storageState = await page.context().storageState();
  await page.context().close();
  const form: LoadedPage = {
    url: `${url}/`,
    waitUntilShown: (shown) => shown.getByText("On the menu").waitFor(),
  };
  return Object.entries(WINDOWS).flatMap(([window, options]) => [
    { page: "`/`", window, options, loaded: form },
    ...Object.entries(KITCHEN).map(([path, waitUntilShown]) => ({
      page: `\`${path}\``,
      window,
      options: { ...options, storageState },
      loaded: { url: `${url}${path}`, waitUntilShown },
    })),
  ]);
}

async function measure(browser: Browser, cases: readonly Case[], loads: number): Promise<PageFigures[]> {
  const all = cases.map((): PageLoad[] => []);
  for (let round = 0; round <= loads; round++) {
    for (const [i, { options, loaded }] of cases.entries()) {
      const load = await loadPage(browser, options, loaded);
      if (round > 0) all[i]?.push(load);
    }
  }
  return cases.map(({ page, window }, i) => ({ page, window, loads, ...takeMedians(all[i] ?? []) }));
}

function takeMedians(loads: readonly PageLoad[]): PageLoad {
  return {
    lcpMs: median(loads.map(({ lcpMs }) => lcpMs)),
    bytes: median(loads.map(({ bytes }) => bytes)),
    gzipBytes: median(loads.map(({ gzipBytes }) => gzipBytes)),
    requests: median(loads.map(({ requests }) => requests)),
    heightPx: median(loads.map(({ heightPx }) => heightPx)),
  };
}

/** A table in Markdown. */
export function describePages(figures: readonly PageFigures[]): string {
  const rows = figures.map(({ page, window, lcpMs, bytes, gzipBytes, requests, heightPx }) => {
    const kilobytes = [bytes, gzipBytes].map((count) => (count / 1_000).toFixed(1));
    return `| ${[page, window, Math.round(lcpMs), ...kilobytes, requests, heightPx].join(" | ")} |`;
  });
  return [
    "| page | window | LCP, ms | transferred, KB | bodies with gzip, KB | requests | height, px |",
    "|---|---|--:|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}
