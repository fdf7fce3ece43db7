/**
 * `npm run bench -- look`: an item of a thousand pictures as a grid, in Chromium on the dev server: how soon it is there, how many pictures that takes, and
 * how soon it paints after what staff do.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Browser, Page } from "playwright-core";
import { DESKTOP, hasBrowser, launchBrowser, openPage, PHONE } from "../../test/browser/chromium.ts";
import { createSeeder } from "../../test/browser/kitchen-seed.ts";
import { signIn } from "../../test/browser/kitchen-steps.ts";
import { openLocalDatabase, writeLabels } from "../../test/support/local-database.ts";
import { createRandom } from "../../test/support/random.ts";
import { type DevServer, type DevServerOptions, startDevServer } from "../dev-server.ts";
import { CommandError } from "../shared/command.ts";
import { takeSlowest, watchInteractions } from "./interactions/watch-interactions.ts";
import { median } from "./quantile.ts";

/** Pictures that the server really made; the others are copies of them. */
const REAL_PICTURES = 40;
const WINDOWS = [
  { window: "desktop", options: DESKTOP, slowdown: 1 },
  { window: "phone", options: PHONE, slowdown: 4 },
] as const;

const POLL_MS = 10;

/** One figure in one window, of every round. */
interface LookFigure {
  readonly window: string;
  readonly what: string;
  readonly values: readonly number[];
}

interface LookOptions {
  readonly rounds: number;
  readonly pictures: number;
}

export function createLookBench(): Command {
  return new Command("look")
    .description("a grid of an item's pictures: how soon it shows, and interaction to next paint")
    .option("--rounds <n>", "how often everything is done in each window", Number, 3)
    .option("--pictures <n>", "pictures of the item", Number, 1_000)
    .option("--json", "print one JSON object")
    .action(async ({ json, ...options }: LookOptions & { json?: boolean }) => {
      const figures = await measureLook(options);
      console.log(json ? JSON.stringify({ figures }, null, 2) : describeLook(figures));
    });
}

