/** The kitchen's door, first run, overview and training in Russian, in a real browser. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { EXAMPLE_MENU_DIR } from "../../cli/shared/project-paths.ts";
import { held } from "../../src/shared/english/gates.ts";
import { anotherRunAtWork, unsolved } from "../../src/shared/english/runs.ts";
import { gramNotFinite } from "../../src/shared/english/sums.ts";
import { tellAll } from "../../src/shared/sentence.ts";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";
import { texts as guests } from "../../src/web/texts/ru.ts";
import { startServer } from "../support/start-server.ts";
import { hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { dropFiles } from "./drop-files.ts";
import { holdLabels, look, noteAnswers } from "./kitchen-clock.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { countUp, createSeeder, MENU, type Seeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { findCutText, findSmallTargets } from "./page-probes.ts";

const { frame, overview, training, firstRun } = kitchen;
/** Names of items, and of the backbone. */
const KNOWN = [...MENU.map(([name]) => name), "headstart", "mobilenet"];

// The steps build on each other: from an empty deployment to one that guests use.
describe.skipIf(!hasBrowser())("the kitchen's overview in Russian", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-russian-"));
    browser = await launchBrowser();
    server = await startServer({ dataDir, quiet: true });
    seeder = createSeeder(server);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const enter = async (options: BrowserContextOptions = RUSSIAN_DESKTOP) => {
    const opened = await openPage(browser, options);
    await enterKitchen(opened.page, server);
    return opened;
  };

  /** Signed in with a key of that role. */
  const enterAs = async (role: string) => {
    const made = await seeder.ask("/keys", { name: "Вечерняя смена", role });
    const { page } = await openPage(browser, RUSSIAN_DESKTOP);
    await knock(page, server, (made as { readonly secret: string }).secret);
    await page.locator(".role-note").waitFor();
    return page;
  };

  it.each([
    ["desktop", RUSSIAN_DESKTOP],
    ["phone", RUSSIAN_PHONE],
  ])("refuses a wrong key at the door, on a %s", async (size, options) => {
    const { page } = await openPage(browser, options);
    await knock(page, server, "not-a-key");
    await page.getByRole("alert").getByText(frame.door.refused).waitFor();
    await expect.poll(() => page.title()).toBe(frame.page.title);
    await expect.poll(() => page.getByRole("button", { name: frame.door.submit }).isVisible()).toBe(true);
    await inspect(page, `kitchen-ru-door-${size}`);
    expect(await findForeignWords(page, "title, body", [])).toEqual([]);
  });

  it("leads from an empty menu by the example to an answer for a guest", async () => {
    const { page, complaints } = await enter();
    await page.getByRole("heading", { name: firstRun.title }).waitFor();
    await page.getByRole("heading", { name: overview.advice.first.title }).waitFor();
    await inspect(page, "kitchen-ru-first-run");
    await expectOwnWords(page);
    await page.getByRole("button", { name: firstRun.load }).click();
    await page.locator("#first-run-status").getByText(training.outcome.published(1)).waitFor();
    await page.getByRole("heading", { name: overview.advice.example.title }).waitFor();
    await page.locator("#figure-version").getByText("1", { exact: true }).waitFor();
    await inspect(page, "kitchen-ru-example");
    await expectOwnWords(page);
    await page.getByRole("link", { name: firstRun.tryAsGuest }).click();
    await page.getByText(guests.menu.title, { exact: true }).waitFor();
    await expect.poll(() => askAsGuest(page), { timeout: 30_000, interval: 1_000 }).toBe("Hawaiian");
    expect(complaints).toEqual([]);
  });

  it("tells of a run by the schedule while it is at work, and how it ended", async () => {
    await seeder.teachMenu(4);
    const { page, complaints } = await openPage(browser, RUSSIAN_DESKTOP);
    await page.clock.install();
    const filled = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/v1/admin/drift");
    await enterKitchen(page, server);
    await (await filled).finished();
    await page.getByText(training.toLearn(12)).waitFor();
    await holdLabels(page, dataDir, 60_000);
    await look(page);
    await page.locator("#run-news").getByText(training.news.run).waitFor();
    await page.locator("#run-progress").getByText(training.news.waiting(12)).waitFor();
    await inspect(page, "kitchen-ru-run-at-work");
    await expectOwnWords(page);
    await holdLabels(page, dataDir, 0);
    await server.runCron();
    await look(page);
    const deed = training.record.publishedAndLearned(2, 12);
    await page.locator("#run-news").getByText(training.news.ended(deed)).waitFor();
    await page.locator("#last-run").getByText(deed).waitFor();
    await expect.poll(() => page.locator("#last-run").textContent()).toContain("по расписанию");
    await inspect(page, "kitchen-ru-run-ended");
    await expectOwnWords(page);
    expect(complaints).toEqual([]);
  });

  it("says what came of training: nothing new, a new version, one that is held back", async () => {
    const { page, complaints } = await enter();
    expect(await train(page)).toBe(training.outcome.idle);
    await expectOwnWords(page);
    await seeder.teach("Hawaiian", "hawaiian", countUp(20, 2));
    expect(await train(page)).toBe(`${training.outcome.published(3)} ${training.outcome.learned(2)}`);
    await page.locator("#last-run").getByText(training.record.publishedAndLearned(3, 2)).waitFor();
    await seeder.ask("/heads/3/activate", { hold: true });
    await seeder.teach("Margherita", "margherita", countUp(20, 1));
    expect(await train(page)).toBe(training.outcome.held(4));
    await page.getByRole("heading", { name: overview.advice.held.title(4) }).waitFor();
    await page.locator("#train-note").getByText(overview.held).waitFor();
    await page
      .locator("#last-run")
      .getByText(training.record.heldAndLearned(4, 1, frame.tell("", held({ version: 3 }).says)))
      .waitFor();
    await inspect(page, "kitchen-ru-held");
    await expectOwnWords(page);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["busy", anotherRunAtWork({ until: Date.UTC(2026, 1, 3, 4, 5) }), "#train-outcome"],
    ["failed", tellAll([unsolved(), gramNotFinite()]), "#train-alert"],
  ])("says why a run was %s", async (outcome, { text: message, says }, region) => {
    const { page } = await enter();
    const json = { outcome, message, says, headVersion: null, absorbed: 0, remaining: 0, durationMs: 1 };
    await page.route("**/v1/admin/training-runs", (route) => route.fulfill({ json }));
    await page.getByRole("button", { name: training.train }).click();
    await page.locator(region).getByText(frame.tell(message, says)).waitFor();
    await expectOwnWords(page);
  });

  it.each([
    ["desktop", RUSSIAN_DESKTOP],
    ["phone", RUSSIAN_PHONE],
  ])("warns when what guests send has changed, on a %s", async (size, options) => {
    if (size === "desktop") noteAnswers(dataDir);
    const { page, complaints } = await enter(options);
    await page
      .locator("#unknown-share")
      .getByText(/^Не похожи ни на что в меню: 27\s%/)
      .waitFor();
    await page
      .locator("#drift-warning")
      .getByText(/доля ответов «не из меню» — 60,0\s%.*— 5,0\s%/)
      .waitFor();
    await inspect(page, `kitchen-ru-drift-${size}`);
    expect(await findCutText(page)).toEqual([]);
    expect(await findSmallTargets(page)).toEqual([]);
    await expectOwnWords(page);
    expect(complaints).toEqual([]);
  });

  it("tells those who review and those who teach what is theirs", async () => {
    const reviewer = await enterAs("review");
    await reviewer.getByText(frame.page.reviewerNote).waitFor();
    await reviewer.getByRole("heading", { name: overview.advice.nothing.title }).waitFor();
    await inspect(reviewer, "kitchen-ru-review-role");
    await expectOwnWords(reviewer);
    const teacher = await enterAs("label");
    await teacher.getByText(frame.page.teacherNote).waitFor();
    await teacher.getByRole("article", { name: "Pepperoni", exact: true }).waitFor();
    await inspect(teacher, "kitchen-ru-label-role");
    await expectOwnWords(teacher);
  });

  it("says that the session has ended, and leads back to the door", async () => {
    const { page } = await enter();
    await page.context().clearCookies();
    await page.getByRole("button", { name: training.train }).click();
    await page.locator("#kitchen-alert").getByText(frame.sessionEnded).waitFor();
    await inspect(page, "kitchen-ru-session-ended");
    await expectOwnWords(page);
    await page.getByRole("button", { name: frame.signInAgain }).click();
    await page.getByLabel(frame.door.field).waitFor();
  });

  it("says that the server cannot be reached, and goes on when it can", async () => {
    const { page } = await enter();
    await page.getByRole("heading", { name: overview.advice.held.title(4) }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("button", { name: training.train }).click();
    const unreachable = frame.explain({ code: "offline", detail: "", says: [] });
    await page.locator("#train-alert").getByText(unreachable).waitFor();
    await page.locator("#kitchen-alert").getByText(frame.outdated(unreachable)).waitFor();
    await inspect(page, "kitchen-ru-unreachable");
    await expectOwnWords(page);
    await page.context().setOffline(false);
    await page.getByRole("button", { name: frame.tryAgain }).click();
    await page.locator("#kitchen-alert:empty").waitFor({ state: "attached" });
  });
});

async function knock(page: Page, { url }: DevServer, secret: string): Promise<void> {
  await page.goto(`${url}/admin`);
  await page.getByLabel(frame.door.field).fill(secret);
  await page.getByRole("button", { name: frame.door.submit }).click();
}

async function train(page: Page): Promise<string> {
  await page.getByRole("button", { name: training.train }).click();
  const outcome = page.locator("#train-outcome:not(:empty)");
  await outcome.waitFor();
  return (await outcome.textContent()) ?? "";
}

/** The item that comes first in the answer to a drawing of a Hawaiian pizza. */
async function askAsGuest(page: Page): Promise<string | null> {
  await dropFiles(page.locator("#photo-frame"), [path.join(EXAMPLE_MENU_DIR, "hawaiian-1.png")]);
  const bars = page.getByRole("list", { name: guests.answer.bars });
  return bars.getByRole("listitem").first().locator(".bar-name").textContent();
}

/** The other parts of the page are looked at too: nothing on it may be foreign, whatever state it is in. */
async function expectOwnWords(page: Page): Promise<void> {
  expect(await findForeignWords(page, "title, body", KNOWN)).toEqual([]);
}
