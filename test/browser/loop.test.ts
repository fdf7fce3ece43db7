/** The whole loop in a real browser against the real Worker: teach, ask, correct, review, train, ask again. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeSecret } from "../../cli/dev/local-secrets.ts";
import { makeSignInLink } from "../../cli/dev/sign-in-link.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";
import { encodePng } from "../support/png.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { readHeadline, readLeader, showPhoto, showPhotoUntilLed, tabToButton } from "./guest-steps.ts";
import { addItem, addPhotos, goTo, goToItem, photoFile, signIn, train, waitForPlace } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

const PHOTOS_PER_ITEM = 6;
/** Name on the menu, and the kind of photo. */
const ITEMS = [
  ["Pepperoni", "pepperoni"],
  ["Hawaiian", "hawaiian"],
] as const;
/** Runs before the page's own script; the body of a sent Blob cannot be seen from outside the page. */
const RECORD_SENT_PHOTOS = `
  window.sentPhotos = [];
  const send = window.fetch;
  window.fetch = (path, init) => {
    const { body } = init;
    if (body instanceof Blob) sentPhotos.push(createImageBitmap(body).then(({ width, height }) => (
      { width, height, type: body.type, isLight: body.size < 300_000 }
    )));
    return send(path, init);
  };`;
/** A pizza of neither kind: the head has to take it for one of the two. */
const DISPUTED = photoFile("four_cheese", 1);

const SIGN_IN_SECRET = makeSecret();

