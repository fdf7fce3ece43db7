/** Corrections, doubted labels and what guests miss, in Russian and on a Russian keyboard; each state also goes through axe. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { itemOfCorrectionArchived } from "../../src/shared/english/menu.ts";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";
import { texts as guestTexts } from "../../src/web/texts/ru.ts";
import { captureState, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder, MENU, type Seeder, sendCorrections } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

const { because, reviewQueue: queue, reviews } = kitchen;
const NAMES = [...MENU.flat(), "Enter"];
const WISH = "Пицца с грушей и горгонзолой";
/** What the keys of the queue's letters write on a Russian keyboard. */
const LETTERS = { KeyJ: "о", KeyK: "л", KeyA: "ф", KeyR: "к", KeyX: "ч", KeyZ: "я" } as const;

/** Presses a key of a Russian keyboard on whatever has the focus. */
async function press(page: Page, code: keyof typeof LETTERS): Promise<void> {
  const init = JSON.stringify({ key: LETTERS[code], code, bubbles: true, cancelable: true });
  await page.evaluate(`document.activeElement.dispatchEvent(new KeyboardEvent("keydown", ${init}))`);
}

function cardOf(page: Page, name: string) {
  return page.getByRole("article", { name: `${queue.says.guests(1)} ${name}` });
}

function bulkButton(page: Page, name: string) {
  return page.getByRole("group", { name: queue.bar.group }).getByRole("button", { name });
}

function focusedCard(page: Page) {
  return page.locator("article.review:focus");
}

function acceptedAs(name: string): string {
  return `${queue.card.acceptedAs(name)}. ${queue.card.fromNextTraining}`;
}

/** Photos go by their fingerprints, in which there may be letters. */
async function expectRussian(page: Page, section: string): Promise<void> {
  const foreign = await findForeignWords(page, section, NAMES);
  expect(foreign.filter((word) => !/^[a-f]+$/.test(word))).toEqual([]);
}

