/** `npm run bench -- interactions`: how soon the places of a busy kitchen paint after what staff do, in Chromium on the dev server. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { DESKTOP, hasBrowser, launchBrowser, openPage, PHONE } from "../../test/browser/chromium.ts";
import { signIn } from "../../test/browser/kitchen-steps.ts";
import { CommandError } from "../shared/command.ts";
import { type BusyKitchen, PHOTOS_PER_ITEM, startBusyKitchen } from "./interactions/busy-kitchen.ts";
import { type ActedPlace, listPlaces } from "./interactions/kitchen-acts.ts";
import { takeSlowest, watchInteractions } from "./interactions/watch-interactions.ts";
import { median } from "./quantile.ts";

interface WatchedWindow {
  readonly window: string;
  readonly options: BrowserContextOptions;
  /** How many times slower than this machine's its processor is. */
  readonly slowdown: number;
}

/** A phone of the middle class takes about four times as long as a desktop: what Lighthouse takes one for. */
const WINDOWS: readonly WatchedWindow[] = [
  { window: "desktop", options: DESKTOP, slowdown: 1 },
  { window: "phone", options: PHONE, slowdown: 4 },
];
const TAB_PRESSES = 15;
const TAB_MS = 100;

/** One act in one window: milliseconds to the next paint in every round. */
export interface ActFigures {
  readonly place: string;
  readonly act: string;
  readonly window: string;
  readonly ms: readonly number[];
}

interface InteractionsOptions extends BusyKitchen {
  readonly rounds: number;
}

export function createInteractionsBench(): Command {
  return new Command("interactions")
    .description("interaction to next paint in every place of a kitchen with many items and corrections")
    .option("--rounds <n>", "how often everything is done in each window", Number, 5)
    .option("--items <n>", "items on the menu", Number, 200)
    .option("--corrections <n>", "corrections that wait", Number, 2_000)
    .option("--json", "print one JSON object")
    .action(async ({ json, ...options }: InteractionsOptions & { json?: boolean }) => {
      const figures = await measureInteractions(options);
      console.log(json ? JSON.stringify({ acts: figures }, null, 2) : describeInteractions(figures));
    });
}

/** Throws `CommandError` without Chromium, and for numbers that make no sense. */
export async function measureInteractions(options: InteractionsOptions): Promise<ActFigures[]> {
  const { rounds, items, corrections } = options;
  if (!Number.isInteger(rounds) || rounds < 1) throw new CommandError("--rounds is not a whole number from 1 on.");
  if (!Number.isInteger(items) || items < 2) throw new CommandError("--items is not a whole number from 2 on.");
  if (!Number.isInteger(corrections) || corrections < 1 || corrections > items * PHOTOS_PER_ITEM) {
    throw new CommandError(`--corrections is not a whole number from 1 to ${PHOTOS_PER_ITEM} times the items.`);
  }
  if (!hasBrowser()) throw new CommandError("Install Chromium, or say where it is with CHROMIUM_PATH.");
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-interactions-"));
  const server = await startBusyKitchen(folder, options);
  const browser = await launchBrowser();
  try {
    const { page } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    const storageState = await page.context().storageState();
    const all: ActFigures[] = [];
    for (let turn = 0; turn < rounds * WINDOWS.length; turn++) {
      const window = WINDOWS[turn % WINDOWS.length];
      const signedIn = { ...window, options: { ...window.options, storageState } };
      for (const place of listPlaces(turn)) all.push(...(await actAt(browser, server.url, place, signedIn)));
    }
    return gather(all);
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens the place and does all its acts once. */
async function actAt(
  browser: Browser,
  url: string,
  { path: place, waitUntilShown, acts }: ActedPlace,
  { window, options, slowdown }: WatchedWindow,
): Promise<ActFigures[]> {
  const { page } = await openPage(browser, options);
  try {
    await watchInteractions(page);
    await slowDown(page, slowdown);
    const figures: ActFigures[] = [];
    const note = async (act: string) => figures.push({ place, act, window, ms: [await takeSlowest(page)] });
    await page.goto(url + place, { waitUntil: "commit" });
    for (let i = 0; i < TAB_PRESSES; i++) await page.keyboard.press("Tab", { delay: TAB_MS });
    await waitUntilShown(page);
    await note("press Tab while it loads");
    for (const { name, run, wait } of acts) {
      await run(page);
      await wait?.(page);
      await note(name);
    }
    return figures;
  } finally {
    await page.context().close();
  }
}

async function slowDown(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** Of each act in each window one, with what all rounds said. */
function gather(all: readonly ActFigures[]): ActFigures[] {
  const groups = Map.groupBy(all, ({ place, act, window }) => `${window} ${place} ${act}`);
  return [...groups.values()].map((group) => ({ ...group[0], ms: group.flatMap(({ ms }) => ms) }));
}

/** A table in Markdown: medians and the slowest of all rounds. */
export function describeInteractions(figures: readonly ActFigures[]): string {
  const acts = Map.groupBy(figures, ({ place, act }) => `| \`${place}\` | ${act}`);
  const windows = [...new Set(figures.map(({ window }) => window))];
  const cell = (ms: readonly number[]) => `${median(ms)} / ${Math.max(...ms)}`;
  const rows = [...acts].map(([name, group]) => {
    const cells = windows.map((window) => cell(group.find((figure) => figure.window === window)?.ms ?? []));
    return `${name} | ${cells.join(" | ")} |`;
  });
  const heads = windows.map((window) => `${window}, median / slowest, ms`);
  return [`| place | act | ${heads.join(" | ")} |`, `|---|---|${windows.map(() => "--:|").join("")}`, ...rows].join(
    "\n",
  );
}
