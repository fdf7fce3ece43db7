/** What guests do on the form, as steps for tests. */
import type { Page } from "playwright-core";
import type { PhotoFile } from "./kitchen-steps.ts";

/** The browser keeps asking until an isolate serves the head that was just published; 10 seconds is the promise. */
const HEAD_PICKUP_MS = 30_000;

/** Shows the photo and gives back the headline of the answer. */
export async function showPhoto(page: Page, photo: PhotoFile): Promise<string> {
  await page.getByLabel("Choose a photo").setInputFiles(photo);
  await page.getByRole("list", { name: "How well each item fits" }).waitFor();
  return readHeadline(page);
}

export async function readHeadline(page: Page): Promise<string> {
  return (await page.locator("#verdict .headline").textContent()) ?? "";
}

/** Shows the photo again and again, as a new visit each, until the headline fits or time is up. */
export async function showPhotoUntil(page: Page, url: string, photo: PhotoFile, wanted: RegExp): Promise<string> {
  const deadline = Date.now() + HEAD_PICKUP_MS;
  let headline = "";
  do {
    await page.goto(url);
    headline = await showPhoto(page, photo);
  } while (!wanted.test(headline) && Date.now() < deadline);
  return headline;
}
