/** The kitchen where much waits: 200 items and 2,000 corrections. Its places stay short until somebody asks for more. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import * as english from "../../src/web/texts/kitchen/en.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";
import { writeCorrections, writeSuggestions } from "../support/many-waiting.ts";
import { createRandom } from "../support/random.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { enterKitchen, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { countUp, createSeeder } from "./kitchen-seed.ts";
import { inspect, itemCard, signIn } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

const ITEMS = 200;
const CORRECTIONS = 2_000;
/** Of those the API gives a page of so many. */
const PAGE = 100;
const WISHES = 30;
/** Items whose photos look alike two by two, so that many labels are in doubt. */
const TAUGHT = 8;
/** Of the smallest phone; one of 390 by 844 pixels holds nearly twice as much. */
const MAX_SCREENS = 4.3;

describe.skipIf(!hasBrowser())("the kitchen where much waits", () => {
  const stage = useStage({
    prepare: async ({ server, dataDir }) => {
      const seeder = createSeeder(server);
      for (const i of countUp(0, TAUGHT)) {
        await seeder.teach(`Pizza ${i}`, ["pepperoni", "hawaiian"][i % 2] ?? "", countUp(6 * i, 6));
      }
      for (const i of countUp(TAUGHT, ITEMS - TAUGHT)) await seeder.ask("/classes", { name: `Pizza ${i}` });
      await seeder.ask("/training-runs", {});
      const labels = countUp(0, TAUGHT).map((i) => `pizza_${i}`);
      writeCorrections(dataDir, { count: CORRECTIONS, labels }, createRandom("corrections"));
      writeSuggestions(
        dataDir,
        countUp(0, WISHES).map((i) => `Calzone with filling number ${i}`),
      );
    },
  });

  const countScreens = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
  const countShown = (page: Page, rows: string) => page.locator(rows).filter({ visible: true }).count();
  const waitForLists = async (page: Page) => {
    for (const row of ["#reviews .review", "#doubts .doubt", "#suggestions .doubt"]) {
      await page.locator(row).first().waitFor();
    }
  };

  it.each([
    ["English", PHONE, english],
    ["Russian", RUSSIAN_PHONE, russian],
  ] as const)(
    "keeps today within some four screens of a phone in %s, until a tap shows more",
    async (language, options, texts) => {
      const { page, complaints } = await openPage(stage.browser, options);
      await enterKitchen(page, stage.server);
      await waitForLists(page);
      await inspect(page, `kitchen-long-today-${language}`);
      const screens = await countScreens(page);
      console.log(`Today in ${language}: ${screens} screens`);
      expect(screens).toBeLessThanOrEqual(MAX_SCREENS);
      for (const section of ["reviews", "doubts", "suggestions"]) {
        const rows = `#${section} :is(.reviews, .doubts) > li`;
        const seen = await countShown(page, rows);
        await page.locator(`#${section}`).getByRole("button", { name: texts.frame.showMore }).tap();
        await expect.poll(() => countShown(page, rows), { message: section }).toBe(3 * seen);
        const focused = page.locator(rows).nth(seen);
        expect(await focused.evaluate((row) => row.contains(document.activeElement)), section).toBe(true);
      }
      await inspect(page, `kitchen-long-today-more-${language}`);
      expect(complaints).toEqual([]);
    },
  );

  it.each([
    ["English", PHONE, english],
    ["Russian", RUSSIAN_PHONE, russian],
  ] as const)(
    "shows the first items of the menu in %s, the others when asked, and one of them by its name",
    async (language, options, texts) => {
      const { page, complaints } = await openPage(stage.browser, options);
      await enterKitchen(page, stage.server, "/admin/menu");
      const cards = page.locator("#items-body > .items .item:not(.item-none)");
      const countCards = () => cards.filter({ visible: true }).count();
      await cards.first().waitFor();
      const seen = await countCards();
      expect(await cards.count()).toBeGreaterThanOrEqual(ITEMS);
      expect(seen).toBeLessThan(10);
      await inspect(page, `kitchen-long-menu-${language}`);
      // By its key: cards on the way to it are laid out as they come into sight, and push it on.
      await page.getByRole("button", { name: texts.frame.showMore }).press("Enter");
      await expect.poll(countCards).toBe(3 * seen);
      expect(await cards.nth(seen).evaluate((card) => card.matches(":focus"))).toBe(true);
      const field = page.getByLabel(texts.picker.find);
      await field.fill("pizza 199");
      await expect.poll(countCards).toBe(1);
      await itemCard(page, "Pizza 199").waitFor();
      await field.fill("no such pizza");
      await page.getByText(texts.picker.none).waitFor();
      expect(await countCards()).toBe(0);
      await field.fill("");
      await expect.poll(countCards).toBe(3 * seen);
      await page.locator("#item-name").fill(`Calzone ${language}`);
      await page.locator("#item-name").press("Enter");
      await itemCard(page, `Calzone ${language}`).waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it("shows the next correction when one is decided, and more when the keys go beyond those that show", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    await waitForLists(page);
    const cards = page.locator("article.review");
    await expect.poll(() => page.locator("#reviews-body .reviews > li").count()).toBe(PAGE);
    const room = await countShown(page, "article.review");
    expect(room).toBeLessThan(20);
    await inspect(page, "kitchen-long-today");
    await cards.nth(room - 1).focus();
    await page.keyboard.press("x");
    await page.getByText(`Rejected. ${PAGE - 1} left.`).waitFor();
    expect(await countShown(page, "article.review")).toBe(room);
    expect(await cards.nth(room - 1).evaluate((card) => card.matches(":focus"))).toBe(true);
    await page.keyboard.press("j");
    expect(await countShown(page, "article.review")).toBe(room + 1);
    expect(await cards.nth(room).evaluate((card) => card.matches(":focus"))).toBe(true);
    expect(complaints).toEqual([]);
  });

  it("selects what shows, and nothing that nobody has seen", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    await waitForLists(page);
    const room = await countShown(page, "article.review");
    const box = page.getByLabel(`Select these ${room}`);
    await box.check();
    await page.getByText(`${room} selected`).waitFor();
    await page.locator("#reviews").getByRole("button", { name: "Show more" }).click();
    await page.getByText(`Select these ${3 * room}`).waitFor();
    expect(await page.locator(".review-bar input").evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(
      true,
    );
    await page.getByRole("button", { name: "Reject all" }).click();
    await page.getByText(`Rejected: ${room} pictures.`).first().waitFor();
    await expect.poll(() => countShown(page, "article.review")).toBe(3 * room);
    await expect.poll(() => page.locator(".review-select input:checked").count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
