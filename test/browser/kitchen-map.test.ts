/** The map of the menu in a real browser: what it shows, by mouse and by keyboard, in print, and the same as tables. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { map as russian } from "../../src/web/texts/kitchen/ru/map.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { goTo, inspect, versionCard } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { useStage } from "./stage.ts";

const MAX_PLACE_BYTES = 60_000;
const NAMES = ["Pepperoni", "Hawaiian", "Margherita"];
const PHOTOS = 37;

async function openMap(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/map`);
  await page.locator("h1.place-title:focus").waitFor();
  await expect.poll(() => page.locator(".map-example").count()).toBe(PHOTOS);
}

describe.skipIf(!hasBrowser())("the map of the menu, in the kitchen", () => {
  const stage = useStage({
    vars: { KEEP_PICTURES: "thumbnails" },
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(12);
      await seeder.teach("Hawaiian", "pepperoni", [50]); // wrong: to be doubted
      await seeder.ask("/training-runs", {});
    },
  });

  it("marks each item by a shape as well as a colour, and rings what is doubted", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openMap(page, stage.server.url);
    const shapes = await page
      .locator(".map-example .map-mark")
      .evaluateAll((marks: SVGPathElement[]) => marks.map((mark) => mark.getAttribute("d")));
    expect(new Set(shapes).size).toBe(3);
    expect(await page.locator(".map-doubt").count()).toBeGreaterThan(0);
    await page.getByText("The map shows all that sets your items apart.").waitFor();
    await inspect(page, "kitchen-map");
    await page.getByRole("button", { name: "Hawaiian" }).click();
    expect(await page.locator(".map-out").count()).toBe(13);
    await inspect(page, "kitchen-map-item");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".map-frame").isVisible()).toBe(true);
    expect(await page.locator(".map-words").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("goes from mark to mark by arrow keys, says which one it is, and opens it", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openMap(page, stage.server.url);
    const frame = page.getByRole("application", { name: /^Map of 37 photos of 3 items/ });
    await frame.focus();
    const words = page.locator(".map-words");
    const told = new Set<string | null>();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"]) {
      await page.keyboard.press(key);
      told.add(await words.textContent());
    }
    expect(told.size).toBeGreaterThan(2);
    expect(await words.textContent()).toMatch(/^(Pepperoni|Hawaiian|Margherita), .*[0-9a-f]{8}$/);
    await page.keyboard.press("Enter");
    const picture = page.getByRole("dialog").locator("img");
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
    await inspect(page, "kitchen-map-open");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".map-frame:focus").count()).toBe(1);
    // The mark lies above its ring.
    await page.locator(".map-doubt").first().click({ force: true });
    await page
      .getByRole("dialog")
      .getByText(/label doubted/)
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it("is the same as tables, with a way to each item and each photo", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openMap(page, stage.server.url);
    const row = page.getByRole("row", { name: /^Hawaiian/ });
    expect(await row.getByRole("cell").last().textContent()).toMatch(/^[1-3] of 13$/);
    await page.getByText(/^Every mark in a list/).click();
    await expect.poll(() => page.locator(".map-all tbody tr").count()).toBe(PHOTOS);
    await inspect(page, "kitchen-map-tables");
    await page.locator(".map-all tbody tr").filter({ hasText: "label doubted" }).first().getByRole("button").click();
    await page
      .getByRole("dialog")
      .getByText(/label doubted/)
      .waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".map-all button:focus").count()).toBe(1);
    await row.getByRole("link", { name: "Hawaiian" }).click();
    await page.waitForURL("**/admin/look?item=hawaiian");
    expect(complaints).toEqual([]);
  });

  it("is reached from a version, and says what is missing before there is one", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await goTo(page, "/admin/versions");
    await page.getByRole("button", { name: "Look closer at version 1" }).click();
    await versionCard(page, 1).getByRole("link", { name: "Map of the menu" }).click();
    await page.waitForURL("**/admin/map?version=1");
    await page.getByText("Version 1: your photos, arranged by how alike they look to it.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("weighs little, fits a phone and speaks Russian there", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server);
    await openMap(page, stage.server.url);
    expect((await weighPage(page)).bytes).toBeLessThan(MAX_PLACE_BYTES);
    await page.getByText(russian.meaning).waitFor();
    expect(await findForeignWords(page, "#main", NAMES)).toEqual([]);
    await inspect(page, "kitchen-map-ru");
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser())("the map of an empty menu", () => {
  const stage = useStage();

  it("says what it takes", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await page.goto(`${stage.server.url}/admin/map`);
    await page.getByText(/^There is no map yet/).waitFor();
    await inspect(page, "kitchen-map-empty");
    expect(complaints).toEqual([]);
  });
});
