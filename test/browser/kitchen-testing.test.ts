/** The test set in a real browser: setting a fifth aside, both figures with what they mean, an example's own switch, both languages. */
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { goTo, goToItem, inspect } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

describe.skipIf(!hasBrowser())("the test set in the kitchen", () => {
  const stage = useStage({
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(10);
      await seeder.ask("/training-runs", {});
    },
  });

  it("is set aside beside the versions, and answered by the next version: two figures, each with what it means", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/versions");
    const fold = page.locator("#testing");
    await fold.getByText("Test set", { exact: true }).click();
    await fold.getByText("Nothing is set aside yet.").waitFor();
    await fold.getByRole("button", { name: "Set a fifth of each item aside" }).click();
    await fold.getByText("6 examples set aside. The next training makes a version without them.").waitFor();
    await createSeeder(stage.server).ask("/training-runs", {});
    await page.reload();
    await page.locator("#testing summary").click();
    await fold.getByText("On what you taught it: about").waitFor();
    expect(await fold.getByText(/^On the test set: about \d of 6, probably between \d and \d$/).count()).toBe(1);
    expect(await fold.getByText("Nobody taught it any of these").count()).toBe(1);
    expect(await fold.getByRole("table", { name: "Item by item" }).getByRole("row").count()).toBe(4);
    expect(await page.locator(".version").first().textContent()).toContain(
      "On the test set, which it has never learnt from",
    );
    await inspect(page, "kitchen-testing");
    expect(complaints).toEqual([]);
  });

  it("has a switch beside each example of an item, which says what it does", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    const card = await goToItem(page, "Hawaiian");
    await card.getByRole("button", { name: "Photos: Hawaiian" }).click();
    const aside = card.getByRole("button", { name: /^For testing only/ });
    await aside.first().waitFor();
    expect(await card.locator('[aria-pressed="true"]').count()).toBe(2);
    const learnt = card.locator('.example:has([aria-pressed="false"])').first();
    await learnt.getByRole("button", { name: /^For testing only/ }).click();
    await card.getByText(/is set aside: versions are tested on it/).waitFor();
    expect(await card.locator('[aria-pressed="true"]').count()).toBe(3);
    await inspect(page, "kitchen-testing-item");
    await card.getByRole("button", { name: "Give them back" }).click();
    await card.getByText("Given back: 3. The next training learns them again.").waitFor();
    await expect.poll(() => card.locator('[aria-pressed="false"]').count()).toBe(10);
    expect(complaints).toEqual([]);
  });

  it("speaks Russian, and fits a phone", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server);
    await goTo(page, "/admin/versions");
    await page.locator("#testing summary").click();
    await page.locator("#testing .testing table").first().waitFor();
    await page.locator("#testing .testing h3").first().scrollIntoViewIfNeeded();
    expect(await findForeignWords(page, "#testing", ["Pepperoni", "Hawaiian", "Margherita"])).toEqual([]);
    await inspect(page, "kitchen-testing-ru");
    expect(complaints).toEqual([]);
  });
});
