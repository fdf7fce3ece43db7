/**
 * From an empty deployment to a third, newly added item that is recognised, as an owner who has read nothing would do it.
 * Every step is named and timed, every click and keystroke counted; the times are printed, never asserted.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { EXAMPLE_MENU_DIR } from "../../cli/shared/project-paths.ts";
import { texts as english, type Texts } from "../../src/web/texts/en.ts";
import { texts as russian } from "../../src/web/texts/ru.ts";
import { makePhoto } from "../support/photos.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { countActs, estimateSeconds } from "./count-acts.ts";
import { dropFiles } from "./drop-files.ts";
import { inspectGuestPage } from "./form-look.ts";
import { readHeadline, readLeader } from "./guest-steps.ts";
import { countUp } from "./kitchen-seed.ts";
import { goTo, itemCard, train } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";
import { startStepClock } from "./step-clock.ts";

const MAX_EXAMPLE_BYTES = 150_000;
const KINDS = ["pepperoni", "hawaiian", "margherita"];
/** What the samples to tap show; the last one is not on the example's menu, and may only be guessed at. */
const SAMPLES = ["Pepperoni", "Hawaiian", "Margherita", null];
/** Per kind: none of them is among the example's drawings. */
const HELD_OUT = 10;

describe.skipIf(!hasBrowser())("the first run", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;
  let folder: string;
  const clock = startStepClock();

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-photos-"));
    stage = await clock.step("start the server, and a browser", () => openStage());
    ({ browser, server } = stage);
  });

  afterAll(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Draws photos of the kind on the disk. */
  const draw = (kind: string, seeds: readonly number[]): Promise<string[]> =>
    Promise.all(
      seeds.map(async (seed) => {
        const file = path.join(folder, `${kind}-${seed}.png`);
        await writeFile(file, makePhoto(kind, seed));
        return file;
      }),
    );

  it("brings drawings that weigh little, and says whose they are", async () => {
    const files = await readdir(EXAMPLE_MENU_DIR);
    const drawings = files.filter((name) => name.endsWith(".png"));
    expect(drawings).toHaveLength(KINDS.length * 8 + SAMPLES.length);
    const bodies = await Promise.all(files.map((name) => readFile(path.join(EXAMPLE_MENU_DIR, name))));
    // No sample is among what teaches.
    expect(new Set(bodies.map((body) => body.toString("base64"))).size).toBe(files.length);
    expect(bodies.reduce((sum, body) => sum + body.length, 0)).toBeLessThan(MAX_EXAMPLE_BYTES);
    expect(await readFile(path.join(EXAMPLE_MENU_DIR, "LICENSE.md"), "utf8")).toContain("CC0");
  });

  it("leads from nothing to a new item that is recognised, step by step", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    const acts = await countActs(page);
    await clock.step("open the kitchen, paste the token", () => pasteToken(page, server));
    await page.getByRole("heading", { name: "Welcome. Teach it in a minute" }).waitFor();
    expect(await captureState(page, "kitchen-first-run")).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await clock.step("load the example menu and train", async () => {
      await page.getByRole("button", { name: "Load the example menu" }).click();
      await page.getByText("Version 1 is live. It learned from 24 new labels.").waitFor();
      // The page below the greeting knows of it by then.
      await expect.poll(() => page.locator("#figure-version").textContent()).toBe("1");
    });
    await clock.step("try it as a guest", async () => {
      await page.getByRole("link", { name: "Try it as a guest" }).click();
      await dropUntilLed(page, await draw("hawaiian", [70]), "Hawaiian");
    });
    expect(await countRight(server)).toBeGreaterThanOrEqual(KINDS.length * HELD_OUT * 0.9);
    await clock.step("go back to the kitchen", () => page.getByRole("link", { name: "Kitchen" }).click());
    await page.getByRole("button", { name: "Train now" }).waitFor();
    await expect.poll(() => page.getByRole("heading", { name: "Welcome" }).isVisible()).toBe(false);
    await clock.step("go to the menu", () => goTo(page, "/admin/menu"));
    const photos = await draw("four_cheese", countUp(0, 8));
    await clock.step("add Four Cheese with eight photos", async () => {
      await page.getByLabel("New item").click();
      await page.keyboard.type("Four Cheese");
      await dropFiles(page.locator("#item-photos-zone"), photos);
      await page.getByRole("button", { name: "Add to the menu" }).click();
      await itemCard(page, "Four Cheese").getByText("8 photos added.").waitFor();
    });
    await clock.step("train", async () => expect(await train(page)).toContain("Version 2 is live."));
    await clock.step("try it as a guest", async () => {
      await page.getByRole("link", { name: "Guests’ page" }).click();
      await dropUntilLed(page, await draw("four_cheese", [70]), "Four Cheese");
    });
    console.log(clock.report("From npm start to a new item:"));
    console.log(`${acts.clicks} clicks, ${acts.keys} keystrokes, ${acts.drops} drops of files`);
    console.log(`By the keystroke-level model a person needs ${estimateSeconds(acts).toFixed(0)} s for them.`);
    expect(acts).toMatchObject({ clicks: 8, keys: 14 });
    expect(complaints).toEqual([]);
  });

  it.each([
    { texts: english, options: DESKTOP },
    { texts: russian, options: PHONE },
  ])("has drawings to tap for a guest without a photo, $texts.tag", async ({ texts, options }) => {
    const { page, complaints } = await openPage(browser, { ...options, locale: texts.tag });
    await page.goto(server.url);
    await page.getByRole("group", { name: texts.intake.samples }).waitFor();
    await inspectGuestPage(page, texts, "guest-samples");
    for (const [i, name] of SAMPLES.entries()) {
      const { leader, headline } = await tapSample(page, texts, i + 1);
      if (name === null) expect(SAMPLES.map((known) => texts.answer.sure(known ?? ""))).not.toContain(headline);
      else expect([leader, headline]).toEqual([name, texts.answer.sure(name)]);
    }
    await inspectGuestPage(page, texts, "guest-sample-answered");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("keeps a tapped drawing on the device where the guest wants that", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    await page.getByLabel(english.device.choice).check();
    await page.getByText(english.device.ready).waitFor();
    const sent = page.waitForRequest((request) => request.url().endsWith("/v1/classify"));
    expect(await tapSample(page, english, 2)).toMatchObject({ leader: "Hawaiian" });
    expect((await sent).headers()["content-type"]).not.toContain("image/");
    await page.context().close();
  });

  it("takes the example away in one step, and leaves what is the owner's", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    await pasteToken(page, server);
    await goTo(page, "/admin/menu");
    await page.getByText("Pepperoni, Hawaiian and Margherita are an example: drawings").waitFor();
    expect(await captureState(page, "kitchen-example-note")).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Remove the example" }).click();
    await page.getByText("The example is gone, with all that was learned from it.").waitFor();
    await expect.poll(() => page.getByRole("article", { name: /Pepperoni|Hawaiian|Margherita/ }).count()).toBe(0);
    await expect.poll(() => itemCard(page, "Four Cheese").getByText("8 photos").isVisible()).toBe(true);
    await expect.poll(() => page.getByRole("button", { name: "Remove the example" }).isVisible()).toBe(false);
    // Neither the heads nor the names are left of it.
    const readMenu = async () => (await fetch(`${server.url}/v1/menu`)).json();
    await expect
      .poll(readMenu, { timeout: 30_000, interval: 1_000 })
      .toMatchObject({ items: [{ name: "Four Cheese" }], headVersion: null });
    expect(complaints).toEqual([]);
    await page.goto(server.url);
    await page.getByText("Four Cheese").waitFor();
    await expect.poll(() => page.locator("#samples").isVisible()).toBe(false);
  });
});

