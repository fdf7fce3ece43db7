/** Versions in Russian, in a real browser: the timeline, a closer look, the comparison, going back and forgetting. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { held } from "../../src/shared/english/gates.ts";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { startServer } from "../support/start-server.ts";
import { hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { countUp, createSeeder, type Seeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";

const { versions, gate, comparison, confusion } = kitchen;
const KNOWN = ["Pepperoni", "Hawaiian", "Margherita", "Four Cheese", "Ananas"];

/** As many as the API gives at once, long purged; the two of this menu come after them. */
const PAST = 100;
const [FIRST, SECOND, THIRD] = [PAST + 1, PAST + 2, PAST + 3];
const WHY_HELD = kitchen.frame.tell("", held({ version: FIRST }).says);
const FILL = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${PAST})
  INSERT INTO heads (version, backbone_id, statistics_version, archive_revision, class_ids, examples, rho, temperature, weights,
    duration_ms, created_at, purged_at)
  SELECT i, 'b', 0, 0, '["a","b"]', i, 0.1, 1, '', 5, 1760000000000 + 60000 * i, 1770000000000 FROM n;`;

function versionCard(page: Page, version: number) {
  const heading = page.getByRole("heading", { name: versions.title(version), exact: true });
  return page.locator(".version").filter({ has: heading });
}

function focusedWords(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
}

/** Nothing but the names of items and the fingerprints of photos is in Latin letters. */
async function expectRussian(page: Page): Promise<void> {
  const fingerprints = await page.locator("#versions code").allTextContents();
  expect(await findForeignWords(page, "#versions", [...KNOWN, ...fingerprints])).toEqual([]);
}

// The steps build on each other.
describe.skipIf(!hasBrowser())("the versions in Russian", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-browser-"));
    [browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir, quiet: true })]);
    const db = openLocalDatabase(dataDir);
    db.exec(FILL);
    db.close();
    seeder = createSeeder(server);
    await seeder.teachMenu(12);
    await seeder.ask("/training-runs", {});
    await seeder.ask(`/heads/${FIRST}/activate`, { hold: true });
    // Two of them are wrong, and the last is another name for what is there already: there is something to mix up.
    await seeder.teach("Hawaiian", "pepperoni", [50]);
    await seeder.teach("Margherita", "pepperoni", [51]);
    await seeder.teach("Four Cheese", "four_cheese", countUp(0, 10));
    await seeder.teach("Ananas", "hawaiian", countUp(60, 6));
    await seeder.ask("/training-runs", {});
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const enter = async (options: typeof RUSSIAN_DESKTOP | typeof RUSSIAN_PHONE = RUSSIAN_DESKTOP) => {
    const opened = await openPage(browser, options);
    await enterKitchen(opened.page, server, "/admin/versions");
    await versionCard(opened.page, FIRST).waitFor();
    return opened;
  };
  const inspectRussian = async (page: Page, name: string) => {
    await expectRussian(page);
    await inspect(page, `kitchen-ru-${name}`);
  };
  const lookCloser = (page: Page, version: number) =>
    page.getByRole("button", { name: versions.closerAt(version), exact: true }).click();

  it("show which is live, which was held back and why, and which are gone", async () => {
    const { page, complaints } = await enter();
    await page.getByText(versions.hold.note(FIRST), { exact: true }).waitFor();
    await versionCard(page, FIRST).locator(".badge", { hasText: versions.badges.live }).waitFor();
    const held = versionCard(page, SECOND);
    await held.locator(".badge", { hasText: versions.badges.held }).waitFor();
    await held.getByText(WHY_HELD, { exact: true }).waitFor();
    await held.getByText(new RegExp(`^Верно: примерно \\d+ из 54, .* · ${versions.learnedFrom(54, 5)}$`)).waitFor();
    const gone = versionCard(page, PAST);
    await gone.getByText(gate.gone, { exact: true }).waitFor();
    await gone.getByText(versions.unmeasured, { exact: true }).waitFor();
    await expect.poll(() => gone.getByRole("button").count()).toBe(0);
    await inspectRussian(page, "versions");
    expect(complaints).toEqual([]);
  });

  it("come a hundred at a time, and reading continues where it was", async () => {
    const { page, complaints } = await enter();
    await page.getByRole("button", { name: versions.showSome(100), exact: true }).click();
    await expect.poll(() => page.locator(".version").count()).toBe(100);
    await page.getByRole("button", { name: versions.showOlder, exact: true }).click();
    await versionCard(page, 1).waitFor();
    await expect.poll(() => page.locator(".version").count()).toBe(SECOND);
    await expect.poll(() => focusedWords(page)).toBe(versions.title(SECOND - 100));
    await expectRussian(page);
    expect(complaints).toEqual([]);
  });

  it("tell what they mix up, cell by cell, by mouse and by keyboard", async () => {
    const { page, complaints } = await enter();
    await lookCloser(page, SECOND);
    const grid = page.getByRole("grid", { name: confusion.matrix, exact: true });
    await page.getByText(confusion.hintToOpen, { exact: true }).waitFor();
    const mistake = confusion.mistaken(1, 13, "Hawaiian", "Pepperoni");
    await grid.getByRole("gridcell", { name: mistake, exact: true }).hover();
    await page.locator(".matrix-words").getByText(mistake, { exact: true }).waitFor();
    await grid.getByRole("gridcell").first().focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => focusedWords(page)).toBe(mistake);
    await inspectRussian(page, "matrix");
    await page.keyboard.press("Enter");
    const photos = page.getByRole("list", { name: confusion.photosOf("Hawaiian", "Pepperoni"), exact: true });
    await photos.getByRole("listitem").first().waitFor();
    await page.getByText(confusion.foundAll, { exact: true }).waitFor();
    await inspectRussian(page, "matrix-photos");
    await page.getByRole("button", { name: confusion.close, exact: true }).click();
    await expect.poll(() => focusedWords(page)).toBe(mistake);
    // The first version made no mistake that could be opened.
    await lookCloser(page, FIRST);
    await page.getByText(confusion.hint, { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("stand side by side, with the answers that would change", async () => {
    const { page, complaints } = await enter();
    await lookCloser(page, SECOND);
    const panel = versionCard(page, SECOND);
    await panel.getByRole("heading", { name: versions.parts.replay, exact: true }).waitFor();
    const replay = panel.locator(".panel-part").first();
    await replay.getByText(/^На 54 последних сохранённых фото \d+ ответ\S* .* → Four Cheese \(\d+\)/).waitFor();
    await panel.getByRole("combobox", { name: comparison.with }).selectOption({ label: comparison.liveVersion(FIRST) });
    await panel.getByRole("button", { name: comparison.compare, exact: true }).click();
    await panel.getByText(comparison.knows(SECOND, "Four Cheese и Ananas"), { exact: true }).waitFor();
    const learned = panel.getByRole("row", { name: comparison.photos });
    await expect.poll(() => learned.getByRole("cell").allTextContents()).toEqual(["36", "54"]);
    await panel.locator(".version-panel > details > summary").click();
    const guards = panel.getByText(/^На том, чему её учили, верных ответов \d+.+ прежн.+ версия/);
    await guards.waitFor();
    await inspectRussian(page, "compare");
    expect(complaints).toEqual([]);
  });

  it("go live in one step, and stay when pinned", async () => {
    const { page, complaints } = await enter();
    await page.getByRole("button", { name: versions.activateVersion(SECOND), exact: true }).click();
    await page.getByText(versions.activated(SECOND), { exact: true }).waitFor();
    await versionCard(page, SECOND).locator(".badge", { hasText: versions.badges.live }).waitFor();
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: SECOND, held: false });
    await lookCloser(page, SECOND);
    await page.getByText(versions.pin.isNotPinned, { exact: true }).waitFor();
    await page.getByRole("button", { name: versions.pin.pin, exact: true }).click();
    await page.getByText(versions.pin.pinned(SECOND), { exact: true }).waitFor();
    await versionCard(page, SECOND).locator(".badge", { hasText: versions.badges.pinned }).waitFor();
    await inspectRussian(page, "pinned");
    await page.getByRole("button", { name: versions.pin.unpin, exact: true }).click();
    await page.getByText(versions.pin.unpinned(SECOND), { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("are held when an older one is made live, until new ones may go live again", async () => {
    const { page, complaints } = await enter();
    await versionCard(page, FIRST).getByLabel(versions.holdLater, { exact: true }).check();
    await page.getByRole("button", { name: versions.activateVersion(FIRST), exact: true }).click();
    await page.getByText(gate.activatedAndHeld(FIRST), { exact: true }).waitFor();
    await page.getByText(versions.hold.note(FIRST), { exact: true }).waitFor();
    await expect.poll(() => focusedWords(page)).toBe(versions.title(FIRST));
    await inspectRussian(page, "held");
    await page.getByRole("button", { name: versions.hold.end, exact: true }).click();
    await page.getByText(versions.hold.ended, { exact: true }).waitFor();
    await page.getByText(versions.hold.note(FIRST), { exact: true }).waitFor({ state: "detached" });
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: FIRST, held: false });
    expect(complaints).toEqual([]);
  });

  it("fit a phone", async () => {
    const { page, complaints } = await enter(RUSSIAN_PHONE);
    await page.getByRole("button", { name: versions.closerAt(SECOND), exact: true }).tap();
    const mistake = confusion.mistaken(1, 13, "Margherita", "Pepperoni");
    await page.getByRole("gridcell", { name: mistake, exact: true }).tap();
    const photos = page.getByRole("list", { name: confusion.photosOf("Margherita", "Pepperoni"), exact: true });
    await photos.getByRole("listitem").first().waitFor();
    await inspectRussian(page, "closer");
    await page.getByRole("button", { name: comparison.compare, exact: true }).tap();
    await page.getByText(comparison.knows(SECOND, "Four Cheese и Ananas"), { exact: true }).waitFor();
    await inspectRussian(page, "closer-compare");
    await versionCard(page, SECOND).getByLabel(versions.holdLater, { exact: true }).tap();
    await page.getByRole("button", { name: versions.activateVersion(SECOND), exact: true }).tap();
    await page.getByText(versions.hold.note(SECOND), { exact: true }).waitFor();
    await page.getByRole("heading", { name: versions.section.title, exact: true }).scrollIntoViewIfNeeded();
    await inspectRussian(page, "closer-held");
    await page.getByRole("button", { name: versions.hold.end, exact: true }).tap();
    await page.getByText(versions.hold.ended, { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("are gone when they have seen what is forgotten", async () => {
    const { suspects } = (await seeder.ask("/suspects")) as { suspects: { photo: string }[] };
    const headers = { authorization: `Bearer ${server.adminToken}` };
    const route = `/v1/admin/examples/${suspects[0].photo}`;
    expect((await fetch(server.url + route, { method: "DELETE", headers })).ok).toBe(true);
    await seeder.ask("/training-runs", {});
    const { page, complaints } = await enter();
    await versionCard(page, THIRD).locator(".badge", { hasText: versions.badges.live }).waitFor();
    for (const version of [FIRST, SECOND]) {
      const gone = versionCard(page, version);
      await gone.locator(".badge", { hasText: versions.badges.gone }).waitFor();
      await gone.getByText(gate.gone, { exact: true }).waitFor();
      await expect.poll(() => gone.getByRole("button").count()).toBe(0);
    }
    await inspectRussian(page, "gone");
    expect(complaints).toEqual([]);
  });
});
