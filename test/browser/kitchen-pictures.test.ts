/** The pictures that the kitchen shows of labelled photos, in a real browser: with each doubt, mistake, item and answer's reason. */
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { goTo, goToItem, inspect, versionCard } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

/** Waits for so many pictures, brings each into sight until it has arrived, and gives back what each is called. */
async function seePictures(place: Locator, count: number): Promise<readonly string[]> {
  const pictures = place.locator("img.held-copy");
  await expect.poll(() => pictures.count()).toBe(count);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  }
  return pictures.evaluateAll((all: HTMLImageElement[]) => all.map(({ alt }) => alt));
}

describe.skipIf(!hasBrowser())("pictures of labelled photos in the kitchen", () => {
  const stage = useStage({
    vars: { KEEP_PICTURES: "thumbnails" },
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(6);
      await seeder.teach("Hawaiian", "pepperoni", [50]); // wrong: a doubt is to come of it
      await seeder.ask("/training-runs", {});
    },
  });

  it("stand with a doubted label, and with the photos that speak for its answer", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    const doubt = page.locator("#doubts .doubt").first();
    expect(await seePictures(doubt, 1)).toEqual(["What this photo shows"]);
    await doubt.getByRole("button", { name: /^Why\?/ }).click();
    await doubt.getByText("These photos speak for Pepperoni:").waitFor();
    const shown = await doubt.locator(".because img.held-copy").count();
    expect(shown).toBe(await doubt.locator(".because li").count());
    await inspect(page, "kitchen-pictures-doubt");
    expect(complaints).toEqual([]);
  });

  it("stand with each photo of an item, and with the mistakes behind a cell of the matrix", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    const card = await goToItem(page, "Hawaiian");
    await card.getByRole("button", { name: "Photos: Hawaiian" }).click();
    await seePictures(card, 7);
    await inspect(page, "kitchen-pictures-item");
    await goTo(page, "/admin/versions");
    const version = versionCard(page, 1);
    await page.getByRole("button", { name: "Look closer at version 1" }).click();
    await version.getByRole("gridcell", { name: /photos of Hawaiian was answered Pepperoni/ }).click();
    await seePictures(version.locator(".matrix-examples"), 1);
    await inspect(page, "kitchen-pictures-matrix");
    expect(complaints).toEqual([]);
  });

  it("fit a phone, and are told of in Russian", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server);
    const doubt = page.locator("#doubts .doubt").first();
    expect(await seePictures(doubt, 1)).toEqual([kitchen.samples.picture]);
    await inspect(page, "kitchen-pictures-ru");
    expect(complaints).toEqual([]);
  });
});