describe.skipIf(!hasBrowser())("the queue of corrections in Russian", () => {
  let browser: Browser;
  let server: DevServer;
  let seeder: Seeder;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
    seeder = createSeeder(server);
    await seeder.teachMenu(8);
    // Two of them are wrong: a doubt is to come of each.
    await seeder.teach("Hawaiian", "pepperoni", [50]);
    await seeder.teach("Margherita", "pepperoni", [55]);
    await seeder.ask("/training-runs", {});
    await suggest(server, WISH);
  });

  afterAll(() => stage?.close());

  const enter = async (options: typeof RUSSIAN_DESKTOP | typeof RUSSIAN_PHONE = RUSSIAN_DESKTOP) => {
    const opened = await openPage(browser, options);
    await enterKitchen(opened.page, server);
    return opened;
  };

  it("shows who says what and why, and a menu to choose from", async () => {
    await sendCorrections(seeder, 465);
    const { page, complaints } = await enter();
    const disputed = page.getByRole("article", { name: queue.says.disagree });
    await disputed.getByText(queue.marks.conflict).waitFor();
    await page.getByText(queue.marks.alike(2)).waitFor();
    await expect.poll(() => page.locator("kbd").getByText(queue.keys.space).isVisible()).toBe(true);
    await inspect(page, "kitchen-ru-reviews");
    await expectRussian(page, "#reviews");
    await disputed.getByRole("button", { name: queue.card.relabelIt }).click();
    await page.getByRole("listbox", { name: guestTexts.picker.list }).waitFor();
    await inspect(page, "kitchen-ru-relabel");
    await page.getByRole("combobox", { name: guestTexts.picker.find }).fill("суп");
    await page.getByText(guestTexts.picker.none).waitFor();
    await expectRussian(page, "#reviews");
    expect(complaints).toEqual([]);
  });

  it("is gone through by the letters of a Russian keyboard", async () => {
    const { page, complaints } = await enter();
    await page.locator("article.review").nth(4).waitFor();
    await page.locator("article.review").first().focus();
    const first = await focusedCard(page).getAttribute("aria-labelledby");
    await press(page, "KeyJ");
    await expect.poll(() => focusedCard(page).getAttribute("aria-labelledby")).not.toBe(first);
    await press(page, "KeyK");
    await expect.poll(() => focusedCard(page).getAttribute("aria-labelledby")).toBe(first);

    await cardOf(page, "Margherita").focus();
    await press(page, "KeyR");
    await page.keyboard.type("pep");
    await page.keyboard.press("Enter");
    await page.getByText(`${acceptedAs("Pepperoni")} ${queue.left(4)}`).waitFor();
    await cardOf(page, "Hawaiian").focus();
    await press(page, "KeyA");
    await page.getByText(`${acceptedAs("Hawaiian")} ${queue.left(3)}`).waitFor();
    await press(page, "KeyX");
    await page.getByText(`${queue.card.rejected}. ${queue.left(2)}`).waitFor();
    await page.getByRole("button", { name: queue.undo.button(queue.card.rejected) }).waitFor();
    await press(page, "KeyZ");
    await page.getByText(queue.undo.done(queue.card.rejected)).waitFor();
    await expect.poll(() => focusedCard(page).count()).toBe(1);
    await inspect(page, "kitchen-ru-undone");
    await expectRussian(page, "#reviews");
    expect(complaints).toEqual([]);
  });

  it("decides all that is selected, and says why some were refused", async () => {
    await setArchived(server, "pepperoni", true);
    const { page, complaints } = await enter();
    await page.locator("article.review").nth(2).waitFor();
    await page.getByLabel(queue.bar.selectAll).check();
    await page.getByText(queue.bar.selected(3, 1)).waitFor();
    await inspect(page, "kitchen-ru-bulk");
    await expectRussian(page, "#reviews");
    await bulkButton(page, queue.bar.accept).click();
    // Said at once; the refusal follows.
    await kitchen.frame.prepareToExplain();
    const refusal = kitchen.frame.explain(itemOfCorrectionArchived({ item: "pepperoni" }));
    await page.locator("#reviews-status").getByText(refusal).waitFor();
    await page.locator("article.review").nth(2).waitFor();
    await inspect(page, "kitchen-ru-refused");
    await expectRussian(page, "#reviews");
    await page.getByLabel(queue.bar.selectAll).check();
    await bulkButton(page, queue.bar.reject).click();
    const rejected = queue.bulk.rejected(3);
    await page.getByText(`${rejected}. ${queue.left(0)}`).waitFor();
    await page.getByText(reviews.empty).waitFor();
    await page.getByRole("button", { name: queue.undo.button(rejected) }).waitFor();
    await inspect(page, "kitchen-ru-nothing-left");
    await expectRussian(page, "#reviews");
    await expect.poll(() => seeder.ask("/reviews")).toMatchObject({ groups: [], pending: 0 });
    await setArchived(server, "pepperoni", false);
    expect(complaints).toEqual([]);
  });

  it("shows the labels that it doubts, and takes a word for an answer", async () => {
    const { page, complaints } = await enter();
    const doubts = page.getByRole("list", { name: reviews.doubtsSection.title });
    await doubts.getByRole("heading", { name: reviews.doubts.title("Hawaiian", "Pepperoni") }).waitFor();
    await inspect(page, "kitchen-ru-doubts");
    await expectRussian(page, "#doubts");
    const why = doubts.getByRole("button", { name: new RegExp(`^${because.ask.replace("?", "\\?")}`) }).first();
    await why.click();
    await doubts.getByText(because.speakFor("Pepperoni")).first().waitFor();
    await doubts
      .getByRole("button", { name: new RegExp(`^${because.wrong}`) })
      .first()
      .click();
    const itself = doubts.getByRole("listitem").filter({ hasText: because.itself }).last();
    await expect.poll(() => itself.getByRole("button").count()).toBe(0);
    await inspect(page, "kitchen-ru-because");
    await expectRussian(page, "#doubts");
    await why.click();
    const status = page.locator("#doubts-status");
    const confirm = (name: string) =>
      doubts.getByRole("button", { name: new RegExp(`^${reviews.doubts.confirm(name)}`) });
    await confirm("Hawaiian").click();
    await status.getByText(/«Hawaiian»\. Больше не спрошу\.$/).waitFor();
    await expectRussian(page, "#doubts");
    // One of its drawings looks like one of Pepperoni's: one row with both labels, which one word settles.
    await doubts.getByRole("heading", { name: /«Margherita».*«Pepperoni»|«Pepperoni».*«Margherita»/ }).waitFor();
    await confirm("Pepperoni").click();
    await status.getByText(reviews.doubts.copies.settled("Pepperoni")).waitFor();
    await page.getByText(reviews.doubts.empty).waitFor();
    await expectRussian(page, "#doubts");
    expect(complaints).toEqual([]);
  });

  it("forgets a doubted photo", async () => {
    await seeder.teach("Hawaiian", "margherita", [53]); // no copy of one that is labelled Margherita, as most are
    await seeder.ask("/training-runs", {});
    const { page, complaints } = await enter();
    const doubts = page.getByRole("list", { name: reviews.doubtsSection.title });
    const alone = doubts.getByRole("listitem").filter({ hasText: reviews.doubts.title("Hawaiian", "Margherita") });
    await alone.getByRole("button", { name: reviews.doubts.forget }).click();
    await page
      .locator("#doubts-status")
      .getByText(/^Фото \w{8} забыто\./)
      .waitFor();
    await expectRussian(page, "#doubts");
    expect(complaints).toEqual([]);
  });

  it("tells what guests miss, and takes it off the list", async () => {
    const { page, complaints } = await enter();
    await page.getByText(reviews.suggestions.demand(1)).waitFor();
    await page.getByText(reviews.suggestions.noteForAdmin).waitFor();
    await inspect(page, "kitchen-ru-suggestions");
    await expectRussian(page, "#suggestions");
    await page.getByRole("button", { name: reviews.suggestions.doneWith(WISH) }).click();
    await page.locator("#suggestions").waitFor({ state: "hidden" });
    await expect.poll(() => page.locator("#advice-title:focus").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("works with a finger", async () => {
    await sendCorrections(seeder, 401);
    const { page, complaints } = await enter(RUSSIAN_PHONE);
    const more = page.locator("#reviews").getByRole("button", { name: kitchen.frame.showMore });
    await more.tap();
    await more.tap();
    await page.getByLabel(queue.card.select("Pepperoni"), { exact: true }).first().tap();
    await page.getByText(queue.bar.selected(1, 0)).waitFor();
    expect(await captureState(page, "kitchen-ru-bulk")).toBe(0);
    const cards = await page.locator("article.review").count();
    await bulkButton(page, queue.bar.reject).tap();
    await page.getByText(`${queue.bulk.rejected(1)}. ${queue.left(cards - 1)}`).waitFor();
    const card = cardOf(page, "Hawaiian");
    await card.getByRole("button", { name: queue.card.relabelIt }).tap();
    await card.getByRole("option", { name: "Margherita" }).tap();
    await page.getByText(`${acceptedAs("Margherita")} ${queue.left(cards - 2)}`).waitFor();
    await inspect(page, "kitchen-ru-reviews");
    await expectRussian(page, "#reviews");
    expect(complaints).toEqual([]);
  });
});

async function setArchived({ url, adminToken }: DevServer, id: string, archived: boolean): Promise<void> {
  const response = await fetch(`${url}/v1/admin/classes/${id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ archived }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

async function suggest({ url }: DevServer, text: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/v1/suggestions`, { method: "POST", headers, body: JSON.stringify({ text }) });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}
