/** The queue of corrections in a real browser: by keyboard, by selection, on a phone; each state also goes through axe. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { itemClasses } from "../../src/web/client/admin-answers.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { createSeeder, type Seeder, sendCorrections } from "./kitchen-seed.ts";
import { inspect, signIn } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

function focusedCard(page: Page) {
  return page.locator("article.review:focus");
}

describe.skipIf(!hasBrowser())("the queue of corrections", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
    seeder = createSeeder(server);
    await seeder.teachMenu(8);
    await seeder.ask("/training-runs", {});
  });

  afterAll(() => stage?.close());

  const enter = async (options: typeof DESKTOP | typeof PHONE = DESKTOP) => {
    const opened = await openPage(browser, options);
    await signIn(opened.page, server.url, server.adminToken);
    await opened.page.locator("article.review").first().waitFor();
    return opened;
  };

  const countExamples = async (name: string) => {
    const { classes } = itemClasses(await seeder.ask("/classes"), "answer");
    return classes.find((item) => item.name === name)?.examples;
  };

  it("marks disagreement, likely mistakes and photos that look alike", async () => {
    await sendCorrections(seeder, 465);
    const { page, complaints } = await enter();
    const disputed = page.getByRole("article", { name: /(Hawaiian or Margherita|Margherita or Hawaiian)\?/ });
    await disputed.getByText("Disagreement").waitFor();
    await page.getByText("2 alike").waitFor();
    // Nothing is kept of what nobody has labelled, so there is nothing to show of it.
    const askedForPool = `performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/v1/admin/pool"))`;
    await expect.poll(() => page.evaluate(askedForPool), { timeout: 30_000 }).toBe(true);
    expect(await page.locator("#pool").isVisible()).toBe(false);
    await expect.poll(() => page.locator("article.review").count()).toBe(5);
    await expect.poll(() => page.locator("kbd").first().isVisible()).toBe(true);
    await inspect(page, "kitchen-reviews");
    expect(complaints).toEqual([]);
  });

  it("is gone through by keyboard alone: move, select, accept, relabel by typing, reject", async () => {
    const { page, complaints } = await enter();
    await page.getByLabel("Select all").focus();
    await page.keyboard.press("Tab");
    await expect.poll(() => focusedCard(page).count()).toBe(1);
    const first = await focusedCard(page).getAttribute("aria-labelledby");
    await page.keyboard.press("j");
    await expect.poll(() => focusedCard(page).getAttribute("aria-labelledby")).not.toBe(first);
    await page.keyboard.press("k");
    await expect.poll(() => focusedCard(page).getAttribute("aria-labelledby")).toBe(first);
    await page.keyboard.press("End");
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor({ state: "detached" });

    // Typing narrows the menu down, and Enter takes the first.
    await page.getByRole("article", { name: "A guest says Margherita" }).focus();
    const before = (await countExamples("Pepperoni")) ?? 0;
    await page.keyboard.press("r");
    await page.keyboard.type("pep");
    await inspect(page, "kitchen-relabel");
    await page.keyboard.press("Enter");
    await page.getByText("Accepted as Pepperoni. It counts from the next training on. 4 left.").waitFor();
    await expect.poll(() => focusedCard(page).count()).toBe(1);

    await page.getByRole("article", { name: "A guest says Hawaiian" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Accepted as Hawaiian. It counts from the next training on. 3 left.").waitFor();
    await page.keyboard.press("x");
    await page.getByText("Rejected. 2 left.").waitFor();
    await page.keyboard.press("x");
    await page.keyboard.press("x");
    await page.getByText("Rejected. Nothing is left.").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("reviews-title");
    await page.getByText("Nothing to look at.").waitFor();
    await expect.poll(() => countExamples("Pepperoni")).toBe(before + 1);
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ groups: [], pending: 0 });
    expect(complaints).toEqual([]);
  });

  it("keeps its letters to itself: elsewhere they do nothing, and with Ctrl they are the browser's", async () => {
    await sendCorrections(seeder, 200);
    const { page } = await enter();
    await page.getByRole("button", { name: "Train now" }).focus();
    await page.keyboard.type("axjkr");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Train now");
    await page.locator("article.review").first().focus();
    await page.keyboard.press("Control+a");
    await expect.poll(() => page.locator("article.review").count()).toBe(5);
  });

  it("decides all that is selected, and leaves a disagreement for a closer look", async () => {
    const { page, complaints } = await enter();
    await page.getByLabel("Select all").check();
    await page.getByText("5 selected, 1 with a disagreement").waitFor();
    await inspect(page, "kitchen-bulk");
    await page.getByRole("button", { name: "All are …" }).click();
    await page.locator(".bulk-picker").waitFor();
    for (const isSelected of [false, true]) await page.getByLabel("Select all").setChecked(isSelected);
    await page.getByText("5 selected, 1 with a disagreement").waitFor();
    expect(await page.locator(".bulk-picker").count()).toBe(0);
    await page.getByRole("button", { name: "Accept all" }).click();
    await page.getByText("Accepted: 4 pictures. 1 picture with a disagreement stays. 1 left.").waitFor();
    await expect.poll(() => focusedCard(page).count()).toBe(1);
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "All are …" }).click();
    await page.keyboard.type("haw");
    await page.keyboard.press("Enter");
    await page.getByText("Accepted as Hawaiian: 1 picture. Nothing is left.").waitFor();
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ groups: [], pending: 0 });
    expect(complaints).toEqual([]);
  });

  it("takes decisions back, one by one or all of a selection, and goes back to the card", async () => {
    await sendCorrections(seeder, 400);
    const { page, complaints } = await enter();
    const before = await seeder.ask("/reviews");
    const examples = await countExamples("Hawaiian");
    expect(examples).toBeGreaterThan(0);
    // Accepting one side of a disagreement rejects the other: both have to come back.
    const disputed = page.getByRole("article", { name: /Guests disagree/ });
    await disputed.focus();
    await page.keyboard.press("a");
    await disputed.waitFor({ state: "detached" });
    await page.keyboard.press("z");
    await page.getByText(/^Taken back: Accepted as (Hawaiian|Margherita)\.$/).waitFor();
    await disputed.waitFor();
    await expect.poll(() => focusedCard(page).getByText("Guests disagree").count()).toBe(1);
    await page.keyboard.press("z");
    await page.getByText("There is nothing to undo.").waitFor();

    await page.getByLabel("Select all").check();
    await page.getByRole("button", { name: "Reject all" }).click();
    await page.getByText("Rejected: 5 pictures. Nothing is left.").waitFor();
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ pending: 0 });
    await page.reload(); // the server keeps it for a day, and so does the page
    await page.getByRole("button", { name: "Undo: Rejected: 5 pictures" }).click();
    await page.getByText("Taken back: Rejected: 5 pictures.").waitFor();
    await expect.poll(() => page.locator("article.review").count()).toBe(5);
    await inspect(page, "kitchen-undone");
    expect(await seeder.ask("/reviews")).toMatchObject({ pending: JSON.parse(JSON.stringify(before)).pending });
    expect(await countExamples("Hawaiian")).toBe(examples);
    await page.getByLabel("Select all").check();
    await page.getByRole("button", { name: "Reject all" }).click();
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ pending: 0 });
    expect(complaints).toEqual([]);
  });

  it("says which photos an answer stands on, and takes the correction that one of them is labelled wrongly", async () => {
    await sendCorrections(seeder, 464);
    const { page, complaints } = await enter();
    const card = page.getByRole("article", { name: "A guest says Hawaiian" });
    const why = card.getByRole("button", { name: "Why? Hawaiian" });
    await why.focus();
    await page.keyboard.press("Enter");
    const lists = card.getByRole("list");
    await lists.first().waitFor();
    await card.getByText(/^These photos speak for Hawaiian:/).waitFor();
    const row = card.getByRole("listitem").first();
    const photo = (await row.locator("code").textContent()) ?? "";
    await row.getByRole("button", { name: `This label is wrong: photo ${photo}` }).click();
    await inspect(page, "kitchen-because");
    // The letters of the queue are not for what is opened on a card.
    await row.getByRole("button", { name: /^This label is wrong/ }).press("x");
    await expect.poll(() => page.locator("article.review").count()).toBe(5);
    await row.getByRole("button", { name: /^Change to / }).click();
    await page.getByText(new RegExp(`^Photo ${photo} counts as \\w+ from the next training on\\.$`)).waitFor();
    await card.getByText(photo).waitFor({ state: "detached" });
    await expect.poll(() => card.locator(":focus").count()).toBe(1);
    const { examples } = JSON.parse(JSON.stringify(await seeder.ask("/examples?class=hawaiian&limit=200")));
    expect(examples.filter((one: { photo: string }) => one.photo.startsWith(photo))).toEqual([]);
    await page.getByLabel("Select all").check();
    await page.getByRole("button", { name: "Reject all" }).click();
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ pending: 0 });
    expect(complaints).toEqual([]);
  });

  it("works with a finger", async () => {
    await sendCorrections(seeder, 401);
    const { page, complaints } = await enter(PHONE);
    await expect.poll(() => page.locator("kbd").first().isVisible()).toBe(false);
    // One at a time, until more are asked for.
    const more = page.locator("#reviews").getByRole("button", { name: "Show more" });
    const countShown = () => page.locator("article.review").filter({ visible: true }).count();
    await expect.poll(() => countShown()).toBe(1);
    await more.tap();
    await expect.poll(() => countShown()).toBe(3);
    await more.tap();
    await expect.poll(() => more.isVisible()).toBe(false);
    await page.getByLabel("Select: Pepperoni").first().tap();
    await page.getByText("1 selected").waitFor();
    expect(await captureState(page, "kitchen-bulk")).toBe(0);
    await page.getByRole("button", { name: "Reject all" }).tap();
    await page.getByText(/^Rejected: 1 picture\. \d left\.$/).waitFor();
    const card = page.getByRole("article", { name: "A guest says Hawaiian" });
    await card.getByRole("button", { name: "It is something else" }).tap();
    await card.getByRole("option", { name: "Margherita" }).tap();
    await page.getByText("Accepted as Margherita.").waitFor();
    expect(complaints).toEqual([]);
  });
});
