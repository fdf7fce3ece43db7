/** The whole loop in a real browser against the real Worker: teach, ask, correct, review, train, ask again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { DESKTOP, launchBrowser, measureOverflow, openPage, PHONE, takeScreenshot } from "./chromium.ts";
import { readHeadline, showPhoto, showPhotoUntil } from "./guest-steps.ts";
import { addItem, addPhotos, photoFile, signIn, train } from "./kitchen-steps.ts";

const PHOTOS_PER_ITEM = 6;
/** A pizza of neither kind: the head has to take it for one of the two. */
const DISPUTED = photoFile("four_cheese", 1);

let browser: Browser;
let server: DevServer;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "headstart-browser-"));
  [browser, server] = await Promise.all([launchBrowser(), startDevServer({ dataDir, quiet: true })]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

// The steps build on each other, as the days of a pizzeria do.
describe("the loop", () => {
  it("tells guests of an empty deployment what is missing", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    await page.goto(server.url);
    await page.getByText("The menu is still empty").waitFor();
    await takeScreenshot(page, "guest-empty-phone");
    expect(await measureOverflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("refuses a wrong token in words", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(`${server.url}/admin`);
    await page.getByLabel("Admin token").fill("not the token");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("That is not the admin token.").waitFor();
    await takeScreenshot(page, "kitchen-door-desktop");
  });

  it("lets staff put two items on the menu, show photos, and train", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await takeScreenshot(page, "kitchen-empty-desktop");
    for (const [name, kind] of [
      ["Pepperoni", "pepperoni"],
      ["Hawaiian", "hawaiian"],
    ]) {
      await addItem(page, name);
      const photos = Array.from({ length: PHOTOS_PER_ITEM }, (_, seed) => photoFile(kind, seed));
      expect(await addPhotos(page, name, photos)).toBe("6 photos added.");
    }
    expect(await train(page)).toBe("Version 1 is live. It learned from 12 new labels.");
    await page.getByRole("cell", { name: "12", exact: true }).waitFor();
    await takeScreenshot(page, "kitchen-trained-desktop");
    expect(complaints).toEqual([]);
  });

  it("lists the files that it refuses, with the reason, and takes the others", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("buy basil") };
    const photos = [photoFile("pepperoni", 0), notes];
    expect(await addPhotos(page, "Pepperoni", photos)).toBe("1 known already, 1 refused.");
    await page.getByRole("listitem").filter({ hasText: "notes.txt" }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("answers a guest, who corrects it with the keyboard alone", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    await page.getByText("On the menu").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent.trim()")).toBe("Skip to the content");
    while ((await page.evaluate("document.activeElement.id")) !== "choose-input") await page.keyboard.press("Tab");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
    await chooser.setFiles(DISPUTED);
    await page.getByRole("status").getByText("Looks like Pepperoni").waitFor();
    await takeScreenshot(page, "guest-answer-desktop");
    while ((await page.evaluate("document.activeElement.textContent")) !== "That’s wrong") {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "Find an item" }).waitFor();
    await page.keyboard.type("hawai");
    await takeScreenshot(page, "guest-picker-desktop");
    await page.keyboard.press("Enter");
    await page.getByText("Thank you").waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Another photo");
    expect(complaints).toEqual([]);
  });

  it("changes nothing before staff have seen the correction", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    expect(await showPhoto(page, DISPUTED)).toBe("Looks like Pepperoni");
  });

  it("shows staff the correction with its picture, and learns it once accepted", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await page.getByRole("heading", { name: "1 correction from guests to look at" }).waitFor();
    await page.getByText("I had thought Pepperoni.").waitFor();
    await page.getByRole("img", { name: "What the guest photographed" }).waitFor();
    expect(await page.evaluate("document.querySelector('.review img').naturalWidth")).toBe(160);
    await takeScreenshot(page, "kitchen-review-desktop");
    await page.getByRole("button", { name: "Accept: it is Hawaiian" }).click();
    await page.getByText("Accepted as Hawaiian.").waitFor();
    expect(await train(page)).toBe("Version 2 is live. It learned from 1 new label.");
    expect(complaints).toEqual([]);
  });

  it("gives the next guest the corrected answer for the same photo, on a phone", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    const corrected = /^(Looks like|Perhaps) Hawaiian$/;
    expect(await showPhotoUntil(page, server.url, DISPUTED, corrected)).toMatch(corrected);
    await takeScreenshot(page, "guest-answer-phone");
    expect(await measureOverflow(page)).toBe(0);
    await page.getByRole("button", { name: "That’s wrong" }).tap();
    await page.getByRole("option", { name: "Pepperoni" }).waitFor();
    expect(await readHeadline(page)).toBe("Which one is it?");
    await takeScreenshot(page, "guest-picker-phone");
    expect(await measureOverflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("keeps the kitchen within a phone's width", async () => {
    const { page, complaints } = await openPage(browser, { ...PHONE, colorScheme: "dark" });
    await signIn(page, server.url, server.adminToken);
    await page.getByRole("table").waitFor();
    await takeScreenshot(page, "kitchen-phone-dark");
    expect(await measureOverflow(page)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("renames and archives an item at once, and guests see it", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await page.getByRole("button", { name: "Rename Hawaiian" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Hawaii <b>Toast</b>");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Hawaii <b>Toast</b>" }).waitFor();
    await page.getByRole("button", { name: "Archive: Pepperoni" }).click();
    await page.getByText("1 archived item").waitFor();
    const guest = await openPage(browser, DESKTOP);
    await guest.page.goto(server.url);
    await guest.page.getByText("Hawaii <b>Toast</b>").waitFor();
    expect(await guest.page.getByText("Pepperoni").count()).toBe(0);
  });

  it("tells a guest in words what is wrong with a file", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("buy basil") };
    await page.getByLabel("Choose a photo").setInputFiles(notes);
    await page.getByRole("alert").getByRole("button", { name: "Another photo" }).waitFor();
    await takeScreenshot(page, "guest-refused-desktop");
  });
});
