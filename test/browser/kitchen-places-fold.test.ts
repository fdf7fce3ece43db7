/** Places under the settings, in a real browser and in two languages; each state also goes through axe. */
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it, vi } from "vitest";
import * as russian from "../../src/web/texts/kitchen/ru.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { makePhoto } from "../support/photos.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder, MENU, type Seeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { findCutText, findMisnamedControls, findSmallTargets } from "./page-probes.ts";
import { useStage } from "./stage.ts";

/** Photos of each item. */
const TAUGHT = 8;

function cardOf(page: Page, name: string) {
  const heading = page.getByRole("heading", { name, exact: true });
  return page.locator("#places-body li").filter({ has: heading });
}

async function openFold(page: Page): Promise<void> {
  await page.locator("#places > summary").click();
  await page.locator("#places-body form").waitFor();
}

async function expectUsable(page: Page, name: string): Promise<void> {
  await inspect(page, name);
  for (const probe of [findSmallTargets, findMisnamedControls, findCutText]) expect(await probe(page)).toEqual([]);
}

describe.skipIf(!hasBrowser())("places in the kitchen", () => {
  let seeder: Seeder;
  const stage = useStage({
    vars: { POOL_SIZE: "200" },
    prepare: async ({ server }) => {
      seeder = createSeeder(server);
      await seeder.teachMenu(TAUGHT);
      await seeder.ask("/training-runs", {});
    },
  });

  const write = (work: (database: ReturnType<typeof openLocalDatabase>) => void) => {
    const database = openLocalDatabase(stage.dataDir);
    work(database);
    database.close();
  };

  afterEach(() =>
    write((database) =>
      database.exec(
        "DELETE FROM places; DELETE FROM pooled_samples; DELETE FROM api_keys; UPDATE examples SET place = NULL",
      ),
    ),
  );

  /** A real photo from there that staff send, and how the server answers. */
  const sendFrom = async (place: string) => {
    const headers = { "content-type": "image/png", authorization: `Bearer ${stage.server.adminToken}` };
    const init = { method: "POST", headers, body: makePhoto("mushroom", 900) };
    return (await fetch(`${stage.server.url}/v1/classify?place=${place}`, init)).status;
  };

  const countSeen = () => {
    let seen: unknown;
    write((database) => {
      seen = database.prepare("SELECT count(*) AS n FROM pooled_samples").get()?.n;
    });
    return seen;
  };

  /** As many from the place as are taught, each looking like one of them, since an isolate keeps no two that look alike. */
  const seePhotos = (place: string) =>
    write((database) => {
      const columns = "backbone_id, embedding, scale, 'staff', ?, NULL, 1, 'place', NULL, 0, 0, 1790000000000";
      const insert = database.prepare(
        `INSERT INTO pooled_samples SELECT ?, ${columns} FROM examples ORDER BY sample_id LIMIT 1 OFFSET ?`,
      );
      for (let i = 0; i < MENU.length * TAUGHT; i++)
        insert.run(crypto.randomUUID().replaceAll("-", "").padStart(64, "0"), place, i);
    });

  /** People have labelled so many photos of this item there. */
  const labelPhotos = (place: string, item: string, count: number) =>
    write((database) => {
      database
        .prepare(
          "UPDATE examples SET place = ? WHERE sample_id IN (SELECT sample_id FROM examples WHERE class_id = ? ORDER BY sample_id LIMIT ?)",
        )
        .run(place, item, count);
    });

  /** What a run leaves of a place whose labels are answered worse once it is moved. */
  const seeRefused = (place: string) =>
    write((database) => {
      const labels = JSON.stringify({ judged: 12, rightAsTaught: 11, rightMoved: 7 });
      database
        .prepare("UPDATE places SET shift = NULL, scale = NULL, distance = 0.9, labels = ? WHERE id = ?")
        .run(labels, place);
    });

  const measure = async (page: Page) => {
    write((database) => database.exec("UPDATE places SET basis = NULL"));
    await seeder.ask("/training-runs", {});
    await page.reload();
    await openFold(page);
  };

  const addPlace = async (page: Page, name: string) => {
    await page.locator("#places-body").getByLabel("Name of the place").fill(name);
    await page.locator("#places-body").getByLabel("Name of the place").press("Enter");
    await page.getByText(`${name} is added.`).waitFor();
  };

  it("are made, and say what was seen there, how far it is and how often answers there are right", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await page.locator("#places").getByText("Places", { exact: true }).click();
    await page.getByText("No place yet.").waitFor();
    await expectUsable(page, "kitchen-places-none");
    await page.locator("#places-body").getByLabel("Name of the place").fill("Terrace");
    await page.locator("#places-body").getByRole("button", { name: "Add the place" }).click();
    await page.getByText("Terrace is added.").waitFor();
    const terrace = cardOf(page, "Terrace");
    await terrace
      .getByText("I have seen nothing from there yet. From 20 on I get used to the place. What staff")
      .waitFor();
    await expectUsable(page, "kitchen-places-made");
    await terrace.getByText("?place=terrace").waitFor();

    expect(await sendFrom("terrace")).toBe(200);
    await vi.waitFor(() => expect(countSeen()).toBe(1), { timeout: 30_000, interval: 100 });
    seePhotos("terrace");
    await measure(page);
    await terrace.getByText("I am used to the place: I have seen 25 from there.").waitFor();
    await terrace.getByText(/^It looks much as where you taught me \(difference 0\.\d\)\.$/).waitFor();
    await terrace.getByText("Nobody has labelled anything from there yet").waitFor();
    await expectUsable(page, "kitchen-places-moved");

    labelPhotos("terrace", "hawaiian", 6);
    labelPhotos("terrace", "pepperoni", 6);
    await measure(page);
    await terrace
      .getByText("Right, of what people labelled there: about 12 of 12, probably between 9 and 12.")
      .waitFor();
    await expectUsable(page, "kitchen-places-labelled");

    seeRefused("terrace");
    await page.reload();
    await openFold(page);
    await terrace
      .getByText(
        "of 12 that people labelled there, 11 were right that way, and only 7 once I had got used to the place.",
      )
      .waitFor();
    await terrace.getByText("Right, of what people labelled there: about 11 of 12,").waitFor();
    await expectUsable(page, "kitchen-places-refused");
    expect(complaints).toEqual([]);
  });

  it("are switched off and on, renamed unless another one has the name, and deleted once somebody is sure", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    await addPlace(page, "Terrace");
    await addPlace(page, "Bar");
    await cardOf(page, "Bar").getByRole("button", { name: "Switch off: Bar" }).click();
    await page.getByText("Bar is switched off.").waitFor();
    await cardOf(page, "Bar").getByText("Switched off: I answer as if nobody had named the place.").waitFor();
    await expectUsable(page, "kitchen-places-off");
    await cardOf(page, "Bar").getByRole("button", { name: "Switch on: Bar" }).click();
    await page.getByText("Bar is switched on.").waitFor();

    await cardOf(page, "Bar").getByRole("button", { name: "Rename: Bar" }).click();
    await expectUsable(page, "kitchen-places-rename");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("TERRACE");
    await page.keyboard.press("Enter");
    await cardOf(page, "Bar")
      .getByText(/Terrace/)
      .waitFor();
    await expectUsable(page, "kitchen-places-rename-taken");
    const field = cardOf(page, "Bar").getByLabel("Name of the place");
    expect(await field.inputValue()).toBe("TERRACE");
    await field.fill("Balcony");
    await cardOf(page, "Bar").getByRole("button", { name: "Save" }).click();
    await page.getByText("The place is called Balcony now.").waitFor();
    await cardOf(page, "Balcony").getByRole("button", { name: "Rename: Balcony" }).click();
    await page.keyboard.type("Loggia");
    await page.keyboard.press("Enter");
    await page.getByText("The place is called Loggia now.").waitFor();

    const remove = cardOf(page, "Loggia").getByRole("button", { name: "Delete: Loggia" });
    await remove.click();
    await cardOf(page, "Loggia").getByText("What I know of the place goes, for good.").waitFor();
    await expectUsable(page, "kitchen-places-delete");
    await cardOf(page, "Loggia").getByRole("button", { name: "Leave it" }).click();
    expect(await remove.evaluate((button) => button === document.activeElement)).toBe(true);
    await remove.click();
    await cardOf(page, "Loggia").getByRole("button", { name: "Delete it" }).click();
    await page.getByText("Loggia is deleted.").waitFor();
    expect(await seeder.ask("/places")).toMatchObject({ places: [{ id: "terrace", name: "Terrace", on: true }] });
    expect(complaints.filter((line) => !line.includes("409"))).toEqual([]);
  });

  it("keep what is half typed on one card while another one changes", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    for (const name of ["Terrace", "Bar"]) await addPlace(page, name);
    await cardOf(page, "Terrace").getByRole("button", { name: "Rename: Terrace" }).click();
    const field = cardOf(page, "Terrace").getByLabel("Name of the place");
    await field.fill("Terrace, in the sun");
    await cardOf(page, "Bar").getByRole("button", { name: "Switch off: Bar" }).click();
    await page.getByText("Bar is switched off.").waitFor();
    expect(await field.inputValue()).toBe("Terrace, in the sun");
  });

  it("get keys that are bound to them, and go by their names in the list of keys", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    await addPlace(page, "Terrace");
    await cardOf(page, "Terrace").getByRole("button", { name: "Make a key for this place: Terrace" }).click();
    const secret = await page.getByLabel("The secret of Terrace").inputValue();
    expect(secret).toMatch(/^hs_/);
    const key = page.locator("#keys-body li", { hasText: "Terrace" });
    await key.getByText("from Terrace").waitFor();
    await expectUsable(page, "kitchen-places-key");
    expect(await seeder.ask("/keys")).toMatchObject({
      keys: [{ name: "Terrace", role: "classify", place: "terrace" }],
    });
    await cardOf(page, "Terrace").getByRole("button", { name: "Rename: Terrace" }).click();
    await page.keyboard.type("Garden");
    await page.keyboard.press("Enter");
    await key.getByText("from Garden").waitFor();
    await cardOf(page, "Garden").getByRole("button", { name: "Delete: Garden" }).click();
    await cardOf(page, "Garden").getByRole("button", { name: "Delete it" }).click();
    await page.getByText("No place yet.").waitFor();
    await key.getByText("from Garden").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it("speak Russian, and fit a phone", async () => {
    const texts = await russian.loadPlaces();
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    const body = page.locator("#places-body");
    const inspectRussian = async (name: string, ids: readonly string[] = []) => {
      expect(await findForeignWords(page, "#places", ids)).toEqual([]);
      await body.scrollIntoViewIfNeeded();
      await expectUsable(page, `kitchen-places-${name}-ru`);
    };
    const add = async (name: string) => {
      await body.getByLabel(texts.name).fill(name);
      await body.getByRole("button", { name: texts.make }).tap();
      await page.getByText(texts.made(name)).waitFor();
    };
    await page.getByText(texts.none).waitFor();
    await inspectRussian("none");
    await add("Терраса");
    await add("Бар");
    await inspectRussian("made");
    const { places } = (await seeder.ask("/places")) as { places: { id: string }[] };
    seePhotos(places[0].id);
    labelPhotos(places[0].id, "hawaiian", 6);
    labelPhotos(places[0].id, "pepperoni", 6);
    seePhotos(places[1].id);
    await measure(page);
    seeRefused(places[0].id);
    await page.reload();
    await openFold(page);
    await cardOf(page, "Терраса")
      .getByText(texts.refused(11, 7, 12))
      .waitFor();
    await cardOf(page, "Бар")
      .getByText(texts.moved(MENU.length * TAUGHT))
      .waitFor();
    await inspectRussian("seen");
    await cardOf(page, "Бар")
      .getByRole("button", { name: `${texts.rename.button}: Бар` })
      .tap();
    await cardOf(page, "Бар").getByLabel(texts.name).fill("терраса");
    await cardOf(page, "Бар").getByRole("button", { name: texts.rename.save }).tap();
    await cardOf(page, "Бар")
      .getByText(/Терраса/)
      .waitFor();
    await inspectRussian("taken", ["?place=id", "?place=id-2"]);
    await cardOf(page, "Терраса")
      .getByRole("button", { name: `${texts.remove.button}: Терраса` })
      .tap();
    await inspectRussian("delete");
    await cardOf(page, "Терраса").getByRole("button", { name: texts.remove.yes }).tap();
    await page.getByText(texts.remove.done("Терраса")).waitFor();
    expect(complaints.filter((line) => !line.includes("409"))).toEqual([]);
  });
});
