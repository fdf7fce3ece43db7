/** How long a page takes from an interaction to the next paint, as Chromium's Event Timing reports it: what INP is made of. */
import type { Page } from "playwright-core";

/** Below this the browser reports nothing (W3C Event Timing: the least `durationThreshold`). */
export const LEAST_MS = 16;

/** Runs before the page's own script. A person's click is several events of one interaction, of which the longest counts. */
const WATCH = `
  globalThis.slowestMs = 0;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0) globalThis.slowestMs = Math.max(globalThis.slowestMs, duration);
  }).observe({ type: "event", durationThreshold: ${LEAST_MS}, buffered: true });`;

/** Watches every page opened from now on. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
}

/** The slowest interaction since this was last asked, in ms, in steps of 8; `LEAST_MS` where all were as fast or faster. */
export async function takeSlowest(page: Page): Promise<number> {
  const slowest = await page.evaluate(async () => {
    // An interaction is reported after the paint that ends it.
    const paint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for (let i = 0; i < 3; i++) await paint();
    const { slowestMs } = globalThis as unknown as { slowestMs: number };
    Object.assign(globalThis, { slowestMs: 0 });
    return slowestMs;
  });
  return Math.max(LEAST_MS, slowest);
}
