/** The places that photos come from, in a real browser: naming one, renaming it, its key, switching it off, deleting it. */
import { describe, expect, it } from "vitest";
import { places } from "../../src/web/texts/kitchen/ru/places.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { inspect } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

describe.skipIf(!hasBrowser())("places that photos come from, in the kitchen", () => {
  const stage = useStage();

  it("are named, renamed, switched off and on, given a key, and deleted", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    const fold = page.locator("#places");
    await fold.getByText("Places", { exact: true }).click();
    await fold.getByText("No place yet.").waitFor();
    await fold.getByLabel("Name of the place").fill("Terrace");
    await fold.getByRole("button", { name: "Add the place" }).click();
    await fold.getByText("Terrace is added.").waitFor();
    await inspect(page, "kitchen-sites");
    const card = fold.locator(".doubt");
    await card.getByRole("button", { name: "Rename: Terrace" }).click();
    await inspect(page, "kitchen-sites-rename");
    await card.getByLabel("Name of the place").fill("Bar");
    await page.keyboard.press("Enter");
    await fold.getByText("The place is called Bar now.").waitFor();
    await card.getByRole("button", { name: "Switch off: Bar" }).click();
    await fold.getByText("Bar is switched off.").waitFor();
    await card.getByText("Switched off: I answer as if nobody had named the place.").waitFor();
    await card.getByRole("button", { name: "Switch on: Bar" }).click();
    await fold.getByText("Bar is switched on.").waitFor();
    await card.getByRole("button", { name: "Make a key for this place: Bar" }).click();
    expect(await page.getByLabel("The secret of Bar").inputValue()).toMatch(/^hs_/);
    await card.getByRole("button", { name: "Delete: Bar" }).click();
    await card.getByText("What I know of the place goes, for good.").waitFor();
    await inspect(page, "kitchen-sites-delete");
    await card.getByRole("button", { name: "Delete it" }).click();
    await fold.getByText("Bar is deleted.").waitFor();
    await fold.getByText("No place yet.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("speak Russian, and fit a phone", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server, "/admin/settings");
    const fold = page.locator("#places");
    await fold.locator("summary").click();
    await fold.getByLabel(places.name).fill("Терраса");
    await fold.getByRole("button", { name: places.make }).click();
    await fold.getByText(places.made("Терраса")).waitFor();
    expect(await findForeignWords(page, "#places", [])).toEqual([]);
    await inspect(page, "kitchen-sites-ru");
    expect(complaints).toEqual([]);
  });
});
