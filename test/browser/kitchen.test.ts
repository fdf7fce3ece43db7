/** What staff do with versions, items and doubted labels, in a real browser; each state also goes through axe. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { countUp, createSeeder, type Seeder } from "./kitchen-seed.ts";
import { goTo, goToItem, inspect, itemCard, type PlacePath, signIn, train, versionCard } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

/** One of Margherita's drawings looks like one of Pepperoni's: one row has both labels. */
const TWINS = /One picture, labelled (Margherita and Pepperoni|Pepperoni and Margherita)\. Which is it\?/;

/** Opens the cell of version 3's confusion matrix that counts these, and waits until it says what it has of its photos. */
async function openMistake(page: Page, given: string, answered: string) {
  const matrix = versionCard(page, 3).locator(".matrix");
  if (!(await matrix.isVisible())) await page.getByRole("button", { name: "Look closer at version 3" }).click();
  await matrix
    .getByRole("gridcell", { name: new RegExp(`photos? of ${given} (was|were) answered ${answered}`) })
    .click();
  const examples = versionCard(page, 3).locator(".matrix-examples");
  await examples.getByRole("status").filter({ hasText: /./ }).waitFor();
  return examples;
}

// The steps build on each other, as the days of a pizzeria do.
describe.skipIf(!hasBrowser())("the kitchen", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
    seeder = createSeeder(server);
    await seeder.teachMenu(12);
    await seeder.ask("/training-runs", {});
    await seeder.ask("/heads/1/activate", { hold: true });
    // Two of them are wrong: a doubt is to come of each.
    await seeder.teach("Hawaiian", "pepperoni", [50]);
    await seeder.teach("Margherita", "pepperoni", [51]);
    await seeder.teach("Four Cheese", "four_cheese", countUp(0, 10));
    // Another name for what is there already: it is mixed up with that, and is to be merged.
    await seeder.teach("Ananas", "hawaiian", countUp(60, 6));
    await seeder.ask("/training-runs", {});
  });

  afterAll(() => stage?.close());

  const enter = async (place: PlacePath = "/admin/versions", options: typeof DESKTOP | typeof PHONE = DESKTOP) => {
    const opened = await openPage(browser, options);
    await signIn(opened.page, server.url, server.adminToken, place);
    if (place === "/admin/versions") await versionCard(opened.page, 1).waitFor();
    return opened;
  };

  it("tells how well each item is told apart, and what is mixed up, cell by cell in words", async () => {
    const { page, complaints } = await enter("/admin/menu");
    const pepperoni = await goToItem(page, "Pepperoni");
    await pepperoni
      .getByText(/^Finds about \d+ of 12, probably between \d+ and 12\. Of 100 such answers \d+ are right\./)
      .waitFor();
    // The live version is the first, of twelve photos each, which are all recognised: on so few that may be luck.
    await pepperoni
      .getByText("Looks good, but with so few photos that may be luck: 4 more photos would make sure.")
      .waitFor();
    await pepperoni
      .getByRole("img", { name: /^Pepperoni: recognised with 3 photos \d+%, 6 photos \d+%, 12 photos 100%$/ })
      .waitFor();
    await inspect(page, "kitchen-item");
    await goTo(page, "/admin/menu");
    await itemCard(page, "Pepperoni").getByText("Looks good, but with so few photos that may be luck").waitFor();
    await inspect(page, "kitchen-items");
    await goTo(page, "/admin");
    await page
      .locator("#figure-accuracy-note")
      .getByText("about 36 of 36, probably between 33 and 36. Each of 36 photos")
      .waitFor();
    await goTo(page, "/admin/versions");
    await versionCard(page, 2)
      .getByText(/^Right: about \d+ of 54, probably .* · 54 photos · 5 items$/)
      .waitFor();
    await page.getByRole("button", { name: "Look closer at version 2" }).click();
    const grid = page.getByRole("grid");
    await grid.getByRole("gridcell", { name: "1 of 13 photos of Hawaiian was answered Pepperoni." }).hover();
    await page.locator(".matrix-words").getByText("1 of 13 photos of Hawaiian was answered Pepperoni.").waitFor();
    await grid.getByRole("gridcell").first().focus();
    await page.keyboard.press("ArrowDown");
    await expect
      .poll(() => page.locator(".matrix-words").textContent())
      .toMatch(/ of Hawaiian (was|were) answered Pepperoni\.$/);
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toContain("answered Pepperoni");
    await inspect(page, "kitchen-matrix");
    expect(complaints).toEqual([]);
  });

  it("opens the photos behind a mistake, and gives the focus back", async () => {
    const { page, complaints } = await enter();
    await page.getByRole("button", { name: "Look closer at version 2" }).click();
    const cell = page.getByRole("gridcell", { name: "1 of 13 photos of Margherita was answered Pepperoni." });
    await cell.focus();
    await page.keyboard.press("Enter");
    const photos = page.getByRole("list", { name: "Margherita, answered Pepperoni" });
    await photos.getByRole("heading", { name: TWINS }).waitFor();
    await page.getByText("Where no picture is kept, a photo goes by its fingerprint.").waitFor();
    for (const name of [/^It is Margherita/, /^It is Pepperoni/, /^Forget it and its copies/]) {
      await expect.poll(() => photos.getByRole("button", { name }).count()).toBe(1);
    }
    await inspect(page, "kitchen-matrix-photos");
    await page.locator(".matrix-examples").getByRole("button", { name: "Close" }).click();
    expect(await page.evaluate("document.activeElement.getAttribute('aria-label')")).toContain("of Margherita");
    await expect.poll(() => photos.count()).toBe(0);
    // The first version made no mistake that could be opened.
    await page.getByRole("button", { name: "Look closer at version 1" }).click();
    await page.locator(".matrix").nth(1).waitFor();
    await expect.poll(() => page.locator(".version").nth(1).locator(".matrix-opens").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("sets two versions side by side", async () => {
    const { page, complaints } = await enter();
    await page.getByRole("button", { name: "Look closer at version 2" }).click();
    await page.getByLabel("Compare with").selectOption("1");
    await page.getByRole("button", { name: "Compare" }).click();
    await page.getByText("Version 2 knows Four Cheese and Ananas as well.").waitFor();
    const learned = page.getByRole("row", { name: "Photos learned from" });
    await expect.poll(() => learned.getByRole("cell").allTextContents()).toEqual(["36", "54"]);
    await inspect(page, "kitchen-compare");
    expect(complaints).toEqual([]);
  });

  it("makes a version live that was held back, which ends the hold, and pins it", async () => {
    const { page, complaints } = await enter("/admin");
    await page.getByRole("heading", { name: "Version 2 was held back" }).waitFor();
    await page.getByRole("link", { name: "Look at it" }).click();
    await versionCard(page, 2).getByText("held back").waitFor();
    await versionCard(page, 2).getByText("Held: an admin keeps version 1 in place until further notice.").waitFor();
    await page.getByRole("button", { name: "Make live: version 2" }).click();
    await page.getByText("Version 2 is live: guests get it within seconds.").waitFor();
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: 2, held: false });
    await page.getByRole("button", { name: "Look closer at version 2" }).click();
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByRole("button", { name: "Unpin" }).waitFor();
    await versionCard(page, 2).locator(".badge", { hasText: "pinned" }).waitFor();
    expect(await seeder.ask("/heads/2")).toMatchObject({ pinnedAt: expect.any(String) });
    expect(complaints).toEqual([]);
  });

  it("goes back to an earlier version in one step, and holds later ones until told otherwise", async () => {
    const { page, complaints } = await enter();
    await versionCard(page, 1).getByLabel("Hold later versions").check();
    await page.getByRole("button", { name: "Make live: version 1" }).click();
    await page.getByText("Version 1 is live: guests get it within seconds. Later versions wait for you.").waitFor();
    await page.getByText("Later versions are held: version 1 stays live").waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Version 1");
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: 1, held: true });
    await seeder.teach("Four Cheese", "four_cheese", countUp(20, 2));
    await goTo(page, "/admin/versions");
    await page.getByText("2 new labels to learn").waitFor();
    expect(await train(page)).toBe(
      "Version 3 was made but is not live. Look at it under Versions and make it live if you like.",
    );
    await versionCard(page, 3).getByText("held back").waitFor();
    await versionCard(page, 3).getByText("Held: an admin keeps version 1 in place until further notice.").waitFor();
    await inspect(page, "kitchen-held");
    await page.getByRole("button", { name: "Let new versions go live again" }).click();
    await page.getByText("New versions go live by themselves again").waitFor();
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: 1, held: false });
    expect(complaints).toEqual([]);
  });

  it("shows the labels that it doubts, and takes a word for an answer", async () => {
    const { page, complaints } = await enter("/admin");
    const doubts = page.getByRole("list", { name: "Labels I doubt" });
    await doubts.getByRole("heading", { name: TWINS }).waitFor();
    await inspect(page, "kitchen-doubts");
    // Those that wait behind "Show more" are among them.
    const waiting = doubts.locator(".doubt");
    const before = await waiting.count();
    const row = doubts.getByRole("listitem").filter({ hasText: TWINS });
    await row.getByRole("button", { name: /^It is Pepperoni/ }).click();
    await page.getByText("The picture and its copies are Pepperoni, then. I will not ask again.").waitFor();
    expect(await page.evaluate("document.activeElement.closest('#doubts') !== null")).toBe(true);
    // It is behind a mistake of the newest version as well, and no longer asked about there either.
    await goTo(page, "/admin/versions");
    const examples = await openMistake(page, "Margherita", "Pepperoni");
    await examples.getByText(/^Nothing to decide:/).waitFor();
    await expect.poll(() => examples.getByRole("listitem").count()).toBe(0);
    await openMistake(page, "Hawaiian", "Pepperoni");
    await examples.getByRole("button", { name: /^Change to Pepperoni/ }).click();
    await examples.getByText(/counts as Pepperoni from the next training on/).waitFor();
    expect(await page.evaluate("document.activeElement.closest('.matrix-examples') !== null")).toBe(true);
    await goTo(page, "/admin");
    await page.locator("#doubts-body .skeleton").waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("heading", { name: TWINS }).count()).toBe(0);
    await expect.poll(() => page.getByText("Labelled Hawaiian. Or is it Pepperoni?").count()).toBe(0);
    await expect.poll(() => waiting.count()).toBe(before - 2);
    expect(complaints).toEqual([]);
  });

  it("lists an item's photos, moves one and forgets one", async () => {
    const { page, complaints } = await enter("/admin/menu");
    const card = await goToItem(page, "Four Cheese");
    await card.getByRole("button", { name: "Photos: Four Cheese" }).click();
    const photos = card.getByRole("list", { name: "Photos of Four Cheese" });
    await photos.getByRole("listitem").nth(11).waitFor();
    await inspect(page, "kitchen-photos");
    const first = photos.getByRole("listitem").first();
    await first.getByRole("combobox").focus(); // -- all items are in it from then on
    await first.getByRole("combobox").selectOption({ label: "Pepperoni" });
    await first.getByRole("button", { name: /^Move / }).click();
    await card.getByText(/counts as Pepperoni from the next training on/).waitFor();
    await first.locator("button:focus").waitFor(); // the focus goes on to the next row
    await photos
      .getByRole("button", { name: /^Forget / })
      .first()
      .click();
    await card.getByText(/is forgotten\. The next training unlearns it\./).waitFor();
    await expect.poll(() => photos.getByRole("listitem").count()).toBe(10);
    expect(complaints).toEqual([]);
  });

  it("merges an item into another after saying what that means", async () => {
    const { page, complaints } = await enter("/admin/menu");
    const card = await goToItem(page, "Ananas");
    await card.getByRole("button", { name: "Merge: Ananas" }).click();
    await card.getByLabel("Merge into").selectOption({ label: "Hawaiian" });
    await card.getByText("All 6 photos of Ananas will count as Hawaiian").waitFor();
    await inspect(page, "kitchen-merge");
    await card.getByRole("button", { name: "Merge into Hawaiian" }).click();
    await page.getByText("Ananas is part of Hawaiian now.").waitFor();
    await card.getByText("Merged into Hawaiian.").waitFor();
    await goTo(page, "/admin/menu");
    await itemCard(page, "Hawaiian").getByText("18 photos").waitFor();
    await page.getByText("1 archived item").click();
    await itemCard(page, "Ananas").getByText("Merged into Hawaiian.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("deletes an item only when its name has been typed", async () => {
    const { page, complaints } = await enter("/admin/menu");
    const card = await goToItem(page, "Four Cheese");
    await card.getByRole("button", { name: "Delete: Four Cheese" }).click();
    await card.getByText("All 10 photos will be forgotten.").waitFor();
    await card.getByRole("button", { name: "Delete for good" }).click();
    await card.getByRole("alert").getByText("Nothing was deleted.").waitFor();
    await inspect(page, "kitchen-delete");
    await card.getByLabel("Type “Four Cheese” to confirm").fill("four cheese");
    await page.keyboard.press("Enter");
    await page.getByText("Four Cheese is gone, with 10 photos.").waitFor();
    await card.waitFor({ state: "detached" });
    await inspect(page, "kitchen-deleted");
    await page.getByRole("main").getByRole("link", { name: "To the menu" }).click();
    await page.locator("#items-body .skeleton").waitFor({ state: "detached" });
    await expect.poll(() => itemCard(page, "Four Cheese").count()).toBe(0);
    expect(await seeder.ask("/classes")).not.toMatchObject({
      classes: expect.arrayContaining([{ name: "Four Cheese" }]),
    });
    await goTo(page, "/admin");
    await train(page);
    await goTo(page, "/admin/versions");
    // What had seen the forgotten photos is gone with that training.
    await versionCard(page, 3).getByText("gone", { exact: true }).waitFor();
    await versionCard(page, 3).getByText("It cannot go live again.").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Make live: version 3" }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("starts from the labels again, and tells what has happened", async () => {
    const { page, complaints } = await enter();
    await page.getByText("Recent training runs").click();
    await page.getByRole("table", { name: "Recent training runs" }).waitFor();
    await page.getByRole("button", { name: "Start from the labels again" }).click();
    await page.locator("#rebuild-outcome:not(:empty)").waitFor();
    await inspect(page, "kitchen-runs");
    await goTo(page, "/admin/settings");
    await page.getByText("Who did what").click();
    const log = page.locator("#audit");
    await log.getByText("four_cheese deleted for good, with 10 photos.").waitFor();
    await log.getByText("Ananas merged into Hawaiian.").waitFor();
    await log.getByText("Version 1 made live, and later versions held.").first().waitFor();
    await inspect(page, "kitchen-history");
    expect(complaints).toEqual([]);
  });

  it("works on a phone", async () => {
    const { page, complaints } = await enter("/admin/versions", PHONE);
    await page
      .getByRole("button", { name: /^Look closer/ })
      .first()
      .tap();
    await page.getByRole("gridcell").first().tap();
    await expect.poll(() => page.locator(".matrix-words").textContent()).toMatch(/photos? of .* (was|were) /);
    expect(await captureState(page, "kitchen-closer")).toBe(0);
    expect(complaints).toEqual([]);
  });
});
