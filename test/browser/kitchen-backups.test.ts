/** The backups under the settings, in a real browser: each with its size and as a file, and how to restore one. */
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

describe.skipIf(!hasBrowser())("backups in the kitchen", () => {
  const stage = useStage({
    buckets: ["BACKUPS"],
    prepare: ({ server }) => createSeeder(server).teachMenu(1),
  });

  it("are listed with their size, come as files, and say how to restore one", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    const fold = page.locator("#backups");
    await fold.locator("summary").click();
    await fold.getByText("There is none yet. The first is made within the hour.").waitFor();
    await createSeeder(stage.server).ask("/backups", {});
    await fold.locator("summary").click();
    await fold.locator("summary").click();
    const table = fold.getByRole("table", { name: "Backups" });
    await table.waitFor();
    expect(await table.locator("tbody tr").count()).toBe(1);
    expect(await table.locator("tbody td").first().textContent()).toMatch(/^[\d.]+ kB$/i);
    expect(await fold.locator("code").allTextContents()).toEqual([
      "npx headstart restore --from-backup",
      "npx headstart restore <file>",
    ]);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      table.getByRole("link", { name: /^Download the backup of / }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^headstart-.*\.ndjson$/);
    await inspect(page, "kitchen-backups");
    expect(complaints).toEqual([]);
  });

  it("fit a phone, and speak Russian there", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server, "/admin/settings");
    await page.locator("#backups summary").click();
    await page.locator("#backups table").waitFor();
    await page.locator("#backups table").scrollIntoViewIfNeeded();
    expect(await findForeignWords(page, "#backups", [])).toEqual([]);
    await inspect(page, "kitchen-backups-ru");
    expect(complaints).toEqual([]);
  });
});
