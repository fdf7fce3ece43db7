/** What the kitchen sees of training runs that it did not start, in a real browser: without a reload, and politely. */
import type { Page, Response } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { holdLabels, look, noteAnswers } from "./kitchen-clock.ts";
import { countUp, createSeeder } from "./kitchen-seed.ts";
import { inspect, signIn, train } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

const SECOND_MS = 1_000;
const IDLE_PAUSE_MS = 15 * SECOND_MS;

/** Everything that the region for news has said, in order. */
const WATCH_NEWS = `
  window.news = [];
  new MutationObserver(() => window.news.push(document.getElementById("run-news").textContent))
    .observe(document.getElementById("run-news"), { childList: true, characterData: true, subtree: true });`;
const HIDE = (state: "hidden" | "visible") => `
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "${state}" });
  document.dispatchEvent(new Event("visibilitychange"));`;

describe.skipIf(!hasBrowser())("training runs that others start", () => {
  const stage = useStage({
    prepare: async ({ server }) => {
      await createSeeder(server).teachMenu(2);
    },
  });

  /** The page's clock goes only when it is told to; `asked` are the admin routes that it has asked for. */
  const enter = async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.clock.install();
    // The last of what it asks for at first: an answer to that must not pass for one to a later look.
    const filled = waitForList(page, "drift");
    await signIn(page, stage.server.url, stage.server.adminToken);
    await (await filled).finished();
    await page.evaluate(WATCH_NEWS);
    const asked: string[] = [];
    page.on("request", (made) => {
      const { pathname } = new URL(made.url());
      if (pathname.startsWith("/v1/admin/")) asked.push(pathname.slice("/v1/admin".length));
    });
    return { page, complaints, asked };
  };

  it("says once that one is at work, how many labels wait, and once how it ended", async () => {
    const { page, complaints } = await enter();
    await expect.poll(() => page.locator("#last-run").textContent()).toBe("");
    await settle(page);
    await holdLabels(page, stage.dataDir, 60_000);
    await look(page);
    await page.getByText("A training run is at work; it was not started here.").waitFor();
    await page.getByText("6 labels wait to be taken in.").waitFor();
    await inspect(page, "kitchen-run-at-work");
    await look(page);
    await holdLabels(page, stage.dataDir, 0);
    await stage.server.runCron();
    await look(page);
    await page.getByText("A training run has ended.").waitFor();
    expect(await page.evaluate("window.news")).toEqual([
      "A training run is at work; it was not started here.",
      "A training run has ended. It made version 1, which went live, and learned from 6 new labels.",
    ]);
    // The rest of the page has followed.
    await page.locator("#figure-version").getByText("1", { exact: true }).waitFor();
    await expect.poll(() => page.locator("#run-progress").textContent()).toBe("");
    await expect
      .poll(() => page.locator("#last-run").textContent())
      .toMatch(
        /^Last training run: \d+ \w+, \d\d:\d\d on schedule, in (under )?[\d.]+ s\. It made version 1, which went live, and learned/,
      );
    await inspect(page, "kitchen-run-ended");
    expect(complaints).toEqual([]);
  });

  it("tells of the clock's run after the fact when it was shorter than the pause", async () => {
    const { page, complaints } = await enter();
    await createSeeder(stage.server).teach("Hawaiian", "hawaiian", countUp(2, 2));
    await stage.server.runCron();
    await look(page);
    await page.getByText("A training run has ended. It made version 2, which went live").waitFor();
    await page.getByText(/^Last training run: .* on schedule, in/).waitFor();
    expect(complaints).toEqual([]);
  });

  it("keeps quiet about a run of its own", async () => {
    const { page } = await enter();
    await createSeeder(stage.server).teach("Pepperoni", "pepperoni", countUp(2, 2));
    expect(await train(page)).toContain("Version 3 is live.");
    await page.getByText(/^Last training run: .* by staff, in .*version 3/).waitFor();
    await page.clock.runFor(2 * IDLE_PAUSE_MS);
    await page.locator("#figure-version").getByText("3", { exact: true }).waitFor();
    expect(await page.evaluate("window.news")).toEqual([]);
  });

  it("says how many photos looked like nothing on the menu, and warns when that has changed", async () => {
    noteAnswers(stage.dataDir);
    const { page, complaints } = await enter();
    await page
      .getByText("In the last 7 days 27% of 500 photos looked like nothing on the menu; usually it is 5%.")
      .waitFor();
    await page.getByText(/^On .* the share of unknown answers was 60\.0 % over 200 answers, after 5\.0 %/).waitFor();
    await inspect(page, "kitchen-drift");
    expect(complaints).toEqual([]);
  });

  it("asks for no more than the overview while nothing happens, and for nothing out of view", async () => {
    const { page, asked, complaints } = await enter();
    await settle(page);
    asked.length = 0;
    for (let looks = 0; looks < 3; looks++) await look(page);
    expect(new Set(asked.filter((path) => path !== "/suggestions"))).toEqual(new Set(["/overview"]));
    await page.evaluate(HIDE("hidden"));
    asked.length = 0;
    await page.clock.runFor(20 * IDLE_PAUSE_MS);
    expect(asked).toEqual([]);
    const back = page.waitForResponse("**/v1/admin/overview");
    await page.evaluate(HIDE("visible"));
    await back;
    expect(complaints).toEqual([]);
  });
});

/** The first look makes sure that the lists go with the overview; from then on it asks for that alone. */
async function settle(page: Page): Promise<void> {
  const lists = ["classes", "reviews", "heads", "drift"].map((name) => waitForList(page, name));
  await Promise.all([look(page), ...lists]);
}

function waitForList(page: Page, name: string): Promise<Response> {
  return page.waitForResponse((answer) => new URL(answer.url()).pathname === `/v1/admin/${name}`);
}
