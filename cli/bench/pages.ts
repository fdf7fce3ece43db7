/** `npm run bench -- pages`: how soon the two pages are painted and what they weigh, in Chromium on the dev server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { DESKTOP, hasBrowser, launchBrowser, openPage, PHONE } from "../../test/browser/chromium.ts";
import { countUp, createSeeder } from "../../test/browser/kitchen-seed.ts";
import { signIn } from "../../test/browser/kitchen-steps.ts";
import { type DevServer, startDevServer } from "../dev-server.ts";
import { CommandError } from "../shared/command.ts";
import { type LoadedPage, loadPage, type PageLoad } from "./page-load.ts";
import { median } from "./quantile.ts";

const MENU = ["pepperoni", "hawaiian", "margherita"];
const PHOTOS_PER_ITEM = 6;
const WINDOWS = { phone: PHONE, desktop: DESKTOP };

/** The medians of a page's loads in one window. */
export interface PageFigures extends PageLoad {
  readonly page: string;
  readonly window: string;
  readonly loads: number;
}

export function createPagesBench(): Command {
  return new Command("pages")
    .description("largest contentful paint and bytes of / and /admin, on a phone and on a desktop")
    .option("--loads <n>", "loads of each page in each window", Number, 11)
    .option("--json", "print one JSON object")
    .action(async ({ loads, json }: { loads: number; json?: boolean }) => {
      const figures = await measurePages(loads);
      console.log(json ? JSON.stringify({ pages: figures }, null, 2) : describePages(figures));
    });
}

/** Loads every page in every window in turn, after one load of each that does not count. Throws `CommandError` without Chromium. */
export async function measurePages(loads: number): Promise<PageFigures[]> {
  if (!Number.isInteger(loads) || loads < 1) throw new CommandError("--loads is not a whole number from 1 on.");
  if (!hasBrowser()) throw new CommandError("Install Chromium, or say where it is with CHROMIUM_PATH.");
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-pages-"));
  const server = await startDevServer({ dataDir, quiet: true });
  const browser = await launchBrowser();
  try {
    await teach(server);
    return await measure(browser, await listCases(browser, server), loads);
  } finally {
    await browser.close();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function teach(server: DevServer): Promise<void> {
  const seeder = createSeeder(server);
  for (const kind of MENU) await seeder.teach(kind, kind, countUp(0, PHOTOS_PER_ITEM));
  await seeder.ask("/training-runs", {});
}

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
  const kitchen: LoadedPage = {
    url: `${url}/admin`,
    waitUntilShown: (shown) => shown.getByRole("article", { name: MENU[0], exact: true }).waitFor(),
  };
  return Object.entries(WINDOWS).flatMap(([window, options]) => [
    { page: "`/`", window, options, loaded: form },
    { page: "`/admin`, signed in", window, options: { ...options, storageState }, loaded: kitchen },
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
  };
}

/** A table in Markdown. */
export function describePages(figures: readonly PageFigures[]): string {
  const rows = figures.map(({ page, window, lcpMs, bytes, gzipBytes, requests }) => {
    const kilobytes = [bytes, gzipBytes].map((count) => (count / 1_000).toFixed(1));
    return `| ${[page, window, Math.round(lcpMs), ...kilobytes, requests].join(" | ")} |`;
  });
  return [
    "| page | window | LCP, ms | transferred, KB | bodies with gzip, KB | requests |",
    "|---|---|--:|--:|--:|--:|",
    ...rows,
  ].join("\n");
}
