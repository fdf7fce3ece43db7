/** A new item together with its photos, in a real browser: chosen, dropped, and sent before the page has all its data. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { addItemWithPhotos, goTo, inspect, itemCard, photoFile, signIn } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

/** As a file manager would: one drawn picture of each colour. */
const DROP_TWO_PICTURES = `
  (async () => {
    const data = new DataTransfer();
    for (const colour of ["red", "gold"]) {
      const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 64 });
      const context = canvas.getContext("2d");
      context.fillStyle = colour;
      context.fillRect(0, 0, 64, 64);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      data.items.add(new File([blob], colour + ".png", { type: "image/png" }));
    }
    const zone = document.getElementById("item-photos-zone");
    for (const type of ["dragenter", "dragover", "drop"]) {
      zone.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  })()`;

function photosOf(kind: string, count: number) {
  return Array.from({ length: count }, (_, seed) => photoFile(kind, seed));
}

describe.skipIf(!hasBrowser())("adding an item with its photos", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
  });

  afterAll(() => stage?.close());

  it("makes the item, sends the photos in batches with progress, and empties the form", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
    await page.getByLabel("New item").fill("Pepperoni");
    await page.getByLabel("Photos (optional)").setInputFiles(photosOf("pepperoni", 12));
    await page.getByText("12 photos chosen").waitFor();
    await inspect(page, "kitchen-add");
    // The second batch waits until the bar has been seen.
    let letGo = () => {};
    const seen = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route("**/v1/admin/classes/*/examples", async (route) => {
      await seen;
      await route.continue();
    });
    await page.getByRole("button", { name: "Add to the menu" }).click();
    const card = itemCard(page, "Pepperoni");
    await card.getByText("0 of 12 photos sent").waitFor();
    await inspect(page, "kitchen-add-sending");
    const onTheWay = page.getByText("Pepperoni is on the menu. 12 photos of it on the way.");
    await onTheWay.waitFor();
    letGo();
    await card.getByText("12 photos added.").waitFor();
    await card.getByText("12 photos", { exact: true }).waitFor();
    await onTheWay.waitFor({ state: "detached" });
    await page.getByText("Drop photos, or choose").first().waitFor();
    await expect.poll(() => page.getByLabel("New item").inputValue()).toBe("");
    // Who has an item of their own needs no example.
    await goTo(page, "/admin");
    await page.locator("#overview-figures:not([aria-busy])").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Load the example menu" }).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("takes dropped photos along with chosen ones, and keeps them when the name is taken", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
    await page.getByLabel("Photos (optional)").setInputFiles(photosOf("hawaiian", 3));
    await page.evaluate(DROP_TWO_PICTURES);
    await page.getByText("5 photos chosen").waitFor();
    await page.getByLabel("New item").fill("Pepperoni");
    await page.getByRole("button", { name: "Add to the menu" }).click();
    await page.locator("#add-item-alert:not(:empty)").waitFor();
    await page.getByText("5 photos chosen").waitFor();
    await page.getByLabel("New item").fill("Hawaiian");
    await page.getByRole("button", { name: "Add to the menu" }).click();
    await itemCard(page, "Hawaiian").getByText("5 photos added.").waitFor();
  });

  it("waits with what is sent before the menu is there", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
    let letGo = () => {};
    const sent = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route("**/v1/menu", async (route) => {
      await sent;
      await route.continue();
    });
    await page.reload();
    await addItemWithPhotos(page, "Margherita", photosOf("margherita", 2));
    await page.locator('#add-item[aria-busy="true"]').waitFor();
    letGo();
    await itemCard(page, "Margherita").getByText("2 photos added.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/admin/menu");
    expect(complaints).toEqual([]);
  });
});
