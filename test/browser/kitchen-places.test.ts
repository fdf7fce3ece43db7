/** The places of the kitchen in a real browser: their addresses, their titles, the way between them, and what each weighs. */
import { describe, expect, it } from "vitest";
import { findBarriers } from "./accessibility.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { enterKitchen, RUSSIAN_DESKTOP } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { goTo, inspect, itemCard, signIn, waitForPlace } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { useStage } from "./stage.ts";

/** Of each place, compressed, with all that it loads at first. */
const MAX_PLACE_BYTES = 60_000;
const PLACES = ["/admin", "/admin/menu", "/admin/menu/pepperoni", "/admin/versions", "/admin/settings"];
const WISH = "Pizza with pear & gorgonzola";

describe.skipIf(!hasBrowser())("the places of the kitchen", () => {
  const stage = useStage({
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(4);
      await seeder.ask("/training-runs", {});
    },
  });

  it("has no barrier at its door", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await page.goto(`${stage.server.url}/admin`);
    await page.getByLabel("Key or admin token").waitFor();
    expect(await findBarriers(page)).toEqual([]);
  });

  it.each([
    ["English", DESKTOP],
    ["Russian", RUSSIAN_DESKTOP],
  ])("weigh little compressed in %s, and have no barrier", async (language, options) => {
    const { page, complaints } = await openPage(stage.browser, options);
    await enterKitchen(page, stage.server);
    for (const place of PLACES) {
      await page.goto(stage.server.url + place);
      await waitForPlace(page);
      await page.locator("#kitchen .skeleton").first().waitFor({ state: "detached" });
      const { bytes, assets } = await weighPage(page);
      expect(assets.length).toBeGreaterThanOrEqual(6); // the script, four style sheets or more, and the icon
      console.log(`${place} in ${language}: ${bytes} bytes compressed, ${assets.length + 1} files.`);
      expect(bytes, place).toBeLessThan(MAX_PLACE_BYTES);
      await inspect(page, `kitchen-place${place.replaceAll("/", "-")}-${language}`);
    }
    expect(complaints).toEqual([]);
  });

  it("say nothing of a teacher where none is asked, and load nothing for it", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    const answered = page.waitForResponse("**/v1/admin/teacher");
    await enterKitchen(page, stage.server, "/admin/settings");
    expect(await (await answered).json()).toMatchObject({ state: "off" });
    // A question of its own, so that the page has had the time to hear the answer.
    await page.evaluate("fetch('/v1/menu').then((response) => response.text())");
    expect(await page.locator("#teacher").isHidden()).toBe(true);
    const { assets } = await weighPage(page);
    expect(assets.filter((name) => name.includes("teacher"))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("are reached by a link that outlives the sign-in", async () => {
    const { page, complaints } = await openPage(stage.browser, PHONE);
    await page.goto(`${stage.server.url}/admin/menu/hawaiian`);
    await page.getByLabel("Key or admin token").fill(stage.server.adminToken);
    await page.keyboard.press("Enter");
    await itemCard(page, "Hawaiian").getByText("4 photos").waitFor();
    expect(new URL(page.url()).pathname).toBe("/admin/menu/hawaiian");
    await expect.poll(() => page.title()).toBe("Hawaiian · Kitchen · Headstart");
    expect(complaints).toEqual([]);
  });

  it("are gone through by keyboard, there and back, and each begins at its title", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    const focused = () => page.evaluate("document.activeElement.textContent");
    await expect.poll(() => focused()).toBe("Today");
    const versions = page.getByRole("navigation", { name: "Kitchen" }).getByRole("link", { name: "Versions" });
    while ((await focused()) !== "Versions") await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/admin/versions");
    await waitForPlace(page);
    await expect.poll(() => focused()).toBe("Versions");
    await expect.poll(() => versions.getAttribute("aria-current")).toBe("page");
    await expect.poll(() => page.title()).toBe("Versions · Kitchen · Headstart");
    await goTo(page, "/admin/menu");
    await itemCard(page, "Pepperoni").getByRole("link", { name: "Pepperoni" }).click();
    await itemCard(page, "Pepperoni").getByRole("button", { name: "Rename Pepperoni" }).waitFor();
    await page.goBack();
    await itemCard(page, "Margherita").waitFor();
    await expect.poll(() => page.title()).toBe("Menu · Kitchen · Headstart");
    await page.goBack();
    await page.getByRole("heading", { name: "Version 1", exact: true }).waitFor();
    await page.goForward();
    await itemCard(page, "Margherita").waitFor();
    expect(complaints).toEqual([]);
  });

  it("say so when an item is not there, however odd its address", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    for (const odd of ["%E0%A4", "100%", "a%2Fb", "%F0%9F%8D%95", "%00", "x".repeat(3_000), "anchovy"]) {
      await page.goto(`${stage.server.url}/admin/menu/${odd}`);
      await page.getByText("There is no such item.").waitFor();
    }
    expect(complaints).toEqual([]);
    await inspect(page, "kitchen-no-such-item");
    await page.getByRole("main").getByRole("link", { name: "To the menu" }).click();
    await itemCard(page, "Pepperoni").waitFor();
  });

  it("hand a guest's wish on from today to the menu's form", async () => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ text: WISH });
    await fetch(`${stage.server.url}/v1/suggestions`, { method: "POST", headers, body });
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    await page.getByRole("link", { name: `Put it on the menu: ${WISH}` }).click();
    const field = page.getByLabel("New item");
    await expect.poll(() => field.inputValue()).toBe(WISH);
    await expect.poll(() => field.evaluate((element) => element.matches(":focus"))).toBe(true);
    expect(page.url()).toBe(`${stage.server.url}/admin/menu`);
    expect(complaints).toEqual([]);
  });

  it("offer the training wherever labels wait, and nowhere else", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/menu");
    await itemCard(page, "Pepperoni").waitFor();
    const button = page.getByRole("button", { name: "Train now" });
    await expect.poll(() => button.isVisible()).toBe(false);
    await createSeeder(stage.server).teach("Pepperoni", "pepperoni", [20, 21]);
    await goTo(page, "/admin/menu");
    await page.getByText("2 new labels to learn").waitFor();
    await inspect(page, "kitchen-training-bar");
    await button.click();
    await page.getByText("Version 2 is live. It learned from 2 new labels.").waitFor();
    await expect.poll(() => page.getByText("new labels to learn").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });
});
