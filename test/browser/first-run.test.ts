/**
 * From an empty deployment to a third, newly added item that is recognised, as an owner who has read nothing would do it.
 * Every step is named and timed; the times are printed, never asserted.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { EXAMPLE_MENU_DIR } from "../../cli/shared/project-paths.ts";
import { makePhoto } from "../support/photos.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { showPhotoUntilLed } from "./guest-steps.ts";
import { addItem, addPhotos, itemCard, photoFile, signIn, train } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

const MAX_EXAMPLE_BYTES = 150_000;
const KINDS = ["pepperoni", "hawaiian", "margherita"];
/** Per kind: none of them is among the example's drawings. */
const HELD_OUT = 10;

describe.skipIf(!hasBrowser())("the first run", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
  });

  afterAll(() => stage?.close());

  it("brings drawings that weigh little, and says whose they are", async () => {
    const files = await readdir(EXAMPLE_MENU_DIR);
    expect(files.filter((name) => name.endsWith(".png"))).toHaveLength(24);
    const bodies = await Promise.all(files.map((name) => readFile(path.join(EXAMPLE_MENU_DIR, name))));
    expect(bodies.reduce((sum, body) => sum + body.length, 0)).toBeLessThan(MAX_EXAMPLE_BYTES);
    expect(await readFile(path.join(EXAMPLE_MENU_DIR, "LICENSE.md"), "utf8")).toContain("CC0");
  });

  it("leads from nothing to a new item that is recognised, step by step", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    const times: string[] = [];
    const start = performance.now();
    const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const before = performance.now();
      const result = await work();
      times.push(`${((performance.now() - before) / 1_000).toFixed(1).padStart(6)} s  ${name}`);
      return result;
    };
    await step("sign in", () => signIn(page, server.url, server.adminToken));
    await page.getByRole("heading", { name: "Welcome. Teach it in a minute" }).waitFor();
    expect(await captureState(page, "kitchen-first-run")).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await step("load the example menu and train", async () => {
      await page.getByRole("button", { name: "Load the example menu" }).click();
      await page.getByText("Version 1 is live. It learned from 24 new labels.").waitFor();
      // The page below the greeting knows of it by then.
      expect(await itemCard(page, "Hawaiian").isVisible()).toBe(true);
    });
    await step("try it as a guest", async () => {
      await page.getByRole("link", { name: "Try it as a guest" }).click();
      expect(await showPhotoUntilLed(page, server.url, photoFile("hawaiian", 70), "Hawaiian")).toBe("Hawaiian");
    });
    expect(await countRight(server)).toBeGreaterThanOrEqual(KINDS.length * HELD_OUT * 0.9);
    await step("open the kitchen again", () => page.goto(`${server.url}/admin`));
    expect(await page.getByRole("heading", { name: "Welcome" }).isVisible()).toBe(false);
    await step("name Four Cheese", () => addItem(page, "Four Cheese"));
    const photos = Array.from({ length: 8 }, (_, seed) => photoFile("four_cheese", seed));
    await step("drop eight photos", () => addPhotos(page, "Four Cheese", photos));
    await step("train", async () => expect(await train(page)).toContain("Version 2 is live."));
    await step("try it as a guest", async () => {
      const found = await showPhotoUntilLed(page, server.url, photoFile("four_cheese", 70), "Four Cheese");
      expect(found).toBe("Four Cheese");
    });
    const total = `${((performance.now() - start) / 1_000).toFixed(1).padStart(6)} s  in all, with screenshots and checks`;
    console.log(["From an empty deployment to a new item:", ...times, total].join("\n"));
    expect(complaints).toEqual([]);
  });
});

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