/** Opens the kitchen's address and pastes the token, as `npm start` prints both. */
async function pasteToken(page: Page, { url, adminToken }: DevServer): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${url}/admin`);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(adminToken)})`);
  await page.keyboard.press("Control+v");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Train now" }).waitFor();
}

/** Drops the photo on the guests' page, again and again until an isolate serves the head that knows it; 10 s is the promise. */
async function dropUntilLed(page: Page, photo: readonly string[], wanted: string): Promise<void> {
  await page.getByText("On the menu").waitFor();
  const ask = async () => {
    await dropFiles(page.locator("#photo-frame"), photo);
    await page.getByRole("list", { name: "How well each item fits" }).waitFor();
    return readLeader(page);
  };
  await expect.poll(ask, { timeout: 30_000, interval: 1_000 }).toBe(wanted);
}

/** Taps the drawing with this number, and reads the answer: the item in front and the headline. */
async function tapSample(page: Page, texts: Texts, number: number) {
  const answered = page.waitForResponse((response) => response.url().endsWith("/v1/classify"));
  await page.getByRole("button", { name: texts.intake.sample(number) }).click();
  const { predictions, receipt } = await (await answered).json();
  expect(receipt).toBeTruthy();
  await page.locator("#panel:not([aria-busy])").waitFor();
  await page.getByRole("list", { name: texts.answer.bars }).waitFor();
  return { leader: predictions[0].name, headline: await readHeadline(page) };
}

/** How many of the held-out drawings the live head puts first under their own name. */
async function countRight(server: DevServer): Promise<number> {
  let right = 0;
  for (const kind of KINDS) {
    for (let seed = 0; seed < HELD_OUT; seed++) {
      const headers = { "content-type": "image/png" };
      const init = { method: "POST", body: makePhoto(kind, 2_000 + seed), headers };
      const { predictions } = await (await fetch(`${server.url}/v1/classify`, init)).json();
      if (predictions[0].label === kind) right++;
    }
  }
  console.log(`The example menu: ${right} of ${KINDS.length * HELD_OUT} held-out drawings right.`);
  return right;
}
