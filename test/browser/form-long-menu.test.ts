/** The guests' page of a menu that is too long to be read through: the list of items has a search box. */
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { DESKTOP, hasBrowser, PHONE } from "./chromium.ts";
import { inspectGuestPage } from "./form-look.ts";
import { wrongButton } from "./form-states.ts";
import { useGuestStage } from "./guest-stage.ts";
import { countUp } from "./kitchen-seed.ts";
import { photoFile } from "./kitchen-steps.ts";

/** With the two that have photos, six are left to choose from when one is wrong. */
const UNTAUGHT = ["Margherita", "Diavola", "Marinara", "Capricciosa", "Quattro Formaggi"];

describe.skipIf(!hasBrowser())("the form of a long menu", () => {
  const stage = useGuestStage({}, async (seeder) => {
    await seeder.teach("Pepperoni", "pepperoni", countUp(0, 12));
    await seeder.teach("Hawaiian", "hawaiian", countUp(0, 12));
    await seeder.ask("/training-runs", {});
    for (const name of UNTAUGHT) await seeder.ask("/classes", { name });
  });

  it.each(LANGUAGES)("finds the right item by a few letters, in $tag", async (texts) => {
    const page = await stage.ask(texts, photoFile("pepperoni", 60));
    await page.getByRole("button", { name: wrongButton(texts) }).click();
    const field = page.getByRole("combobox", { name: texts.picker.find });
    await field.waitFor();
    await expect.poll(() => page.getByRole("option").count()).toBe(6);
    await inspectGuestPage(page, texts, "form-long-list");
    await field.fill("marg");
    await page.getByRole("option", { name: "Margherita" }).click();
    await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
  });

  it("goes by keyboard, and back to the answer with Escape", async () => {
    const [texts] = LANGUAGES;
    const page = await stage.open(texts, { ...DESKTOP, forcedColors: "active" });
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", 61));
    await page.getByRole("button", { name: wrongButton(texts) }).press("Enter");
    await page.locator("[role=combobox]:focus").waitFor();
    await page.keyboard.press("ArrowDown");
    const chosen = page.locator(".picker-option[aria-selected=true]");
    // Forced colours take the background away; the outline stays.
    expect(await chosen.evaluate((option) => getComputedStyle(option).outlineStyle)).toBe("solid");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: wrongButton(texts) }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("panel");
  });

  it.each(LANGUAGES)("puts the answer on a phone right under the photo, in $tag", async (texts) => {
    const page = await stage.open(texts, PHONE);
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", 62));
    await page.getByRole("list", { name: texts.answer.bars }).waitFor();
    await inspectGuestPage(page, texts, "form-phone-answer");
    const box = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.getBoundingClientRect().toJSON());
    const [photo, verdict, reply, chooser] = [
      await box("#preview"),
      await box("#verdict"),
      await box("#panel-body .button"),
      await box("#chooser"),
    ];
    expect([photo.bottom < verdict.top, verdict.bottom < reply.top, reply.bottom < chooser.top]).toEqual([
      true,
      true,
      true,
    ]);
    // Photo, answer and the first thing to say about it are on one screen.
    expect([photo.top >= 0, reply.bottom <= PHONE.viewport.height]).toEqual([true, true]);
    // Tab goes the way the eye goes: the buttons for another photo come after the answer's.
    const isAfter = await page.evaluate(() => {
      const [reply, chooser] = ["panel-body", "chooser"].map((id) => document.getElementById(id));
      return reply && chooser && (reply.compareDocumentPosition(chooser) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    });
    expect(isAfter).toBe(true);
    await page.setViewportSize(DESKTOP.viewport);
    await expect.poll(() => page.locator("#chooser-home #chooser").count()).toBe(1);
  });
});