// The steps build on each other, as the days of a pizzeria do.
describe.skipIf(!hasBrowser())("the loop", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;
  /** What the head takes the disputed pizza for, and what the guest says it is. */
  let guess = "";
  let truth = "";

  beforeAll(async () => {
    stage = await openStage({ SIGN_IN_SECRET });
    ({ browser, server } = stage);
  });

  afterAll(() => stage?.close());

  it("tells guests of an empty deployment what is missing", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    await page.goto(server.url);
    await page.getByText("The menu is still empty").waitFor();
    expect(await captureState(page, "guest-empty")).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("refuses a wrong token in words", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(`${server.url}/admin`);
    await page.getByLabel("Key or admin token").fill("not the token");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("That is neither a key nor the admin token.").waitFor();
    expect(await captureState(page, "kitchen-door")).toBe(0);
  });

  it("signs in by the link that npm start prints, once", async () => {
    const link = await makeSignInLink(server.url, SIGN_IN_SECRET);
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.goto(link);
    await page.getByRole("button", { name: "Train now" }).waitFor();
    expect(page.url()).toBe(`${server.url}/admin`);
    await page.goto(link);
    await page.reload();
    await page.getByRole("button", { name: "Train now" }).waitFor();
    expect(complaints).toEqual([]);
    const stranger = await openPage(browser, PHONE);
    await stranger.page.goto(link);
    await stranger.page.getByRole("alert").getByText("This sign-in link no longer works").waitFor();
    expect(await captureState(stranger.page, "kitchen-link-spent")).toBe(0);
    await expect.poll(() => stranger.page.getByRole("button", { name: "Train now" }).count()).toBe(0);
    expect(stranger.complaints).toEqual([expect.stringContaining("401")]);
  });

  it("lets staff put two items on the menu, and tells guests that it has seen neither", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await page.getByRole("link", { name: "To the menu" }).waitFor();
    expect(await captureState(page, "kitchen-empty")).toBe(0);
    await page.getByRole("link", { name: "To the menu" }).click();
    await waitForPlace(page);
    await addItem(page, "Pepperoni");
    await addItem(page, "Hawaiian");
    expect(complaints).toEqual([]);
    const guest = await openPage(browser, DESKTOP);
    await guest.page.goto(server.url);
    await guest.page.getByText("I’m still learning").waitFor();
    expect(await captureState(guest.page, "guest-untrained")).toBe(0);
    await guest.page.getByLabel("Choose a photo").setInputFiles(DISPUTED);
    await guest.page.getByRole("alert").getByText("I’m still learning: I have not seen enough photos").waitFor();
    expect(guest.complaints).toEqual([expect.stringContaining("409")]);
  });

  it("learns from photos that staff show, when they say so", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
    for (const [name, kind] of ITEMS) {
      const photos = Array.from({ length: PHOTOS_PER_ITEM }, (_, seed) => photoFile(kind, seed));
      expect(await addPhotos(page, name, photos)).toBe("6 photos added.");
    }
    expect(await train(page)).toBe("Version 1 is live. It learned from 12 new labels.");
    expect(await captureState(page, "kitchen-trained")).toBe(0);
    await goTo(page, "/admin/versions");
    await page.getByText("12 photos · 2 items").waitFor();
    expect(complaints).toEqual([]);
  });

  it("lists the files that it refuses, with the reason, and takes the others", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken, "/admin/menu");
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
    // Asked for before the keys are pressed: the browser needs a moment until it hands its file dialogs over.
    const dialog = page.waitForEvent("filechooser");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent.trim()")).toBe("Skip to the content");
    while ((await page.evaluate("document.activeElement.id")) !== "choose-input") await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await (await dialog).setFiles(DISPUTED);
    await page.getByRole("list", { name: "How well each item fits" }).waitFor();
    guess = await readLeader(page);
    truth = ITEMS.map(([name]) => name).find((name) => name !== guess) ?? "";
    expect(await captureState(page, "guest-answer")).toBe(0);
    // An answer between two items offers both at once; a firmer one asks for the right item.
    const pressed = await tabToButton(page, ["That’s wrong", "It is on the menu", `It’s ${truth}`]);
    await page.keyboard.press("Enter");
    if (pressed !== `It’s ${truth}`) {
      await page.getByRole("group", { name: "Which one is it?" }).waitFor();
      await tabToButton(page, [truth]);
      await page.keyboard.press("Enter");
    }
    await page.getByText("Thank you").waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Another photo");
    expect(complaints).toEqual([]);
  });

  it("changes nothing before staff have seen the correction", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    await showPhoto(page, DISPUTED);
    expect(await readLeader(page)).toBe(guess);
  });

  it("shows staff the correction with its picture, and learns it once accepted", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await page.getByRole("heading", { name: "1 correction from guests to look at" }).waitFor();
    await page.getByText(`I had thought ${guess}.`).waitFor();
    await page.getByRole("img", { name: "What the guest photographed" }).waitFor();
    expect(await page.evaluate("document.querySelector('.review img').naturalWidth")).toBe(160);
    const thumbnail = String(await page.evaluate("document.querySelector('.review img').src"));
    expect(thumbnail).toMatch(/^data:image\/webp;/);
    expect(thumbnail.length).toBeLessThan(20_000);
    expect(await captureState(page, "kitchen-review")).toBe(0);
    await page.getByRole("button", { name: `Accept: it is ${truth}` }).click();
    await page.getByText(`Accepted as ${truth}.`).waitFor();
    expect(await train(page)).toBe("Version 2 is live. It learned from 1 new label.");
    expect(complaints).toEqual([]);
  });

  it("gives the next guest the corrected answer for the same photo, on a phone", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    expect(await showPhotoUntilLed(page, server.url, DISPUTED, truth)).toBe(truth);
    expect(await captureState(page, "guest-answer")).toBe(0);
    await showPhoto(page, photoFile("hawaiian", 30));
    await page.getByRole("button", { name: "That’s wrong" }).tap();
    await page.getByRole("button", { name: "Pepperoni" }).waitFor();
    await expect.poll(() => readHeadline(page)).toBe("Which one is it?");
    expect(await captureState(page, "guest-picker")).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("keeps the kitchen within a phone's width", async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    await signIn(page, server.url, server.adminToken, "/admin/versions");
    await page.getByRole("heading", { name: "Version 2", exact: true }).waitFor();
    expect(await captureState(page, "kitchen-versions")).toBe(0);
    await goTo(page, "/admin");
    await page.locator("#figure-version").getByText("2", { exact: true }).waitFor();
    expect(await captureState(page, "kitchen")).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("renames and archives an item at once, and guests see it", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await signIn(page, server.url, server.adminToken);
    await goToItem(page, "Hawaiian");
    await page.getByRole("button", { name: "Rename Hawaiian" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Hawaii <b>Toast</b>");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Hawaii <b>Toast</b>", exact: true }).waitFor();
    await expect.poll(() => page.title()).toBe("Hawaii <b>Toast</b> · Kitchen · Headstart");
    await goToItem(page, "Pepperoni");
    await page.getByRole("button", { name: "Archive: Pepperoni" }).click();
    await page.getByRole("button", { name: "Put back on the menu: Pepperoni" }).waitFor();
    await goTo(page, "/admin/menu");
    await page.getByText("1 archived item").waitFor();
    const guest = await openPage(browser, DESKTOP);
    await guest.page.goto(server.url);
    await guest.page.getByText("Hawaii <b>Toast</b>").waitFor();
    await expect.poll(() => guest.page.getByText("Pepperoni").count()).toBe(0);
  });

  it("tells a guest in words what is wrong with a file, and works on", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    const whole = makePhoto("hawaiian", 9);
    const torn = { name: "torn.png", mimeType: "image/png", buffer: Buffer.from(whole.subarray(0, 600)) };
    await page.getByLabel("Choose a photo").setInputFiles(torn);
    await page.getByRole("alert").getByRole("button", { name: "Another photo" }).waitFor();
    expect(await captureState(page, "guest-refused")).toBe(0);
    expect(complaints).toEqual([expect.stringMatching(/status of 4\d\d/)]);
    const renamed = "Hawaii <b>Toast</b>";
    expect(await showPhotoUntilLed(page, server.url, photoFile("hawaiian", 9), renamed)).toBe(renamed);
    expect(complaints).toHaveLength(1);
  });

  it("sends a shrunk copy of a large photo", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.addInitScript(RECORD_SENT_PHOTOS);
    await page.goto(server.url);
    const [width, height] = [3000, 2000];
    const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i >> 6) % 251);
    const buffer = Buffer.from(encodePng(pixels, width, height));
    await showPhoto(page, { name: "large.png", mimeType: "image/png", buffer });
    const { inputPixels } = (await (await fetch(`${server.url}/v1/menu`)).json()).limits;
    const size = { width: Math.floor(4.5 * inputPixels), height: 3 * inputPixels };
    expect(await page.evaluate("Promise.all(sentPhotos)")).toEqual([{ ...size, type: "image/jpeg", isLight: true }]);
    expect(complaints).toEqual([]);
  });
});
