/** What staff do at each place of the kitchen, act by act, with a mouse and keys as the browser sends them. */
import type { Page } from "playwright-core";
import { nameItem } from "./busy-kitchen.ts";

/** One interaction or a few of a kind; waiting for its result is not part of the measurement. */
export interface Act {
  readonly name: string;
  readonly run: (page: Page) => Promise<unknown>;
  readonly wait?: (page: Page) => Promise<unknown>;
}

export interface ActedPlace {
  readonly path: string;
  readonly waitUntilShown: (page: Page) => Promise<unknown>;
  /** In this order, each from what the one before has left. */
  readonly acts: readonly Act[];
}

const TYPING_MS = 60;
const type = (words: string) => (page: Page) => page.keyboard.type(words, { delay: TYPING_MS });
const press = (key: string) => (page: Page) => page.keyboard.press(key);
const click = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const cards = (page: Page) => page.locator("#reviews-body article");
const card = (name: string) => (page: Page) => page.getByRole("article", { name, exact: true }).waitFor();
const words = (text: RegExp | string) => (page: Page) => page.getByText(text).first().waitFor();

/** What the page cuts short at first. */
async function showAll(page: Page): Promise<void> {
  const more = page.locator("#reviews-body .show-more");
  while (await more.isVisible()) await more.click();
}

const TODAY: ActedPlace = {
  path: "/admin",
  waitUntilShown: (page) => cards(page).first().waitFor(),
  acts: [
    { name: "show more of the corrections, until all show", run: showAll },
    {
      name: "accept a correction",
      run: (page) => cards(page).first().getByRole("button").first().click(),
      wait: words(/Accepted as .*left\./),
    },
    { name: "take it back", run: press("z"), wait: words(/^Taken back/) },
    { name: "reject three by key", run: type("xxx"), wait: words(/^Rejected\./) },
    { name: "go on to the next by key", run: type("jjj") },
    { name: "open the list of items", run: press("r"), wait: (page) => page.getByRole("option").first().waitFor() },
    { name: "find one by typing", run: type("item 77") },
    { name: "select all corrections", run: (page) => page.getByLabel("Select all").click() },
    {
      name: "open the list for all",
      run: click("All are …"),
      wait: (page) => page.getByRole("option").first().waitFor(),
    },
    { name: "go down it by key", run: (page) => type("i")(page).then(() => press("ArrowDown")(page)) },
    { name: "deselect", run: (page) => page.getByLabel("Select all").click() },
  ],
};

/** Two new items with every turn. */
const createMenu = (turn: number): ActedPlace => ({
  path: "/admin/menu",
  waitUntilShown: card(nameItem(0)),
  acts: [
    {
      name: "name a new item",
      run: (page) =>
        page
          .getByLabel("New item")
          .click()
          .then(() => type(`Pear ${turn}`)(page)),
    },
    { name: "add it", run: press("Enter"), wait: card(`Pear ${turn}`) },
    {
      name: "name the next one meanwhile",
      run: async (page) => {
        await page.getByLabel("New item").click();
        await page.keyboard.type(`Fig ${turn}`);
        await page.keyboard.press("Enter");
        await type("a long word")(page);
      },
      wait: card(`Fig ${turn}`),
    },
    { name: "open the camera", run: (page) => page.getByText("Teach with the camera").click() },
  ],
});

const ITEM: ActedPlace = {
  path: "/admin/menu/item_1",
  waitUntilShown: (page) => page.getByRole("button", { name: `Rename ${nameItem(0)}` }).waitFor(),
  acts: [
    { name: "open its form of names", run: click(`Rename ${nameItem(0)}`) },
    { name: "change the name", run: type("Pear") },
    { name: "leave it", run: click("Cancel") },
    {
      name: "open its photos, tab on meanwhile",
      run: async (page) => {
        await click(`Photos: ${nameItem(0)}`)(page);
        for (let i = 0; i < 8; i++) await page.keyboard.press("Tab", { delay: TYPING_MS });
      },
      wait: (page) => page.getByRole("combobox").first().waitFor(),
    },
    {
      name: "choose another item for a photo",
      run: async (page) => {
        await page.getByRole("combobox").first().focus();
        await page.keyboard.press("ArrowDown");
      },
    },
    {
      name: "open the merging",
      run: click(`Merge: ${nameItem(0)}`),
      wait: (page) => page.getByRole("combobox").waitFor(),
    },
    {
      name: "choose into which",
      run: (page) =>
        page
          .getByRole("combobox")
          .focus()
          .then(() => press("ArrowDown")(page)),
    },
  ],
};

const VERSIONS: ActedPlace = {
  path: "/admin/versions",
  waitUntilShown: (page) => page.getByRole("heading", { name: "Version 2", exact: true }).waitFor(),
  acts: [
    {
      name: "look closer at a version",
      run: click("Look closer at version 2"),
      wait: (page) => page.getByRole("grid").waitFor(),
    },
    {
      name: "walk through the mix-ups by key",
      run: async (page) => {
        await page.getByRole("gridcell").first().focus();
        for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
      },
    },
    {
      name: "open a mix-up",
      run: (page) => page.locator(".matrix-opens").first().click(),
      wait: (page) => page.locator(".matrix-examples").getByRole("status").filter({ hasText: /./ }).waitFor(),
    },
    { name: "compare with another", run: click("Compare"), wait: words("Photos learned from") },
    { name: "close it", run: click("Look closer at version 2") },
  ],
};

const SETTINGS: ActedPlace = {
  path: "/admin/settings",
  waitUntilShown: (page) => page.locator("#make-key-submit:enabled").waitFor(),
  acts: [
    {
      name: "name a key",
      run: (page) =>
        page
          .getByLabel("What it is for")
          .click()
          .then(() => type("Till")(page)),
    },
    { name: "make it", run: press("Enter"), wait: (page) => page.getByLabel("The secret of Till").waitFor() },
    { name: "open the limits", run: (page) => page.locator("#limits > summary").click(), wait: words("At most") },
    {
      name: "open the log",
      run: (page) => page.locator("#audit > summary").click(),
      wait: (page) => page.locator("#audit-body li").first().waitFor(),
    },
    { name: "open export and import", run: (page) => page.getByText("Export and import").click() },
  ],
};

/** `turn` is another number each time. */
export function listPlaces(turn: number): readonly ActedPlace[] {
  return [TODAY, createMenu(turn), ITEM, VERSIONS, SETTINGS];
}
