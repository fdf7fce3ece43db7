/** What the head is least sure of, and what a teacher said of it, in a real browser and in two languages; each state also goes through axe. */
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { itemClasses } from "../../src/web/client/admin-answers.ts";
import * as english from "../../src/web/texts/kitchen/en.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { makePhoto } from "../support/photos.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder, MENU, type Seeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { useStage } from "./stage.ts";
import { agreeingAnswers, CALLS, seedTeacher, seedVerdict, TEACHER_MODEL, TEACHER_VARS } from "./teacher-seed.ts";

const SAMPLES = 4;
/** Of the settings, compressed, with all that the teacher's section adds. */
const MAX_PLACE_BYTES = 60_000;

function cards(page: Page) {
  return page.locator("#pool article");
}

describe.skipIf(!hasBrowser())("what the head is least sure of", () => {
  let seeder: Seeder;
  /** A picture that the server made. */
  let preview = "";
  /** A sample that was labelled is an example for good, so each test has others. */
  let made = 0;
  const stage = useStage({
    vars: { POOL_SIZE: "20", POOL_KEEPS_COPIES: "true", ...TEACHER_VARS },
    prepare: async ({ server, dataDir }) => {
      seeder = createSeeder(server);
      await seeder.teachMenu(6);
      await seeder.ask("/training-runs", {});
      // No score reaches 1, so whatever the head answers it is unsure of.
      const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
      for (const [, id] of MENU)
        await fetch(`${server.url}/v1/admin/classes/${id}`, { method: "PATCH", headers, body: `{"threshold":1}` });
      const init = { method: "POST", headers: { "content-type": "image/png" }, body: makePhoto("mushroom", 700) };
      await fetch(`${server.url}/v1/classify`, init);
      const database = openLocalDatabase(dataDir);
      const find = database.prepare("SELECT preview FROM pooled_samples");
      await vi.waitFor(
        () => {
          preview = String(find.get()?.preview ?? "");
          expect(preview).toMatch(/^data:/);
        },
        { timeout: 30_000, interval: 100 },
      );
      database.close();
    },
  });

  /** Four samples, as many as there are items and one more, each with its copy. */
  beforeEach(() => {
    const database = openLocalDatabase(stage.dataDir);
    database.exec("DELETE FROM pooled_samples");
    const columns = "backbone_id, embedding, scale, 'staff', NULL, ?, 1, 'undecided', NULL, 0, 0, 1790000000000";
    const insert = database.prepare(
      `INSERT INTO pooled_samples SELECT ?, ${columns} FROM examples ORDER BY sample_id LIMIT 1 OFFSET ?`,
    );
    for (let i = 0; i < SAMPLES; i++) insert.run((++made).toString(16).padStart(64, "0"), preview, i);
    database.close();
  });

  const countExamples = async (id: string) => {
    const { classes, none } = itemClasses(await seeder.ask("/classes"), "answer");
    return id === ":none" ? none.examples : classes.find((item) => item.id === id)?.examples;
  };

  it("is labelled by one press, by another item, as not on the menu, or left out", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await cards(page).first().getByRole("img", { name: "What somebody photographed" }).waitFor();
    expect(await cards(page).count()).toBe(4);
    await inspect(page, "kitchen-pool");

    const offered = cards(page)
      .first()
      .getByRole("button", { name: /^It is \w+$/ });
    const name = ((await offered.first().textContent()) ?? "").replace("It is ", "");
    const before = (await countExamples(name.toLowerCase())) ?? 0;
    await offered.first().click();
    await page.getByText(`It is ${name}, then. It counts from the next training on.`).waitFor();
    expect(await cards(page).count()).toBe(3);
    expect(await cards(page).first().locator("button:focus").count()).toBe(1);
    expect(await countExamples(name.toLowerCase())).toBe(before + 1);

    await cards(page).first().getByRole("button", { name: "It is something else" }).click();
    await inspect(page, "kitchen-pool-picker");
    const margheritas = (await countExamples("margherita")) ?? 0;
    await page.keyboard.type("marg");
    await page.keyboard.press("Enter");
    await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(2);
    expect(await countExamples("margherita")).toBe(margheritas + 1);

    await cards(page).first().getByRole("button", { name: "Not on the menu" }).click();
    await page.getByText("It is not on the menu, then. That counts from the next training on.").waitFor();
    expect(await countExamples(":none")).toBe(1);
    await cards(page).first().getByRole("button", { name: "Leave it out: it teaches nothing" }).click();
    await page.getByText("Left out. It teaches me nothing.").waitFor();
    await page.locator("#pool").getByText("Nothing waits for you here.").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("pool-title");
    expect(await seeder.ask("/pool")).toMatchObject({ pooled: 0, samples: [] });
    expect(complaints).toEqual([]);
  });

  it("says when somebody else was faster, and loses no other card", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server);
    await expect.poll(() => cards(page).count(), { timeout: 30_000 }).toBe(4);
    const database = openLocalDatabase(stage.dataDir);
    database.exec("DELETE FROM pooled_samples");
    database.close();
    await cards(page).first().getByRole("button", { name: "Not on the menu" }).click();
    await page.getByText("Somebody was faster: it no longer waits.").waitFor();
    expect(await cards(page).count()).toBe(3);
  });

  it.each([
    ["en", english, DESKTOP],
    ["ru", russian, RUSSIAN_PHONE],
  ] as const)("says in %s that nobody can judge what has no copy", async (tag, kitchen, options) => {
    const { blind } = await kitchen.loadPool();
    const database = openLocalDatabase(stage.dataDir);
    database.exec(
      "UPDATE pooled_samples SET preview = NULL WHERE sample_id = (SELECT min(sample_id) FROM pooled_samples)",
    );
    database.close();
    const { page, complaints } = await openPage(stage.browser, options);
    await enterKitchen(page, stage.server);
    await page.getByText(blind).waitFor();
    expect(await cards(page).count()).toBe(3);
    await inspect(page, `kitchen-pool-blind-${tag}`);
    expect(complaints).toEqual([]);
  });

  it("speaks Russian, on a phone too", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server);
    const texts = await russian.loadPool();
    await cards(page).first().waitFor();
    await page.getByRole("heading", { name: russian.reviews.poolSection.title }).waitFor();
    expect(await findForeignWords(page, "#pool", MENU.flat())).toEqual([]);
    await cards(page).first().getByRole("button", { name: texts.leaveOutIt }).tap();
    await page.getByText(texts.leftOut).waitFor();
    expect(await cards(page).count()).toBe(3);
    expect(await findForeignWords(page, "#pool", MENU.flat())).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("tells what a teacher said of it, what that cost and how often people disagreed, and forgets it", async () => {
    seedTeacher(stage.dataDir, [
      { said: "pepperoni", confidence: 0.87, head: "pepperoni", about: "pool" },
      { said: null, confidence: 0.6, head: null, about: "pool" },
      { said: "hawaiian", confidence: 0.92, head: null, about: { labelled: "pepperoni" } },
      { said: "hawaiian", confidence: 0.7, head: "hawaiian", about: { labelled: "hawaiian" } },
    ]);
    seedVerdict(stage.dataDir, { labels: 4, isAllowed: true, judged: 18, rightWithout: 15, rightWith: 17 });
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    const teacher = page.locator("#teacher");
    await teacher.getByText(`I ask ${TEACHER_MODEL} about what I am least sure of.`).waitFor();
    await teacher
      .getByText("I ask about what staff send and what comes with a key, not about what guests send.")
      .waitFor();
    await teacher.getByText(`Calls today: ${CALLS} of 40.`).waitFor();
    await teacher.getByText("Calls that brought no answer lately: 4 of 24.").waitFor();
    await teacher.getByText("Answers: 4. People have checked 2 of them and disagreed with 1.").waitFor();
    await teacher
      .getByText(
        "4 of them count in the version that answers guests: of your 18 labels it would get 15 right without them and gets 17 right with them.",
      )
      .waitFor();
    const rows = teacher.getByRole("list", { name: "What it said lately" }).getByRole("listitem");
    expect(await rows.getByRole("heading").allTextContents()).toEqual([
      ...["Pepperoni", "Not on the menu", "Hawaiian", "Hawaiian"],
    ]);
    expect(await rows.nth(0).textContent()).toMatch(/^Pepperoni87% sure · /);
    expect(await rows.nth(0).getByRole("img", { name: "What it was asked about" }).getAttribute("src")).toBe(preview);
    expect(await rows.nth(2).textContent()).toMatch(/^No copy is left.*92% sure.*People say: Pepperoni\.$/);
    expect(await rows.nth(3).textContent()).toMatch(/People say the same\.$/);
    await inspect(page, "kitchen-teacher-said");

    const forget = teacher.getByRole("button", { name: "Forget all it said" });
    await forget.click();
    await teacher.getByRole("button", { name: "Leave it" }).click();
    await teacher.getByText("All its answers go").waitFor({ state: "detached" });
    expect(await seeder.ask("/teacher")).toMatchObject({ answers: 4 });
    await forget.click();
    await teacher.getByText("All its answers go").waitFor();
    await inspect(page, "kitchen-teacher-question");
    await teacher.getByRole("button", { name: "Forget all of it" }).click();
    await teacher.getByText("Forgotten: 4 answers.").waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("teacher-title");
    await teacher.getByText("It has said nothing yet.").waitFor();
    await forget.waitFor({ state: "hidden" });
    expect(await seeder.ask("/teacher/labels")).toEqual({ labels: [], next: null });
    expect(complaints).toEqual([]);
  });

  it.each([
    ["en", english, PHONE],
    ["ru", russian, RUSSIAN_DESKTOP],
  ] as const)("says in %s why the teacher's answers do not count, or not yet", async (tag, kitchen, options) => {
    const { counting } = await kitchen.loadTeacher();
    seedTeacher(stage.dataDir, agreeingAnswers().slice(0, 3));
    const { page, complaints } = await openPage(stage.browser, options);
    const say = async (verdict: Parameters<typeof seedVerdict>[1], sentence: string) => {
      seedVerdict(stage.dataDir, verdict);
      await page.reload();
      await page.locator("#teacher").getByText(sentence).waitFor();
    };
    seedVerdict(stage.dataDir, null);
    await enterKitchen(page, stage.server, "/admin/settings");
    await page.locator("#teacher").getByText(counting.notYet).waitFor();
    const refused = { labels: 3, isAllowed: false, judged: 0, rightWithout: 0, rightWith: 0 };
    await say(refused, counting.unchecked);
    await inspect(page, `kitchen-teacher-unchecked-${tag}`);
    await say({ ...refused, judged: 2, rightWithout: 1, rightWith: 2 }, counting.tooFew(2, 10));
    await say({ ...refused, judged: 18, rightWithout: 15, rightWith: 15 }, counting.harms(18, 15, 15));
    await inspect(page, `kitchen-teacher-refused-${tag}`);
    expect(complaints).toEqual([]);
  });

  it("says in Russian, on a phone, that the teacher rests and why", async () => {
    seedTeacher(stage.dataDir, agreeingAnswers());
    seedVerdict(stage.dataDir, { labels: 50, isAllowed: false, judged: 18, rightWithout: 16, rightWith: 14 });
    const texts = await russian.loadTeacher();
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server, "/admin/settings");
    const teacher = page.locator("#teacher");
    await teacher.getByText(texts.resting(49, 50)).waitFor();
    await teacher.getByText(texts.callsBeforeRest(CALLS, 2)).waitFor();
    await teacher.getByText(texts.checked(50, 0, 0)).waitFor();
    await teacher.getByText(texts.counting.harms(18, 16, 14)).waitFor();
    expect(await teacher.getByRole("listitem").count()).toBe(10);
    const { bytes, assets } = await weighPage(page);
    expect(assets.some((name) => name.includes("teacher-panel"))).toBe(true);
    expect(bytes).toBeLessThan(MAX_PLACE_BYTES);
    await teacher.getByRole("button", { name: texts.forget.button }).tap();
    await teacher.getByText(texts.forget.question).waitFor();
    expect(await findForeignWords(page, "#teacher", MENU.flat())).toEqual([]);
    await inspect(page, "kitchen-teacher-rests-ru");
    expect(complaints).toEqual([]);
  });
});
