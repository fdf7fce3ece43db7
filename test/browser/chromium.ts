/**
 * The browser of the page tests: Chromium as the system has it, and a page that remembers everything it complained
 * about. Refused requests are complaints too, so a test that provokes one has to say so.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** The first that is there: the same engine without a window around it opens a page with a sixth of the processor time. */
const EXECUTABLES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const EXECUTABLE = process.env.CHROMIUM_PATH ?? EXECUTABLES.find(existsSync);
const ARGUMENTS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"],
  // Nothing but the pages under test talks to a network.
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"],
];
const SCREENSHOTS = "dist/screenshots";
/** CI keeps them as its output; elsewhere they only take time and are asked for with `SCREENSHOTS=1`. */
const TAKES_SCREENSHOTS = process.env.CI !== undefined || process.env.SCREENSHOTS !== undefined;
/** Generous, because the first classification loads the backbone on a machine that is busy with other tests. */
const STEP_TIMEOUT_MS = 60_000;

export const DESKTOP = { viewport: { width: 1280, height: 800 } } satisfies BrowserContextOptions;
export const PHONE = {
  viewport: { width: 320, height: 640 },
  hasTouch: true,
  isMobile: true,
} satisfies BrowserContextOptions;

/** Whether the page tests can run here. A path that was given is not excused: a wrong one fails, loudly. */
export function hasBrowser(): boolean {
  if (EXECUTABLE !== undefined) return true;
  console.warn(`Skipped: there is neither ${EXECUTABLES.join(" nor ")}. Install Chromium, or set CHROMIUM_PATH.`);
  return false;
}

export function launchBrowser(moreArguments: readonly string[] = []): Promise<Browser> {
  const args = [...ARGUMENTS, ...moreArguments];
  return chromium.launch({ ...(EXECUTABLE !== undefined && { executablePath: EXECUTABLE }), args });
}

/** A browser whose camera shows this film (Motion JPEG) again and again, and which asks nobody for leave. */
export function launchBrowserWithCamera(film: string): Promise<Browser> {
  const camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
  return launchBrowser([...camera, `--use-file-for-fake-video-capture=${film}`]);
}

export interface WatchedPage {
  readonly page: Page;
  /** Console errors and warnings, Content-Security-Policy violations and uncaught exceptions, in order. */
  readonly complaints: readonly string[];
}

const openContexts = new Set<BrowserContext>();

/** Closes every page that `openPage` has opened: one that stays goes on looking for news, and takes time from the next test. */
export async function closePages(): Promise<void> {
  const open = [...openContexts].filter((context) => context.browser()?.isConnected());
  openContexts.clear();
  await Promise.all(open.map((context) => context.close()));
}

/** A page in a context of its own: no cookie of another visitor. In a test it lives as long as the test does. */
export async function openPage(browser: Browser, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  openContexts.add(context);
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints };
}

/**
 * Measures a state of the page at desktop and phone size (a touch screen: the phone's only), photographs it there in light
 * and dark where screenshots are wanted, and gives back by how many pixels it was wider than its window at worst.
 */
export async function captureState(page: Page, name: string): Promise<number> {
  const before = page.viewportSize() ?? DESKTOP.viewport;
  const isTouch = await page.evaluate("matchMedia('(pointer: coarse)').matches");
  let widest = 0;
  for (const [size, { viewport }] of Object.entries(isTouch ? { touch: PHONE } : { desktop: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    widest = Math.max(widest, await measureOverflow(page));
    // A capture of the full page would switch off the emulation of a touch screen.
    if (TAKES_SCREENSHOTS) await photograph(page, `${name}-${size}`, !isTouch);
  }
  await page.setViewportSize(before);
  return widest;
}

async function photograph(page: Page, name: string, fullPage: boolean): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(SCREENSHOTS, `${name}-${colorScheme}.png`), fullPage });
  }
  await page.emulateMedia({ colorScheme: null });
}

/** How far the page is wider than its window, in pixels. */
async function measureOverflow(page: Page): Promise<number> {
  return Number(await page.evaluate("document.documentElement.scrollWidth - innerWidth"));
}
