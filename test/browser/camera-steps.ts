/** What staff do in front of the camera, as steps for tests. */
import type { Page } from "playwright-core";

/** Opens the fold at the place Menu; resolves when the camera shows something. */
export async function openCamera(page: Page): Promise<void> {
  await page.getByText("Teach with the camera").click();
  await page.locator("fieldset.camera-rows:enabled").waitFor();
}

/** Types the name of a new item and presses Enter; resolves when the item has its button. */
export async function addByCamera(page: Page, name: string): Promise<void> {
  await page.locator("form.camera-add").getByLabel("New item").click();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: `Hold: ${name}` }).waitFor();
}

/** Holds the item's button until all pictures are taken, and gives back the sentence that says so. */
export async function holdFor(page: Page, name: string): Promise<string> {
  const row = page.locator(".camera-items li").filter({ has: page.getByRole("button", { name: `Hold: ${name}` }) });
  await row.getByRole("button").hover();
  await page.mouse.down();
  const ended = row.getByText(/taken\./);
  await ended.waitFor();
  await page.mouse.up();
  return (await ended.textContent()) ?? "";
}

/** Trains from beside the camera, and gives back the outcome's words. */
export async function trainByCamera(page: Page): Promise<string> {
  const panel = page.locator("#camera-body");
  await panel.getByRole("button", { name: "Train now" }).click();
  const outcome = panel.getByText(/Version \d+ is live/);
  await outcome.waitFor();
  return (await outcome.textContent()) ?? "";
}
