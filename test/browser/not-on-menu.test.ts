/** "Not on the menu" in Chromium: a guest says it, staff decide on it, drop photos there and go through them. Each state also goes through axe. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { itemClasses } from "../../src/web/client/admin-answers.ts";
import * as english from "../../src/web/texts/kitchen/en.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { inspectGuestPage, inspectPlainPage } from "./form-look.ts";
import { windowFor } from "./guest-stage.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder, MENU, type Seeder } from "./kitchen-seed.ts";
import { chooseItem, goTo, goToItem, inspect, type PlacePath, photoFile } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

const KITCHENS = [
  { texts: english, tag: "en", options: DESKTOP },
  { texts: russian, tag: "ru", options: RUSSIAN_PHONE },
] as const;

describe.skipIf(!hasBrowser())("what is not on the menu", () => {
  let seeder: Seeder;
  const stage = useStage({
    prepare: async ({ server }) => {
      seeder = createSeeder(server);
      await seeder.teachMenu(8);
      await seeder.ask("/training-runs", {});
    },
  });

  const countStrangers = async () => itemClasses(await seeder.ask("/classes"), "answer").none.examples;

  const enter = async (options: (typeof KITCHENS)[number]["options"], place?: PlacePath): Promise<Page> => {
    const { page } = await openPage(stage.browser, options);
    await enterKitchen(page, stage.server, place);
    return page;
  };

  it.each(LANGUAGES)("is what a guest says with one tap, $tag", async (texts) => {
    const { page, complaints } = await openPage(stage.browser, { ...windowFor(texts), locale: texts.tag });
    await page.goto(stage.server.url);
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", texts.tag === "en" ? 60 : 61));
    const button = page.getByRole("button", { name: texts.answer.notOnMenu, exact: true });
    await button.waitFor();
    // Drawings of one item are copies of each other, so there are three that differ.
    await page.getByText(texts.answer.fewPhotos).waitFor();
    await inspectGuestPage(page, texts, "none-answer");
    await button.click();
    await page.getByText(texts.thanks.pending).waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(LANGUAGES)("is what a guest says without script, $tag", async (texts) => {
    const options = { ...windowFor(texts), locale: texts.tag };
    const { page } = await openPage(stage.browser, { ...options, javaScriptEnabled: false });
    await page.goto(stage.server.url);
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("four_cheese", texts.tag === "en" ? 60 : 61));
    await page.getByRole("button", { name: texts.intake.ask }).click();
    await page.getByRole("button", { name: texts.answer.notOnMenu, exact: true }).waitFor();
    await inspectPlainPage(stage.browser, page, options, texts, "plain-none-answer");
    await page.getByRole("button", { name: texts.answer.notOnMenu, exact: true }).click();
    await page.waitForURL(/\/thanks\?for=pending$/);
  });

  it.each(KITCHENS)("waits for staff, and is a key of the queue, $tag", async ({ texts, options, tag }) => {
    await seeder.correct("margherita", tag === "en" ? 80 : 83, "hawaiian");
    const before = await countStrangers();
    const page = await enter(options);
    const said = page.getByRole("article", { name: new RegExp(`${texts.none.title}$`) }).first();
    await page.locator("article.review").first().waitFor();
    // A phone shows one at a time, until more are asked for.
    const more = page.locator("#reviews").getByRole("button", { name: texts.frame.showMore });
    while (await more.isVisible()) await more.click();
    await said.waitFor();
    await inspect(page, `kitchen-none-review-${tag}`);
    await page.getByRole("article", { name: `${texts.reviewQueue.says.guests(1)} Hawaiian` }).focus();
    await page.keyboard.press("n");
    await page.getByText(`${texts.none.accepted}. ${texts.reviewQueue.card.fromNextTraining}`).waitFor();
    await said.focus();
    await page.keyboard.press("a");
    await expect.poll(countStrangers).toBeGreaterThanOrEqual(before + 2);
    const decided = await countStrangers();
    await page.locator("#reviews-status").getByText(texts.none.accepted).waitFor();
    await page.getByRole("button", { name: texts.reviewQueue.undo.button(texts.none.accepted) }).click();
    await page.getByText(texts.reviewQueue.undo.done(texts.none.accepted)).waitFor();
    expect(await countStrangers()).toBeLessThan(decided);
  });

  it.each(KITCHENS)("is a place for photos, with a list of them, $tag", async ({ texts, options, tag }) => {
    const before = await countStrangers();
    const page = await enter(options, "/admin/menu");
    const card = page.getByRole("article", { name: texts.none.title, exact: true }).and(page.locator(".item-none"));
    await card.getByText(texts.none.fewPhotos).waitFor();
    const photos = [0, 1].map((at) => photoFile("mushroom", (tag === "en" ? 80 : 90) + at));
    await card.getByLabel(texts.items.upload.choose(texts.none.title)).setInputFiles(photos);
    await card.getByText(texts.items.card.photos(before + 2)).waitFor();
    await card.getByRole("link", { name: texts.none.title }).click();
    await page.waitForURL("**/admin/menu/*");
    await card.getByRole("button", { name: texts.itemTools.tools.photos.name(texts.none.title) }).click();
    const list = card.getByRole("list", { name: texts.none.photoList });
    await list.getByRole("listitem").first().waitFor();
    await expect.poll(() => list.getByRole("listitem").count()).toBe(before + 2);
    await inspect(page, `kitchen-none-${tag}`);
    const first = list.getByRole("listitem").first();
    await chooseItem(first.getByRole("combobox"), "Hawaiian");
    await first.getByRole("button", { name: texts.itemTools.photos.move }).click();
    await card.getByText(texts.items.card.photos(before + 1)).waitFor();
    await list.getByRole("listitem").first().getByRole("button", { name: texts.itemTools.photos.forget }).click();
    await expect.poll(countStrangers).toBe(before);
    if (tag === "ru") {
      const foreign = await findForeignWords(page, "#items", MENU.flat());
      expect(foreign.filter((word) => !/^[a-f]+$/.test(word))).toEqual([]);
    }
  });

  it("takes a photo of an item, and the next version says how many of the like it would notice", async () => {
    const before = await countStrangers();
    const page = await enter(DESKTOP);
    const card = await goToItem(page, "Margherita");
    await card.getByRole("button", { name: english.itemTools.tools.photos.name("Margherita") }).click();
    const first = card.getByRole("list").getByRole("listitem").first();
    await chooseItem(first.getByRole("combobox"), english.none.title);
    await first.getByRole("button", { name: english.itemTools.photos.move }).click();
    await card.getByText("counts as not on the menu from the next training on.").waitFor();
    expect(await countStrangers()).toBe(before + 1);
    expect(await seeder.ask("/training-runs", {})).toMatchObject({ outcome: "published", remaining: 0 });
    expect(await seeder.ask("/classes")).toMatchObject({ none: { examples: before + 1 } });
    await goTo(page, "/admin/menu");
    await page.getByText(/Of 10 photos like these I would notice (none|about \d+) by myself\.$/).waitFor();
    await inspect(page, "kitchen-none-caught");
  });
});
