/** The kitchen of a deployment with a long past: more versions and more entries than the API gives at once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { makeTables, startServer } from "../support/start-server.ts";
import { DESKTOP, hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { inspect, type PlacePath, signIn } from "./kitchen-steps.ts";
import { seedTeacher } from "./teacher-seed.ts";

const VERSIONS = 230;
const ENTRIES = 130;
/** Long purged: what remains of old versions in a deployment of some months. */
const FILL = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${VERSIONS})
  INSERT INTO heads (version, backbone_id, statistics_version, archive_revision, class_ids, examples, rho, temperature, weights,
    duration_ms, created_at, purged_at)
  SELECT i, 'b', 1, 0, '["a","b"]', i, 0.1, 1, '', 5, 1760000000000 + 60000 * i, 1770000000000 FROM n;
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ENTRIES})
  INSERT INTO audit_log (id, at, actor, action, detail)
  SELECT i, 1760000000000 + 60000 * i, 'admin', 'head.activate', '{"version":' || i || ',"hold":false}' FROM n;`;

describe.skipIf(!hasBrowser())("the kitchen of a long past", () => {
  let dataDir: string;
  let server: DevServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-browser-"));
    await makeTables(dataDir);
    const db = openLocalDatabase(dataDir);
    db.exec(FILL);
    db.close();
    [browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir, quiet: true })]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const enter = async (place: PlacePath) => {
    if (browser === undefined || server === undefined) throw new Error("nothing has been started");
    const opened = await openPage(browser, DESKTOP);
    await signIn(opened.page, server.url, server.adminToken, place);
    return opened;
  };

  it("shows every version, a hundred more at a time, and keeps them when it looks again", async () => {
    const { page, complaints } = await enter("/admin/versions");
    const versions = page.locator(".version");
    await page.getByRole("button", { name: "Show 100 versions" }).click();
    await expect.poll(() => versions.count()).toBe(100);
    const older = page.getByRole("button", { name: "Show older versions" });
    await older.click();
    await page.getByRole("heading", { name: "Version 31", exact: true }).waitFor();
    await expect.poll(() => versions.count()).toBe(200);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Version 130");
    await older.click();
    await page.getByRole("heading", { name: "Version 1", exact: true }).waitFor();
    const titles = await versions.getByRole("heading", { level: 2 }).allTextContents();
    expect(titles).toEqual(Array.from({ length: VERSIONS }, (_, i) => `Version ${VERSIONS - i}`));
    await older.waitFor({ state: "hidden" });
    const again = page.waitForResponse((response) => response.url().endsWith("/heads?after=31"));
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await again;
    await expect.poll(() => versions.count()).toBe(VERSIONS);
    expect(complaints).toEqual([]);
  });

  it("reads on in the log, and searches what it has read", async () => {
    const { page, complaints } = await enter("/admin/settings");
    await page.getByText("Who did what").click();
    const log = page.locator("#audit");
    const filter = log.getByLabel("Only those with");
    await filter.fill("Version 7 made");
    await log.getByText("0 entries found among the newest 100.", { exact: true }).waitFor();
    await inspect(page, "kitchen-log-pages");
    await log.getByRole("button", { name: "Show more" }).click();
    await log.getByText("1 entry found.", { exact: true }).waitFor();
    await expect.poll(() => log.getByRole("listitem").count()).toBe(1);
    await filter.fill("");
    const more = log.getByRole("button", { name: "Show more" });
    const lines = log.getByRole("listitem");
    while (await more.isVisible()) {
      const before = await lines.count();
      await more.click();
      await lines.nth(before).waitFor();
    }
    await expect.poll(() => lines.count()).toBe(ENTRIES);
    expect(complaints).toEqual([]);
  });

  it("shows what a teacher said that is asked no longer, and forgets it", async () => {
    const nothing = await enter("/admin/settings");
    await nothing.page.getByText("Who did what").waitFor();
    expect(await nothing.page.locator("#teacher").isVisible()).toBe(false);
    seedTeacher(dataDir, [{ said: "a", confidence: 0.9, head: null, about: "nothing" }]);
    const { page, complaints } = await enter("/admin/settings");
    const teacher = page.locator("#teacher");
    await teacher.getByText("I ask no teacher now.").waitFor();
    await teacher.getByText("The version that answers guests has learnt from none of them yet.").waitFor();
    expect(await teacher.getByText("Calls today").count()).toBe(0);
    await inspect(page, "kitchen-teacher-off");
    await teacher.getByRole("button", { name: "Forget all it said" }).click();
    await teacher.getByRole("button", { name: "Forget all of it" }).click();
    await teacher.waitFor({ state: "hidden" });
    expect(complaints).toEqual([]);
  });
});
