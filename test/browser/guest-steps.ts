/** What guests do on the form, as steps for tests. */
import type { Page } from "playwright-core";
import type { PhotoFile } from "./kitchen-steps.ts";

/** The browser keeps asking until an isolate serves the head that was just published; 10 seconds is the promise. */
const HEAD_PICKUP_MS = 30_000;

/** Shows the photo, drawn or a file on the disk, and gives back the headline of the answer. */
export async function showPhoto(page: Page, photo: PhotoFile | string): Promise<string> {
  await page.getByLabel(/^Choose a(nother| photo)$/).setInputFiles(photo);
  await page.getByRole("list", { name: "How well each item fits" }).waitFor();
  return readHeadline(page);
}

export async function readHeadline(page: Page): Promise<string> {
  return (await page.locator("#verdict .headline").textContent()) ?? "";
}

/** The item that the answer puts first. */
export async function readLeader(page: Page): Promise<string> {
  const first = page.getByRole("list", { name: "How well each item fits" }).getByRole("listitem").first();
  return (await first.locator(".bar-name").textContent()) ?? "";
}

/** Shows the photo again and again, as a new visit each, until the answer is led by `wanted` or time is up. */
export async function showPhotoUntilLed(
  page: Page,
  url: string,
  photo: PhotoFile | string,
  wanted: string,
): Promise<string> {
  const deadline = Date.now() + HEAD_PICKUP_MS;
  let leader = "";
  do {
    await page.goto(url);
    await showPhoto(page, photo);
    leader = await readLeader(page);
  } while (leader !== wanted && Date.now() < deadline);
  return leader;
}

/** Says by click that the photo just answered is `truth`, whatever the answer offers; waits for the thanks. */
export async function correctTo(page: Page, truth: string): Promise<void> {
  const offered = page.getByRole("button", { name: `It’s ${truth}`, exact: true });
  if (await offered.isVisible()) await offered.click();
  else {
    await page.getByRole("button", { name: /^(That’s wrong|Neither|It is on the menu)$/ }).click();
    await page.getByRole("button", { name: truth, exact: true }).click();
  }
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
}

const MAX_TABS = 60;

/** Moves the focus by keyboard to the first button with one of these texts, and gives back which. Throws when none comes. */
export async function tabToButton(page: Page, texts: readonly string[]): Promise<string> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    const focused = String(await page.evaluate("document.activeElement.textContent"));
    if (texts.includes(focused)) return focused;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no button ${texts.join(" or ")} within ${MAX_TABS} tabs`);
}
