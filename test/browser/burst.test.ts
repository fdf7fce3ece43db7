/** Three shots in a row on the guests' page: a phone whose camera shows drawn pizzas, from the button to the answer and the thanks. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EMBEDDING_TYPE } from "../../src/head/embedding-message.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { makeFilm } from "../support/film.ts";
import { DESKTOP, hasBrowser, launchBrowserWithCamera, openPage, PHONE } from "./chromium.ts";
import { inspectGuestPage as inspect } from "./form-look.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { recordSent, takeSent } from "./record-sent.ts";
import { useStage } from "./stage.ts";

const PHOTOS_PER_ITEM = 6;
const FRAMES = 60;

describe.skipIf(!hasBrowser())("three shots in a row", () => {
  const stage = useStage({
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(PHOTOS_PER_ITEM);
      await seeder.ask("/training-runs", {});
    },
  });
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-bursts-"));
    browser = await launchBrowserWithCamera(await makeFilm(path.join(folder, "film.mjpeg"), "hawaiian", FRAMES));
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(texts: Texts, from = browser) {
    const watched = await openPage(from, { ...PHONE, locale: texts.tag });
    await recordSent(watched.page);
    await watched.page.goto(stage.server.url);
    await watched.page.getByText(texts.menu.title).waitFor();
    return watched;
  }

  /** Opens the camera, and takes three. */
  async function shoot(page: Page, { intake: { burst } }: Texts, look?: () => Promise<void>): Promise<void> {
    await page.getByRole("button", { name: burst.offer }).click();
    await page.getByText(burst.hint).waitFor();
    await look?.();
    await page.getByRole("button", { name: burst.take }).click();
  }

  it.each(LANGUAGES)(
    "are sent together and answered once, and a correction goes with the first, in $tag",
    async (texts) => {
      const { page, complaints } = await open(texts);
      await inspect(page, texts, "burst-offer");
      await shoot(page, texts, () => inspect(page, texts, "burst-view"));
      await page.getByText(texts.intake.burst.answered(3)).waitFor();
      await inspect(page, texts, "burst-answer");
      expect(await takeSent(page)).toMatchObject([{ path: "/v1/classify?together=true", photos: 3 }]);
      expect(await page.locator("video").count()).toBe(0);
      expect(await page.locator("#preview").isVisible()).toBe(true);
      await page.getByRole("button", { name: texts.answer.notOnMenu }).click();
      await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
      const [correction, ...others] = await takeSent(page);
      expect(others).toEqual([]);
      expect(JSON.parse(String.fromCharCode(...correction.bytes))).toMatchObject({
        label: ":none",
        thumbnail: expect.stringMatching(/^data:image\//),
      });
      expect(complaints).toEqual([]);
    },
  );

  it("leave nothing but one embedding where the photo stays on the device, which is answered the same way", async () => {
    const [texts] = LANGUAGES;
    const { page, complaints } = await open(texts);
    await page.getByLabel(texts.device.choice).check();
    await page.getByText(texts.device.ready).waitFor();
    await shoot(page, texts);
    await page.getByText(texts.intake.burst.answered(3)).waitFor();
    expect(await takeSent(page)).toMatchObject([{ path: "/v1/classify", type: EMBEDDING_TYPE, photos: 0 }]);
    expect(complaints).toEqual([]);
  });

  it("let the camera go on the way back, by button and by Escape, and give the focus back", async () => {
    const [texts] = LANGUAGES;
    const { burst } = texts.intake;
    const { page } = await open(texts);
    const offer = page.getByRole("button", { name: burst.offer });
    for (const leave of [
      () => page.getByRole("button", { name: burst.back }).click(),
      () => page.keyboard.press("Escape"),
    ]) {
      await offer.press("Enter");
      await page.getByText(burst.hint).waitFor();
      await page.evaluate("window.tracks = document.querySelector('video').srcObject.getTracks()");
      await leave();
      await offer.waitFor();
      expect(await page.evaluate("tracks.map(({ readyState }) => readyState)")).toEqual(["ended"]);
      expect(await offer.evaluate((button) => button === document.activeElement)).toBe(true);
    }
    expect(await takeSent(page)).toEqual([]);
  });

  it.each(LANGUAGES)("say what to do where there is no camera, in $tag", async (texts) => {
    const { page } = await open(texts, stage.browser);
    await page.getByRole("button", { name: texts.intake.burst.offer }).click();
    const problems = Object.values(texts.intake.burst.problems);
    const said = await page.locator(".burst").getByRole("alert").getByRole("paragraph").textContent();
    expect(problems).toContain(said);
    await inspect(page, texts, "burst-no-camera");
    await page.getByRole("button", { name: texts.intake.burst.back }).click();
    await page.getByText(texts.menu.title).waitFor();
  });

  it("are not offered where there is a mouse, nor without script", async () => {
    const [texts] = LANGUAGES;
    for (const options of [DESKTOP, { ...PHONE, javaScriptEnabled: false }]) {
      const { page } = await openPage(browser, options);
      await page.goto(stage.server.url);
      await page.getByText(texts.page.heading).waitFor();
      expect(await page.getByText(texts.intake.burst.offer).isVisible()).toBe(false);
    }
  });
});
