/** What guests do on the form, in Chromium, with and without script, in both languages; each state also goes through axe. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { reviewList } from "../../src/web/client/admin-answers.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { inspectGuestPage as inspect, inspectPlainPage } from "./form-look.ts";
import { createSeeder, MENU, type Seeder } from "./kitchen-seed.ts";
import { photoFile, signIn } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { openStage, type Stage } from "./stage.ts";

const MAX_PAGE_BYTES = 60_000;
const PHOTOS_PER_ITEM = 12;
const SIZES = [
  ["phone", PHONE],
  ["desktop", DESKTOP],
] as const;
const CASES = LANGUAGES.flatMap((texts) => SIZES.map(([size, options]) => ({ texts, tag: texts.tag, size, options })));

describe.skipIf(!hasBrowser())("the form", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;
  let seeder: Seeder;

  beforeAll(async () => {
    stage = await openStage({ SHOW_EVIDENCE: "true" });
    ({ browser, server } = stage);
    seeder = createSeeder(server);
    await seeder.teachMenu(PHOTOS_PER_ITEM);
    await seeder.ask("/training-runs", {});
  });

  afterAll(() => stage?.close());

  /** Photos that guests have said are not on the menu, and that wait for staff. */
  const countMarked = async () =>
    reviewList(await seeder.ask("/reviews"), "answer")
      .groups.flatMap(({ members }) => members)
      .filter(({ label }) => label === NONE_ID).length;

  const open = async (texts: Texts, options: BrowserContextOptions) => {
    const opened = await openPage(browser, { ...options, locale: texts.tag });
    await opened.page.goto(server.url);
    return opened;
  };

  it.each(CASES)("answers and takes a correction with script, $tag on a $size", async ({ texts, options }) => {
    const { page, complaints } = await open(texts, options);
    await page.getByText(texts.menu.title).waitFor();
    await inspect(page, texts, "form-start");
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", 40));
    await page.getByRole("list", { name: texts.answer.bars }).waitFor();
    await expect.poll(() => page.getByText(texts.answer.learntFrom(PHOTOS_PER_ITEM)).count()).toBe(MENU.length);
    await inspect(page, texts, "form-answer");
    await page
      .getByRole("button", { name: new RegExp(`${texts.answer.wrong}|${texts.answer.neither}|${texts.answer.onMenu}`) })
      .click();
    await page.getByRole("button", { name: "Margherita" }).waitFor();
    // Two items need no search box.
    await expect.poll(() => page.getByRole("combobox").count()).toBe(0);
    await inspect(page, texts, "form-picker");
    await page.getByRole("button", { name: "Margherita" }).click();
    await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
    await inspect(page, texts, "form-thanks");
    expect(complaints).toEqual([]);
  });

  it.each(CASES)("does the same without script, $tag on a $size", async ({ texts, options }) => {
    const { page } = await open(texts, { ...options, javaScriptEnabled: false });
    const look = (name: string) => inspectPlainPage(browser, page, options, texts, name);
    await page.getByText(texts.page.withoutScript).waitFor();
    await expect.poll(() => page.getByText(texts.device.choice).isVisible()).toBe(false);
    await look("plain-start");
    const ask = async (file: ReturnType<typeof photoFile>) => {
      await page.goto(server.url);
      await page.getByLabel(texts.intake.choose).setInputFiles(file);
      await page.getByRole("button", { name: texts.intake.ask }).click();
    };
    await ask({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("basil") });
    await page.getByText(texts.problems.not_an_image).waitFor();
    await look("plain-refused");
    await ask(photoFile("pepperoni", 41));
    await page.getByText("Pepperoni").first().waitFor();
    await expect.poll(() => page.getByText(texts.answer.learntFrom(PHOTOS_PER_ITEM)).count()).toBe(MENU.length);
    await look("plain-answer");
    await page.locator(".replies .reply-list summary").click();
    await look("plain-list");
    await page.getByRole("button", { name: "Margherita" }).click();
    await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
    expect(page.url()).toMatch(/\/thanks\?for=(pending|known)$/);
    await look("plain-thanks");
  });

  it.each(LANGUAGES)(
    "passes on to the owner what a guest misses on the menu, and to staff that the photo is not on it, in $tag",
    async (texts) => {
      const { page, complaints } = await open(texts, PHONE);
      await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("mushroom", texts.tag === "en" ? 1 : 3));
      const wrong = new RegExp(`${texts.answer.wrong}|${texts.answer.neither}|${texts.answer.onMenu}`);
      await page.getByRole("button", { name: wrong }).click();
      await page.getByRole("button", { name: texts.picker.somethingElse }).click();
      await page.getByLabel(texts.missing.field).fill(`Funghi ${texts.tag}`);
      const before = await countMarked();
      await inspect(page, texts, "form-missing");
      await page.getByRole("button", { name: texts.missing.send }).click();
      await page.getByText(texts.thanks.suggested).waitFor();
      expect(complaints).toEqual([]);
      expect(await countMarked()).toBe(before + 1);
      const kitchen = await openPage(browser, DESKTOP);
      await signIn(kitchen.page, server.url, server.adminToken);
      await kitchen.page.getByText(`1 guest asked for: Funghi ${texts.tag}`).waitFor();
      await inspect(kitchen.page, LANGUAGES[0], "kitchen-suggestions");
      expect(
        await kitchen.page.getByRole("link", { name: `Put it on the menu: Funghi ${texts.tag}` }).isVisible(),
      ).toBe(true);
      await kitchen.page.getByRole("button", { name: `Take off the list: Funghi ${texts.tag}` }).click();
      await kitchen.page.getByRole("heading", { name: "What guests miss" }).waitFor({ state: "hidden" });
      expect(kitchen.complaints).toEqual([]);
    },
  );

  it.each(LANGUAGES)("passes it on without script too, in $tag", async (texts) => {
    const { page } = await open(texts, { ...PHONE, javaScriptEnabled: false });
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("mushroom", texts.tag === "en" ? 2 : 4));
    await page.getByRole("button", { name: texts.intake.ask }).click();
    await page.getByText(texts.picker.somethingElse, { exact: true }).click();
    const wish = `Calzone ${texts.tag}`;
    await page.getByLabel(texts.missing.field).fill(wish);
    const before = await countMarked();
    await inspectPlainPage(browser, page, PHONE, texts, "plain-missing");
    await page.getByRole("button", { name: texts.missing.send }).click();
    await page.getByText(texts.thanks.suggested).waitFor();
    expect(page.url()).toBe(`${server.url}/thanks?for=suggested`);
    await inspectPlainPage(browser, page, PHONE, texts, "plain-suggested");
    expect(JSON.stringify(await seeder.ask("/suggestions"))).toContain(wish);
    expect(await countMarked()).toBe(before + 1);
  });

  it.each(LANGUAGES)("keeps the photo while there is no connection, and goes on by itself, in $tag", async (texts) => {
    const { page } = await open(texts, PHONE);
    await page.getByText(texts.menu.title).waitFor();
    await page.context().setOffline(true);
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("hawaiian", 42));
    await page.getByRole("alert").getByText(texts.problems.offline).waitFor();
    await expect.poll(() => page.getByAltText(texts.intake.preview).isVisible()).toBe(true);
    await inspect(page, texts, "form-offline");
    await page.getByRole("button", { name: texts.again }).click();
    await page.getByRole("alert").getByText(texts.problems.offline).waitFor();
    await page.context().setOffline(false);
    await page.getByRole("list", { name: texts.answer.bars }).waitFor();
  });

  it.each(LANGUAGES)("says that it is slow, and answers all the same, in $tag", async (texts) => {
    const { page, complaints } = await open(texts, PHONE);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route("**/v1/classify", async (route) => {
      await held;
      await route.continue();
    });
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("hawaiian", 43));
    await page.getByText(texts.answer.slow).waitFor();
    await inspect(page, texts, "form-slow");
    goOn();
    await page.getByRole("list", { name: texts.answer.bars }).waitFor();
    await expect.poll(() => page.getByText(texts.answer.slow).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("can be installed: Chromium finds nothing wrong with its manifest, and reads its icons", async () => {
    const { page } = await open(LANGUAGES[0], DESKTOP);
    const session = await page.context().newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { icons, start_url } = JSON.parse(data ?? "{}");
    expect(start_url).toBe("/");
    for (const { src, type } of icons) {
      const response = await fetch(server.url + src);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    }
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    expect(installabilityErrors.map(({ errorId }) => errorId)).not.toContain("no-acceptable-icon");
  });

  it.each(LANGUAGES)("weighs less than 60 KB compressed in $tag, all its parts together", async (texts) => {
    const { page } = await open(texts, DESKTOP);
    await page.getByText(texts.menu.title).waitFor();
    const { bytes, assets } = await weighPage(page);
    // The script, four style sheets, the icons; nothing of what runs the backbone on the device.
    expect(assets.length).toBeGreaterThanOrEqual(6);
    expect(assets.filter((name) => /wasm|onnx|on-device/.test(name))).toEqual([]);
    console.log(`The guests' page in ${texts.tag}: ${bytes} bytes compressed, ${assets.length + 1} files.`);
    expect(bytes).toBeLessThan(MAX_PAGE_BYTES);
  });

  it.each(LANGUAGES)(
    "stays usable at twice the size, in a window of 1280 and of 640 pixels, in $tag",
    async (texts) => {
      for (const width of [640, 320]) {
        const zoomed = { viewport: { width, height: 400 }, deviceScaleFactor: 2 };
        const { page } = await open(texts, zoomed);
        await page.getByText(texts.menu.title).waitFor();
        expect(await measureZoomed(page)).toEqual({ scale: 2, width, overflow: 0 });
        await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("hawaiian", 44));
        await page.getByRole("list", { name: texts.answer.bars }).waitFor();
        expect(await measureZoomed(page)).toEqual({ scale: 2, width, overflow: 0 });
        const plain = (await open(texts, { ...zoomed, javaScriptEnabled: false })).page;
        await plain.getByLabel(texts.intake.choose).setInputFiles(photoFile("hawaiian", 44));
        await plain.getByRole("button", { name: texts.intake.ask }).click();
        await plain.getByRole("list", { name: texts.answer.bars }).waitFor();
        expect(await measureZoomed(plain)).toEqual({ scale: 2, width, overflow: 0 });
      }
    },
  );
});

/** Device pixels per CSS pixel, the window's width in CSS pixels, and how far the page is wider than that. */
async function measureZoomed(page: Page): Promise<unknown> {
  return page.evaluate(
    "({ scale: devicePixelRatio, width: innerWidth, overflow: document.documentElement.scrollWidth - innerWidth })",
  );
}
