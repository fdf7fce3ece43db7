/** What the kitchen says of a new version that took something from an old item, and the way back. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { enterKitchen } from "./kitchen-language.ts";
import { countUp, createSeeder, type Seeder } from "./kitchen-seed.ts";
import { signIn } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

describe.skipIf(!hasBrowser())("a new version that finds an old item less often", () => {
  let stage: Stage;
  let seeder: Seeder;

  beforeAll(async () => {
    stage = await openStage({ NEW_ITEMS_MAY_TAKE: "1" });
    seeder = createSeeder(stage.server);
    await seeder.teach("Pepperoni", "pepperoni", countUp(0, 12));
    await seeder.teach("Hawaiian", "hawaiian", countUp(0, 12));
    await seeder.ask("/training-runs", {});
    // The same pizza under a second name: it takes about half of the first one's answers.
    await seeder.teach("Salami", "pepperoni", countUp(12, 12));
    await seeder.ask("/training-runs", {});
  });

  afterAll(() => stage?.close());

  const inspect = async (page: Page, name: string) => {
    await page.locator("#change").scrollIntoViewIfNeeded();
    expect(await captureState(page, name)).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  };

  it("is told in a sentence, with the question", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken);
    await page
      .getByText(/^Salami is known now; Pepperoni is found less often \(\d+ to \d+ of 100\)\. Keep the old one\?$/)
      .waitFor();
    await inspect(page, "kitchen-change");
    await page.getByRole("button", { name: "Keep the new one" }).click();
    await expect.poll(() => page.locator("#change").isVisible()).toBe(false);
    await page.reload();
    await page.locator("#figure-version").getByText("2", { exact: true }).waitFor();
    await expect.poll(() => page.locator("#change").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("goes in one click, on a phone and in Russian, and stays away", async () => {
    const { change, gate } = findKitchenTexts("ru");
    const { page, complaints } = await openPage(stage.browser, { ...PHONE, locale: "ru" });
    await enterKitchen(page, stage.server);
    await page.getByText(/^Теперь я знаю и это: Salami; реже узнаю блюдо «Pepperoni»/).waitFor();
    await inspect(page, "kitchen-ru-change");
    await page.getByRole("button", { name: change.back(1) }).tap();
    await page.getByText(gate.activatedAndHeld(1), { exact: true }).first().waitFor();
    await page.locator("#change").waitFor({ state: "hidden" });
    expect(await seeder.ask("/heads")).toMatchObject({ liveVersion: 1, held: true });
    expect(complaints).toEqual([]);
  });
});
