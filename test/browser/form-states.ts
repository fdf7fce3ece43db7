/** The states of the guests' page, one after the other, so that a test can look at each. */
import type { Page } from "playwright-core";
import type { Texts } from "../../src/web/texts/en.ts";
import { photoFile } from "./kitchen-steps.ts";

/** What leads from an answer to the list of items, whichever answer it is. */
export function wrongButton({ answer }: Texts): RegExp {
  return new RegExp(`^(${answer.wrong}|${answer.neither}|${answer.onMenu})$`);
}

/** Goes from the start to the thanks and to a refused file, and calls `visit` in each state. */
export async function visitStates(
  page: Page,
  texts: Texts,
  url: string,
  visit: (state: string) => Promise<void>,
): Promise<void> {
  await page.goto(url);
  await page.getByText(texts.menu.title).waitFor();
  await visit("start");
  await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", 60));
  await page.getByRole("list", { name: texts.answer.bars }).waitFor();
  await visit("answer");
  await page.getByRole("button", { name: wrongButton(texts) }).click();
  await page.getByRole("button", { name: "Hawaiian" }).waitFor();
  await visit("list");
  await page.getByRole("button", { name: texts.picker.somethingElse }).click();
  await page.getByLabel(texts.missing.field).waitFor();
  await visit("something else");
  await page.getByRole("button", { name: texts.picker.back }).click();
  await page.getByRole("button", { name: wrongButton(texts) }).click();
  await page.getByRole("button", { name: "Hawaiian" }).click();
  await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
  await visit("thanks");
  const broken = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("basil") };
  await page.getByLabel(texts.intake.another).setInputFiles(broken);
  await page.getByRole("alert").getByText(texts.problems.not_an_image).waitFor();
  await visit("refused");
}
