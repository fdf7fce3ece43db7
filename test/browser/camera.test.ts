/** Teaching by camera: a browser whose camera shows drawn pizzas holds a button for each of two items, trains, and is answered live. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeFilm } from "../support/film.ts";
import { addByCamera, holdFor, openCamera, trainByCamera } from "./camera-steps.ts";
import { DESKTOP, hasBrowser, launchBrowserWithCamera, openPage, PHONE } from "./chromium.ts";
import { inspect, itemCard, signIn } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";
import { startStepClock } from "./step-clock.ts";

const FRAMES = 60;

describe.skipIf(!hasBrowser())("teaching by camera", () => {
  const stage = useStage();
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-films-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** A signed-in kitchen with the fold open, its camera showing this film. */
  async function withCamera<T>(film: string, view: typeof DESKTOP, use: (page: Page) => Promise<T>): Promise<T> {
    const browser = await launchBrowserWithCamera(film);
    try {
      const { page, complaints } = await openPage(browser, view);
      await signIn(page, stage.server.url, stage.server.adminToken, "/admin/menu");
      await openCamera(page);
      const result = await use(page);
      expect(complaints).toEqual([]);
      return result;
    } finally {
      await browser.close();
    }
  }

  const film = (kind: string, isStill = false) =>
    makeFilm(path.join(folder, `${kind}-${isStill}.mjpeg`), kind, FRAMES, isStill);

  it("takes 20 pictures of each of two items, trains, and answers what it sees", async () => {
    const clock = startStepClock();
    const teach = (page: Page, name: string) =>
      clock.step(`name ${name}, hold its button for 20 pictures`, async () => {
        await addByCamera(page, name);
        expect(await holdFor(page, name)).toContain("20 pictures taken.");
        await itemCard(page, name).getByText("20 photos").waitFor();
      });
    await withCamera(await film("pepperoni"), DESKTOP, (page) => teach(page, "Pepperoni"));
    await withCamera(await film("hawaiian"), DESKTOP, async (page) => {
      await teach(page, "Hawaiian");
      const panel = page.locator("#camera-body");
      await clock.step("train", async () => expect(await trainByCamera(page)).toContain("Version 1 is live"));
      await clock.step("see it answered", () => {
        const seen = panel.getByRole("list", { name: "What I see now" }).getByRole("listitem").first();
        return seen.getByText("Hawaiian").waitFor();
      });
      console.log(clock.report("Two items by camera:"));
      await inspect(page, "kitchen-camera");
      // Closed, it lets the camera go.
      await page.getByText("Teach with the camera").click();
      await expect.poll(() => page.evaluate("document.querySelector('.camera-view').srcObject")).toBeNull();
    });
  });

  it("leaves out pictures that look the same, and says so; a click takes pictures without holding", async () => {
    await withCamera(await film("pepperoni", true), PHONE, async (page) => {
      await page.getByRole("button", { name: "Hold: Pepperoni" }).press("Enter");
      await page.getByText(/^1 picture taken. \d+ more looked the same and were left out/).waitFor();
      await inspect(page, "kitchen-camera");
    });
  });

  it("says what to do where there is no camera", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/menu");
    await page.getByText("Teach with the camera").click();
    await page
      .locator("#camera-body")
      .getByRole("alert")
      .getByText(/camera/)
      .waitFor();
    await page.context().close();
  });
});
