/** Looking through many examples at once, in a real browser: every list, by keyboard and by touch, and what is done to those selected. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { look as russian } from "../../src/web/texts/kitchen/ru/look.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { goTo, goToItem, inspect, versionCard } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { useStage } from "./stage.ts";
import { useTextStage } from "./text-stage.ts";

const MAX_PLACE_BYTES = 60_000;
const NAMES = ["Pepperoni", "Hawaiian", "Margherita"];

function tiles(page: Page): Locator {
  return page.getByRole("option").and(page.locator(".tile"));
}

async function countTiles(page: Page, count: number): Promise<void> {
  await expect.poll(() => tiles(page).count()).toBe(count);
}

function selected(page: Page): Promise<number> {
  return page.locator('.tile[aria-selected="true"]').count();
}

async function openLook(page: Page, url: string, query: string): Promise<void> {
  await page.goto(`${url}/admin/look${query}`);
  await page.locator("h1.place-title:focus").waitFor();
  await tiles(page).first().waitFor();
}

describe.skipIf(!hasBrowser())("many examples at once, in the kitchen", () => {
  const stage = useStage({
    vars: { KEEP_PICTURES: "thumbnails" },
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(12);
      await seeder.teach("Hawaiian", "pepperoni", [50, 51]); // wrong: mistakes are to come of them
      await seeder.ask("/training-runs", {});
    },
  });

  it("walks, selects and opens by keyboard alone, with one stop for Tab", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openLook(page, stage.server.url, "?item=hawaiian");
    await countTiles(page, 14);
    expect(await page.locator('.tile[tabindex="0"]').count()).toBe(1);
    await tiles(page).first().focus();
    for (const key of ["ArrowRight", "Space", "ArrowDown"]) await page.keyboard.press(key);
    expect(await selected(page)).toBe(1);
    await page.keyboard.press("Shift+Home");
    expect(await selected(page)).toBe(2);
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Space");
    expect(await selected(page)).toBe(14);
    await page.getByText("14 selected", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    expect(await selected(page)).toBe(0);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
    await inspect(page, "kitchen-look-dialog");
    await page.keyboard.press("ArrowLeft");
    const photo = await dialog.locator("code").textContent();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator(".tile:focus").getAttribute("data-photo")).toBe(photo);
    expect(photo).toBe(await tiles(page).nth(12).getAttribute("data-photo"));
    await inspect(page, "kitchen-look-item");
    expect(complaints).toEqual([]);
  });

  it("moves what is selected, and takes it back by Z to where it was", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openLook(page, stage.server.url, "?item=hawaiian");
    await countTiles(page, 14);
    const before = await tiles(page).evaluateAll((all: HTMLElement[]) => all.map(({ dataset }) => dataset.photo));
    await tiles(page).nth(2).click();
    await tiles(page)
      .nth(5)
      .click({ modifiers: ["Shift"] });
    await page.getByLabel("Move to").selectOption({ label: "Pepperoni" });
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("4 photos moved to Pepperoni.").waitFor();
    await countTiles(page, 10);
    await expect.poll(() => page.locator('.tile[tabindex="0"]:focus').count()).toBe(1);
    await page.keyboard.press("z");
    await page.getByText("Taken back: 4 photos.").waitFor();
    expect(await tiles(page).evaluateAll((all: HTMLElement[]) => all.map(({ dataset }) => dataset.photo))).toEqual(
      before,
    );
    await tiles(page).nth(1).click();
    await page.getByRole("button", { name: "For testing" }).click();
    await page.getByText("1 photo set aside").waitFor();
    await tiles(page).nth(1).getByText("for testing").waitFor();
    await inspect(page, "kitchen-look-aside");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back: 1 photo.").waitFor();
    await expect.poll(() => page.locator(".tile:focus").count()).toBe(1);
    await page.getByRole("button", { name: "Select none" }).click();
    await expect.poll(() => page.locator(".tile:focus").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("forgets at the second press, and says which rows somebody else has changed", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await createSeeder(stage.server).teach("Margherita", "margherita", [70, 71]);
    await openLook(page, stage.server.url, "?item=margherita");
    await countTiles(page, 14);
    await tiles(page).first().click();
    await page.getByRole("button", { name: "Forget", exact: true }).click();
    expect(await page.locator("button:focus").textContent()).toBe("Keep them");
    await inspect(page, "kitchen-look-forget");
    await page.getByRole("button", { name: "Forget 1 photo" }).click();
    await page.getByText("1 photo forgotten.").waitFor();
    await countTiles(page, 13);
    await expect.poll(() => page.locator(".tile:focus").count()).toBe(1);
    const photo = await tiles(page).first().getAttribute("data-photo");
    await createSeeder(stage.server).ask("/examples/forget", { photos: [photo] });
    await tiles(page).first().click();
    await tiles(page).nth(1).click();
    await page.getByLabel("Move to").selectOption({ label: "Hawaiian" });
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByText("1 photo moved to Hawaiian.").waitFor();
    await page.getByText(/^1 photo could not be changed\. There is no such example/).waitFor();
    expect(await selected(page)).toBe(1);
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Taken back: 1 photo.").waitFor();
  });

  it("is reached from a cell, a doubt and an item, by an address that back leaves again", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await page.getByRole("link", { name: "Look through all of them: Labels I doubt" }).click();
    await page.waitForURL("**/admin/look?show=doubted");
    await tiles(page)
      .first()
      .getByText(/^answered Pepperoni/)
      .waitFor();
    await page.goBack();
    await page.waitForURL("**/admin");
    await goTo(page, "/admin/versions");
    await page.getByRole("button", { name: "Look closer at version 1" }).click();
    await versionCard(page, 1)
      .getByRole("gridcell", { name: /photos of Hawaiian w.* answered Pepperoni/ })
      .click();
    await page.getByRole("link", { name: "Look through all of them: Hawaiian, answered Pepperoni" }).click();
    await page.waitForURL("**/admin/look?version=1&label=hawaiian&said=pepperoni");
    await page.getByRole("heading", { name: "Hawaiian, answered Pepperoni" }).waitFor();
    await tiles(page).first().waitFor();
    await inspect(page, "kitchen-look-mistakes");
    const card = await goToItem(page, "Hawaiian");
    await card.getByRole("button", { name: "Photos: Hawaiian" }).click();
    await card.getByRole("link", { name: /^Look through all/ }).click();
    await page.waitForURL("**/admin/look?item=hawaiian");
    await tiles(page).first().dblclick();
    await page.getByRole("link", { name: "What its answer stands on" }).click();
    await page.getByRole("heading", { name: "The photos an answer stands on" }).waitFor();
    await tiles(page).first().getByText(/^for /).waitFor();
    expect(complaints).toEqual([]);
  });

  it("weighs little and speaks Russian on a phone", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server);
    await openLook(page, stage.server.url, "?item=hawaiian");
    expect((await weighPage(page)).bytes).toBeLessThan(MAX_PLACE_BYTES);
    await tiles(page).first().tap();
    await page.getByText(russian.selected(1), { exact: true }).waitFor();
    await page.getByRole("button", { name: russian.forget, exact: true }).tap();
    expect(await findForeignWords(page, "#main", NAMES)).toEqual([]);
    await inspect(page, "kitchen-look-ru");
    await page.getByRole("button", { name: russian.keep }).tap();
    await page.getByRole("button", { name: russian.open }).tap();
    expect(await findForeignWords(page, "dialog", NAMES)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser())("many examples at once, where no picture is kept", () => {
  const stage = useStage({ prepare: async ({ server }) => createSeeder(server).teachMenu(3) });

  it("go by their fingerprints and what is known of them, as a list", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await openLook(page, stage.server.url, "?item=hawaiian");
    await page.getByText("No pictures are kept, so each photo goes by its fingerprint.").waitFor();
    await tiles(page)
      .first()
      .getByText(/^[0-9a-f]{8} from staff, not learned yet$/)
      .waitFor();
    expect(await page.locator("img.tile-picture").count()).toBe(0);
    await tiles(page).first().focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    expect(await tiles(page).nth(1).getAttribute("aria-selected")).toBe("true");
    await inspect(page, "kitchen-look-words");
    await page.goto(`${stage.server.url}/admin/look?show=twins`);
    await page.getByText("Nothing to look at here.").waitFor();
    expect(complaints).toEqual([]);
  });
});

describe.skipIf(!hasBrowser())("many texts at once, in the kitchen of a deployment that reads texts", () => {
  const stage = useTextStage({ KEEP_PICTURES: "thumbnails" });

  it("are a list to read, select and move, each whole when it is looked at closer", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await page.goto(`${stage.server.url}/admin/menu`);
    await page.locator("article a").first().click();
    await page.getByRole("button", { name: /^Texts:/ }).click();
    await page.getByRole("link", { name: /^Look through all/ }).click();
    await countTiles(page, 10);
    await page.getByText("10 texts.", { exact: true }).waitFor();
    const text = await tiles(page).first().locator(".tile-text").textContent();
    await tiles(page).first().focus();
    await page.keyboard.press("Enter");
    await page
      .getByRole("dialog")
      .getByText(text ?? "")
      .waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "For testing" }).click();
    await page.getByText("1 text set aside").waitFor();
    await inspect(page, "kitchen-look-texts");
    expect(complaints).toEqual([]);
  });
});
