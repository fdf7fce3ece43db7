/** What staff do in the kitchen, as steps for tests, found by role and name as a screen reader would. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { makePhoto } from "../support/photos.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState } from "./chromium.ts";

export interface PhotoFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function photoFile(kind: string, seed: number, size?: number): PhotoFile {
  return { name: `${kind}-${seed}.png`, mimeType: "image/png", buffer: Buffer.from(makePhoto(kind, seed, size)) };
}

/** The addresses of the kitchen's places, but for those of the items. */
export type PlacePath =
  | "/admin"
  | "/admin/menu"
  | `/admin/look${string}`
  | `/admin/map${string}`
  | "/admin/versions"
  | "/admin/settings";

/** At one place, as a link to it would; there from then on. */
export async function signIn(page: Page, url: string, token: string, place: PlacePath = "/admin"): Promise<void> {
  await page.goto(url + place);
  await page.getByLabel("Key or admin token").fill(token);
  await page.getByRole("button", { name: "Sign in" }).click();
  await waitForPlace(page);
}

/** Until its script is there, which gives the focus to its title. */
export async function waitForPlace(page: Page): Promise<void> {
  await page.locator("h1.place-title:focus").waitFor();
}

/** Goes to another place by the kitchen's navigation, or to the same one again. */
export async function goTo(page: Page, place: PlacePath): Promise<void> {
  await page.locator(`.places a[href="${place}"]`).click();
  await page.waitForURL(`**${place}`);
  await waitForPlace(page);
}

/** Goes to the item's own place by its card on the menu, and gives back the card there. */
export async function goToItem(page: Page, name: string): Promise<Locator> {
  await goTo(page, "/admin/menu");
  await itemCard(page, name).getByRole("link", { name, exact: true }).click();
  await page.waitForURL("**/admin/menu/*");
  const card = itemCard(page, name);
  await card.waitFor();
  return card;
}

/** Photographs the state, and expects it to fit a phone and to have no barrier. */
export async function inspect(page: Page, name: string): Promise<void> {
  expect(await captureState(page, name)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
}

export async function addItem(page: Page, name: string): Promise<void> {
  await page.getByLabel("New item").fill(name);
  await page.getByRole("button", { name: "Add to the menu" }).click();
  await itemCard(page, name).waitFor();
}

/** Puts an item on the menu together with its photos; waits for nothing. */
export async function addItemWithPhotos(page: Page, name: string, photos: readonly PhotoFile[]): Promise<void> {
  await page.getByLabel("New item").fill(name);
  await page.getByLabel("Photos (optional)").setInputFiles([...photos]);
  await page.getByRole("button", { name: "Add to the menu" }).click();
}

/** Sends the photos to the item and gives back the sentence that sums them up. */
export async function addPhotos(page: Page, name: string, photos: readonly PhotoFile[]): Promise<string> {
  const card = itemCard(page, name);
  await card.getByLabel(`Drop photos, or choose: ${name}`).setInputFiles([...photos]);
  const summary = card.getByText(/added|refused|Nothing was/);
  return (await summary.textContent()) ?? "";
}

/** Chooses in a list of items that has them all once it has the focus. */
export async function chooseItem(choice: Locator, name: string): Promise<void> {
  await choice.focus();
  await choice.selectOption({ label: name });
}

/** Trains and gives back the outcome's words. */
export async function train(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Train now" }).click();
  const outcome = page.locator("#train-outcome:not(:empty)");
  await outcome.waitFor();
  return (await outcome.textContent()) ?? "";
}

export function itemCard(page: Page, name: string) {
  return page.getByRole("article", { name, exact: true });
}

/** The card of a version in the list of all. */
export function versionCard(page: Page, version: number) {
  const heading = page.getByRole("heading", { name: `Version ${version}`, exact: true });
  return page.locator(".version").filter({ has: heading });
}
