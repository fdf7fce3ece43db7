/** The menu in the kitchen in Russian, in a real browser: every flow of an item, in its words, on a desktop and on a phone. */
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";
import { texts as guestTexts } from "../../src/web/texts/ru.ts";
import { hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { countUp, createSeeder, type Seeder } from "./kitchen-seed.ts";
import { chooseItem, goTo, goToItem, inspect, itemCard, type PhotoFile, photoFile } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { openStage, type Stage } from "./stage.ts";

const { frame, items, itemTools, itemQuality } = kitchen;
const TAUGHT = ["Pepperoni", "Hawaiian", "Margherita", "Ananas", "Four Cheese"];
/** Names of files and formats, which are written alike everywhere. */
const LATIN = [...TAUGHT, "mushroom.png", "notes.txt", "phone.heic", "film.mov", "HEIC JPEG PNG WebP GIF"];
const MAX_IMAGE_BYTES = 1_000_000;
const MAX_PLACE_BYTES = 60_000;
const LONG_NAME = "Сезонная с артишоками и трюфелем";

const REFUSED: readonly PhotoFile[] = [
  { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Not a photo.") },
  { name: "phone.heic", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\u0018ftypheic\0\0\0\0mif1heic") },
  { name: "film.mov", mimeType: "video/quicktime", buffer: Buffer.alloc(MAX_IMAGE_BYTES + 1) },
];

// The steps build on each other: the menu fills, is looked after, and is cleared up.
describe.skipIf(!hasBrowser())("the menu in Russian", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage({ MAX_IMAGE_BYTES: String(MAX_IMAGE_BYTES) });
    ({ browser, server } = stage);
    seeder = createSeeder(server);
  });

  afterAll(() => stage?.close());

  const enter = async (options: BrowserContextOptions = RUSSIAN_DESKTOP) => {
    const opened = await openPage(browser, options);
    await enterKitchen(opened.page, server, "/admin/menu");
    return opened;
  };

  it("begins empty, and says what to do, or who may", async () => {
    const { page, complaints } = await enter();
    await page.locator("#items").getByText(items.empty).waitFor();
    await page.getByRole("heading", { name: items.section.title, exact: true }).waitFor();
    await page.getByRole("region", { name: items.section.title, exact: true }).getByText(items.section.note).waitFor();
    await look(page, "empty");
    expect(complaints).toEqual([]);
    const key = await seeder.ask("/keys", { name: "Касса", role: "label" });
    const other = await openPage(browser, RUSSIAN_DESKTOP);
    await other.page.goto(`${server.url}/admin`);
    await other.page.locator("#token").fill(readSecret(key));
    await other.page.locator("#token").press("Enter");
    await other.page.locator("#items").getByText(items.emptyForOthers).waitFor();
    expect(await findForeignWords(other.page, "#items", LATIN)).toEqual([]);
  });

  it("takes an item with its photos in one step, and says which were refused and why", async () => {
    const { page, complaints } = await enter();
    await page.getByLabel(items.add.name).fill(LONG_NAME);
    await page.getByLabel(items.add.description).fill("Артишоки, трюфель, сливки");
    const photos = countUp(0, 12).map((seed) => photoFile("mushroom", seed));
    await page.getByLabel(`${items.add.photos} ${items.add.optional}`).setInputFiles([...photos, ...REFUSED]);
    await page.getByText(items.add.chosen(15)).waitFor();
    const gate = await holdRequests(page, "**/v1/admin/classes/*/examples");
    await page.getByRole("button", { name: items.add.submit }).click();
    const card = itemCard(page, LONG_NAME);
    await card.getByText(items.upload.progress(0, 15)).waitFor();
    await card.getByRole("progressbar", { name: items.upload.bar }).waitFor();
    await page.getByText(items.add.addedWithPhotos(15, LONG_NAME)).waitFor();
    await look(page, "sending");
    gate.open();
    const tally = { stored: 12, relabelled: 0, duplicates: 0, pending: 0, refused: 3 };
    await card.getByText(items.upload.summary(tally)).waitFor();
    await card.getByText(items.card.photos(12), { exact: true }).waitFor();
    const reasons = card.getByRole("list", { name: items.upload.refused }).getByRole("listitem");
    await reasons.filter({ hasText: "film.mov" }).getByText(items.upload.tooLarge).waitFor();
    await expect.poll(() => reasons.count()).toBe(REFUSED.length);
    await look(page, "refused");
    expect(complaints).toEqual([]);
  });

  it("says when a name is taken, and what comes after an item without photos", async () => {
    const { page } = await enter();
    await page.getByLabel(items.add.name).fill(LONG_NAME);
    await page.getByRole("button", { name: items.add.submit }).click();
    const taken = page.locator("#add-item-alert");
    await taken.getByText(LONG_NAME).waitFor();
    await look(page, "taken");
    await page.getByLabel(items.add.name).fill("Грибная");
    await page.getByRole("button", { name: items.add.submit }).click();
    await page.getByText(items.add.added("Грибная")).waitFor();
    await itemCard(page, "Грибная").getByText(items.card.photos(0)).waitFor();
    await expect.poll(() => taken.textContent()).toBe("");
  });

  it("continues with an upload that was cut off", async () => {
    const { page } = await enter();
    const card = itemCard(page, "Грибная");
    const path = "**/v1/admin/classes/*/examples";
    await page.route(path, (route) => route.abort());
    await card.getByLabel(items.upload.choose("Грибная")).setInputFiles([photoFile("mushroom", 20)]);
    const goOn = card.getByRole("alert").getByRole("button", { name: items.upload.goOn });
    await goOn.waitFor();
    expect(await findForeignWords(page, "#items", LATIN)).toEqual([]);
    await page.unroute(path);
    await goOn.click();
    const tally = { stored: 1, relabelled: 0, duplicates: 0, pending: 0, refused: 0 };
    await card.getByText(items.upload.summary(tally)).waitFor();
  });

  it("renames an item and describes it, but not with a name that is taken", async () => {
    const { page } = await enter();
    const card = await goToItem(page, "Грибная");
    await card.getByRole("button", { name: items.card.renameItem("Грибная") }).click();
    await card.getByLabel(items.rename.name).fill(LONG_NAME);
    await card.getByRole("button", { name: items.rename.save }).click();
    await card.getByRole("alert").getByText(LONG_NAME).waitFor();
    await look(page, "rename");
    await card.getByLabel(items.rename.name).fill("Лесная");
    await card.getByLabel(items.rename.description).fill("Белые грибы и тимьян");
    await card.getByRole("button", { name: items.rename.save }).click();
    await itemCard(page, "Лесная").getByText("Белые грибы и тимьян").waitFor();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Лесная");
    await page.getByRole("button", { name: items.card.renameItem("Лесная") }).click();
    await page.getByRole("button", { name: items.cancel }).click();
    await itemCard(page, "Лесная")
      .getByRole("button", { name: items.card.renameItem("Лесная") })
      .waitFor();
  });

  it("puts an item into the archive and back on the menu", async () => {
    const { page, complaints } = await enter();
    const card = await goToItem(page, "Лесная");
    await card.getByRole("button", { name: items.card.archiveItem("Лесная") }).click();
    await card.getByRole("button", { name: items.card.restoreItem("Лесная") }).waitFor();
    await look(page, "archived");
    await goTo(page, "/admin/menu");
    await page.getByText(items.archivedItems(1)).click();
    await look(page, "archive");
    await itemCard(page, "Лесная").getByRole("link", { name: "Лесная" }).click();
    await page.getByRole("button", { name: items.card.restoreItem("Лесная") }).click();
    await card.getByRole("button", { name: items.card.archiveItem("Лесная") }).waitFor();
    await goTo(page, "/admin/menu");
    await card.waitFor();
    await expect.poll(() => page.getByText(items.archivedItems(1)).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("says how well each item is known, whether it is done, and what it is confused with", async () => {
    await seeder.teach("Pepperoni", "pepperoni", countUp(0, 16));
    await seeder.teach("Margherita", "margherita", countUp(0, 12));
    await seeder.teach("Four Cheese", "four_cheese", countUp(0, 4));
    // One pizza by two names: they are mixed up.
    await seeder.teach("Hawaiian", "hawaiian", countUp(0, 12));
    await seeder.teach("Ananas", "hawaiian", countUp(60, 12));
    await seeder.ask("/training-runs", {});
    const { page, complaints } = await enter();
    await itemCard(page, "Pepperoni").getByText(itemQuality.enough).waitFor();
    await itemCard(page, "Margherita").getByText(itemQuality.unproven(4)).waitFor();
    await itemCard(page, "Four Cheese").getByText(itemQuality.few(6)).waitFor();
    await itemCard(page, "Ananas").locator(".item-verdict").getByText("«Hawaiian»").waitFor();
    await look(page, "verdicts");
    const curve = (await goToItem(page, "Margherita")).getByRole("img");
    expect(await curve.getAttribute("aria-label")).toMatch(/: 3 фото — [\d\s]+%, 6 фото — [\d\s]+%, 12 фото — 100\s%$/);
    await look(page, "quality");
    expect(complaints).toEqual([]);
  });

  it("lists an item's photos, moves one and forgets one", async () => {
    const { page, complaints } = await enter();
    const card = await goToItem(page, "Four Cheese");
    await openTool(card, "photos", "Four Cheese");
    const photos = card.getByRole("list", { name: itemTools.photos.list("Four Cheese") });
    await photos.getByRole("listitem").nth(3).waitFor();
    const names = await photos.locator("code").allTextContents();
    const first = photos.getByRole("listitem").first();
    await chooseItem(first.getByRole("combobox", { name: itemTools.photos.moveTo(names[0]) }), "Pepperoni");
    await look(page, "photos", names);
    await first.getByRole("button", { name: itemTools.photos.movePhoto(names[0]) }).click();
    await card.getByText(itemTools.photos.moved(names[0], "Pepperoni")).waitFor();
    await photos.getByRole("button", { name: itemTools.photos.forgetPhoto(names[1]) }).click();
    await card.getByText(itemTools.photos.forgotten(names[1])).waitFor();
    await expect.poll(() => photos.getByRole("listitem").count()).toBe(2);
    expect(await findForeignWords(page, "#items", [...LATIN, ...names])).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("merges an item into another after saying what that means", async () => {
    const { page, complaints } = await enter();
    const card = await goToItem(page, "Ananas");
    await openTool(card, "merge", "Ananas");
    await card.getByLabel(itemTools.merge.into).selectOption({ label: "Hawaiian" });
    await card.getByText(itemTools.merge.meaning(12, "Ananas", "Hawaiian")).waitFor();
    await look(page, "merge");
    await card.getByRole("button", { name: itemTools.merge.submit("Hawaiian") }).click();
    await page.getByText(itemTools.merge.done("Ananas", "Hawaiian")).waitFor();
    await card.getByText(items.card.mergedInto("Hawaiian")).waitFor();
    await goTo(page, "/admin/menu");
    await itemCard(page, "Hawaiian").getByText(items.card.photos(24), { exact: true }).waitFor();
    await page.getByText(items.archivedItems(1)).click();
    await card.getByText(items.card.mergedInto("Hawaiian")).waitFor();
    expect(complaints).toEqual([]);
  });

  it("deletes an item only when its name has been typed", async () => {
    const { page, complaints } = await enter();
    const card = await goToItem(page, "Four Cheese");
    await openTool(card, "delete", "Four Cheese");
    await card.getByText(itemTools.delete.meaning(2, "Four Cheese")).waitFor();
    await card.getByRole("button", { name: itemTools.delete.submit }).click();
    await card.getByRole("alert").getByText(itemTools.delete.otherName("Four Cheese")).waitFor();
    await look(page, "delete");
    await card.getByLabel(itemTools.delete.confirm("Four Cheese")).fill("four cheese");
    await page.keyboard.press("Enter");
    await page.getByText(itemTools.delete.done(2, "Four Cheese", 0)).waitFor();
    await page.getByText(frame.noSuchItem).waitFor();
    await look(page, "deleted");
    await page.getByRole("main").getByRole("link", { name: frame.toItems }).click();
    await itemCard(page, "Pepperoni").waitFor();
    await expect.poll(() => itemCard(page, "Four Cheese").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("finds one among many items by a few letters", async () => {
    for (const day of countUp(1, 40)) await seeder.ask("/classes", { name: `Пицца дня № ${day}` });
    await seeder.correct("pepperoni", 80, "Hawaiian");
    const { page, complaints } = await enter();
    await goTo(page, "/admin");
    await page.locator("#reviews article button[aria-expanded]").first().click();
    const { picker } = guestTexts;
    const field = page.getByRole("combobox", { name: picker.find });
    const list = page.getByRole("listbox", { name: picker.list });
    await field.fill("дня 37");
    await list.getByRole("option", { name: "Пицца дня № 37" }).waitFor();
    await expect.poll(() => list.getByRole("option").count()).toBe(1);
    await field.fill("такого нет");
    await page.getByText(picker.none).waitFor();
    expect(await findForeignWords(page, "#reviews .picker", TAUGHT)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("weighs little and works on a phone", async () => {
    const { page, complaints } = await enter(RUSSIAN_PHONE);
    await itemCard(page, "Pepperoni").waitFor();
    const menu = await weighPage(page);
    const card = await goToItem(page, LONG_NAME);
    const item = await weighPage(page);
    expect(Math.max(menu.bytes, item.bytes)).toBeLessThan(MAX_PLACE_BYTES);
    for (const tool of ["photos", "merge", "delete"] as const) {
      await card.getByRole("button", { name: itemTools.tools[tool].name(LONG_NAME), exact: true }).tap();
      if (tool === "photos") await card.getByRole("listitem").nth(11).waitFor();
      const names = await card.locator("code").allTextContents();
      await card.locator(".item-tools").scrollIntoViewIfNeeded();
      await look(page, `phone-${tool}`, names);
    }
    await card.getByLabel(itemTools.delete.confirm(LONG_NAME)).fill(LONG_NAME);
    await card.getByRole("button", { name: itemTools.delete.submit }).tap();
    await page.getByText(itemTools.delete.done(12, LONG_NAME, 0)).waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Photographs the state, and expects it to fit, to have no barrier, and to speak Russian. */
async function look(page: Page, state: string, known: readonly string[] = []): Promise<void> {
  await inspect(page, `kitchen-ru-items-${state}`);
  expect(await findForeignWords(page, "#items", [...LATIN, ...known])).toEqual([]);
}

async function openTool(card: Locator, tool: "photos" | "merge" | "delete", name: string): Promise<void> {
  await card.getByRole("button", { name: itemTools.tools[tool].name(name), exact: true }).click();
}

/** Holds requests until `open` is called, so that the page can be seen waiting. */
async function holdRequests(page: Page, path: string): Promise<{ readonly open: () => void }> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(path, async (route) => {
    await promise;
    await route.continue();
  });
  return { open: resolve };
}

function readSecret(answer: unknown): string {
  if (typeof answer === "object" && answer !== null && "secret" in answer) return String(answer.secret);
  throw new Error("the key came without its secret");
}