/** Throws `CommandError` without Chromium, and for numbers that make no sense. */
export async function measureLook({ rounds, pictures }: LookOptions): Promise<LookFigure[]> {
  if (!Number.isInteger(rounds) || rounds < 1) throw new CommandError("--rounds is not a whole number from 1 on.");
  if (!Number.isInteger(pictures) || pictures < 2 * REAL_PICTURES) {
    throw new CommandError(`--pictures is not a whole number from ${2 * REAL_PICTURES} on.`);
  }
  if (!hasBrowser()) throw new CommandError("Install Chromium, or say where it is with CHROMIUM_PATH.");
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-look-"));
  const server = await startPicturedKitchen(folder, pictures);
  const browser = await launchBrowser();
  try {
    const found: LookFigure[] = [];
    for (let turn = 0; turn < rounds * WINDOWS.length; turn++) {
      found.push(...(await lookOnce(browser, server, WINDOWS[turn % WINDOWS.length], pictures)));
    }
    const groups = Map.groupBy(found, ({ window, what }) => `${window} ${what}`);
    return [...groups.values()].map((group) => ({ ...group[0], values: group.flatMap(({ values }) => values) }));
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Two items, the first with so many pictured photos. */
async function startPicturedKitchen(dataDir: string, pictures: number): Promise<DevServer> {
  const options: DevServerOptions = { dataDir, quiet: true, vars: { KEEP_PICTURES: "thumbnails" } };
  const empty = await startDevServer(options);
  try {
    const seeder = createSeeder(empty);
    await seeder.teach(
      "Pepperoni",
      "pepperoni",
      Array.from({ length: REAL_PICTURES }, (_, i) => i),
    );
    await seeder.teach("Hawaiian", "hawaiian", [0, 1]);
  } finally {
    await empty.stop();
  }
  const db = openLocalDatabase(dataDir);
  try {
    const rows = db.prepare("SELECT backbone_id AS backbone, embedding FROM examples LIMIT 1").get();
    const dimension = Buffer.from(String(rows?.embedding), "base64").length;
    const batch = { classId: "pepperoni", kind: 0, count: pictures - REAL_PICTURES, dimension };
    db.exec("BEGIN");
    const photos = writeLabels(db, { ...batch, backboneId: String(rows?.backbone) }, createRandom("a grid"));
    const previews = db.prepare("SELECT preview FROM pictures").all();
    const insert = db.prepare("INSERT INTO pictures (sample_id, preview) VALUES (?, ?)");
    for (const [i, photo] of photos.entries()) insert.run(photo, String(previews[i % previews.length]?.preview));
    db.exec("COMMIT");
  } finally {
    db.close();
  }
  return startDevServer(options);
}

async function lookOnce(
  browser: Browser,
  server: DevServer,
  { window, options, slowdown }: (typeof WINDOWS)[number],
  pictures: number,
): Promise<LookFigure[]> {
  const { page } = await openPage(browser, options);
  try {
    await watchInteractions(page);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const figures: LookFigure[] = [];
    const note = (what: string, value: number) => figures.push({ window, what, values: [value] });
    const act = async (what: string, run: () => Promise<unknown>) => {
      await run();
      note(`${what}, ms to the next paint`, await takeSlowest(page));
    };
    const opened = performance.now();
    await page.goto(`${server.url}/admin/look?item=pepperoni`, { waitUntil: "commit" });
    await until(page, "document.querySelector('.tile-picture')?.complete === true");
    note("first picture shows, ms", Math.round(performance.now() - opened));
    await page.waitForLoadState("networkidle");
    note("pictures fetched by then", await countFetched(page));
    await page.locator(".tile").first().focus();
    await act("walk by arrow keys", () => pressEach(page, ["ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"]));
    const loading = performance.now();
    await loadAll(page, pictures);
    note("all tiles are there, ms", Math.round(performance.now() - loading));
    note("pictures fetched then", await countFetched(page));
    await act("walk among all of them", () => pressEach(page, ["Home", "ArrowDown", "PageDown", "End", "ArrowUp"]));
    await act("select one", () => page.keyboard.press("Space"));
    await act("extend to the first", () => page.keyboard.press("Shift+Home"));
    await act("select none", () => page.keyboard.press("Escape"));
    await act("select all", () => page.keyboard.press("Control+KeyA"));
    await act("select none again", () => page.keyboard.press("Escape"));
    await act("look closer", () => page.keyboard.press("Enter"));
    await act("go on to the next", () => page.keyboard.press("ArrowRight"));
    await page.keyboard.press("Escape");
    return figures;
  } finally {
    await page.context().close();
  }
}

async function pressEach(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key, { delay: 30 });
}

/** By the End key, which asks for the next page each time. */
async function loadAll(page: Page, pictures: number): Promise<void> {
  for (let seen = 0; seen < pictures; ) {
    await page.keyboard.press("End");
    await until(page, `document.querySelectorAll('.tile').length > ${seen}`);
    seen = await page.locator(".tile").count();
  }
}

/** Asks from outside: the page's policy refuses what Playwright would have it evaluate again and again. */
async function until(page: Page, condition: string): Promise<void> {
  while (!(await page.evaluate(condition))) await page.waitForTimeout(POLL_MS);
}

function countFetched(page: Page): Promise<number> {
  const names = "performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/picture')).length";
  return page.evaluate(names) as Promise<number>;
}

/** A table in Markdown: medians and the largest of all rounds. */
export function describeLook(figures: readonly LookFigure[]): string {
  const rows = Map.groupBy(figures, ({ what }) => what);
  const windows = [...new Set(figures.map(({ window }) => window))];
  const cell = (values: readonly number[]) => `${median(values)} / ${Math.max(...values)}`;
  return [
    `| what | ${windows.map((window) => `${window}, median / largest`).join(" | ")} |`,
    `|---|${windows.map(() => "--:|").join("")}`,
    ...[...rows].map(([what, group]) => {
      const cells = windows.map((window) => cell(group.find((one) => one.window === window)?.values ?? []));
      return `| ${what} | ${cells.join(" | ")} |`;
    }),
  ].join("\n");
}
