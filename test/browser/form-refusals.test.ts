/**
 * What the form says when the answer is not a plain one, or there is none: each state made by the real server, with and without
 * script, in both languages; photographed, and through axe.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { explainToGuest } from "../../src/web/guests/guest-problems.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { encodePng } from "../support/png.ts";
import { hasBrowser } from "./chromium.ts";
import { askInHaste, type Crowd, fillRoom, GUEST_HEADERS } from "./crowd.ts";
import { inspectGuestPage, inspectPlainPage } from "./form-look.ts";
import { wrongButton } from "./form-states.ts";
import { useGuestStage, windowFor } from "./guest-stage.ts";
import { countUp, createSeeder } from "./kitchen-seed.ts";
import { type PhotoFile, photoFile } from "./kitchen-steps.ts";

const PHOTOS_PER_ITEM = 12;
/** Now and then the limit lets one through. */
const POLL = { timeout: 120_000, interval: 200 };
/** So many suggestions of one network may wait. */
const SUGGESTIONS = 10;
const TEXT_FILE: PhotoFile = { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("basil") };
/** Eleven megabytes that no browser can shrink. */
const HUGE_FILE: PhotoFile = { name: "a.heic", mimeType: "image/heic", buffer: Buffer.alloc(11 * 1024 * 1024, 1) };
/** Four megapixels of one colour, which only a page with script shrinks. */
const MANY_PIXELS: PhotoFile = {
  name: "wide.png",
  mimeType: "image/png",
  buffer: Buffer.from(encodePng(new Uint8Array(2_000 * 2_000 * 3).fill(200), 2_000, 2_000)),
};

type Problem = keyof Texts["problems"];

/** Expects the refusal with script and without, and photographs both. */
async function expectRefusal(
  { browser, ask, askPlainly }: ReturnType<typeof useGuestStage>,
  texts: Texts,
  name: string,
  scripted: readonly [PhotoFile, Problem],
  plain = scripted,
): Promise<void> {
  const page = await ask(texts, scripted[0]);
  await page.getByRole("alert").getByText(texts.problems[scripted[1]]).waitFor();
  await inspectGuestPage(page, texts, `form-${name}`);
  const plainPage = await askPlainly(texts, plain[0]);
  await plainPage.getByRole("alert").getByText(texts.problems[plain[1]]).waitFor();
  await inspectPlainPage(browser(), plainPage, windowFor(texts), texts, `plain-${name}`);
  expect(await listRemedies(page, texts)).toEqual(remediesOf(scripted[1], texts));
  expect(await listRemedies(plainPage, texts)).toEqual(remediesOf(plain[1], texts));
}

function remediesOf(problem: Problem, texts: Texts): string[] {
  const words = { again: [texts.again], "other-photo": [texts.anotherPhoto], none: [] };
  return words[explainToGuest(problem, texts).remedy];
}

/** What is offered against a refusal. */
async function listRemedies(page: Page, { again, anotherPhoto }: Texts): Promise<string[]> {
  const shown = await page.getByRole("main").getByText(/./).filter({ visible: true }).allTextContents();
  return [again, anotherPhoto].filter((words) => shown.includes(words));
}

/** The same while a crowd is there. Now and then a request gets through between two of the crowd's, so it asks until refused. */
async function expectRefusalInCrowd(
  { server, browser, open }: ReturnType<typeof useGuestStage>,
  texts: Texts,
  name: string,
  problem: Problem,
  gather: (server: DevServer, guest: Readonly<Record<string, string>>) => Promise<Crowd>,
): Promise<void> {
  // A network of its own: one that asked too fast stays over its limit for a while.
  const extraHTTPHeaders = { "cf-connecting-ip": `198.51.100.${1 + LANGUAGES.indexOf(texts)}` };
  const page = await open(texts, { extraHTTPHeaders });
  await page.getByText(texts.menu.title).waitFor();
  const plain = await open(texts, { extraHTTPHeaders, javaScriptEnabled: false });
  const photo = photoFile("pepperoni", 53);
  const isRefused = (where: Page) => where.getByRole("alert").getByText(texts.problems[problem]).isVisible();
  const crowd = await gather(server(), extraHTTPHeaders);
  const ask = async () => {
    await page.locator("#choose-input").setInputFiles(photo);
    await page.locator("#panel:not([aria-busy])").waitFor();
    return isRefused(page);
  };
  const askPlainly = async () => {
    await plain.goto(server().url);
    await plain.getByLabel(texts.intake.choose).setInputFiles(photo);
    await plain.getByRole("button", { name: texts.intake.ask }).click();
    return isRefused(plain);
  };
  try {
    await expect.poll(ask, POLL).toBe(true);
    await expect.poll(askPlainly, POLL).toBe(true);
  } finally {
    await crowd.leave();
  }
  await inspectGuestPage(page, texts, `form-${name}`);
  await inspectPlainPage(browser(), plain, windowFor(texts), texts, `plain-${name}`);
}

describe.skipIf(!hasBrowser())("the form of a deployment that cannot answer yet", () => {
  const stage = useGuestStage({}, async () => {});

  it.each(LANGUAGES)("says that the menu is empty, in $tag", async (texts) => {
    const page = await stage.open(texts);
    await page.getByText(texts.menu.emptyTitle).waitFor();
    await inspectGuestPage(page, texts, "form-empty");
    const plain = await stage.askPlainly(texts, photoFile("pepperoni", 1));
    await plain.getByText(texts.problems.no_head).waitFor();
    await inspectPlainPage(stage.browser(), plain, windowFor(texts), texts, "plain-empty");
  });

  it("is given two names", async () => {
    const seeder = createSeeder(stage.server());
    for (const name of ["Pepperoni", "Hawaiian"]) await seeder.ask("/classes", { name });
  });

  it.each(LANGUAGES)("says that it is still learning, in $tag", async (texts) => {
    const page = await stage.open(texts);
    await page.getByText(texts.menu.learningTitle).waitFor();
    await inspectGuestPage(page, texts, "form-learning");
    await expectRefusal(stage, texts, "no-head", [photoFile("pepperoni", 1), "no_head"]);
  });
});

describe.skipIf(!hasBrowser())("the form of a deployment that has learnt", () => {
  const stage = useGuestStage({}, async (seeder) => {
    await seeder.teachMenu(PHOTOS_PER_ITEM);
    await seeder.ask("/training-runs", {});
  });

  it.each(LANGUAGES)("admits that it does not know, in $tag", async (texts) => {
    const page = await stage.ask(texts, photoFile("mushroom", 0));
    await page.getByRole("heading", { name: texts.answer.unknown }).waitFor();
    await inspectGuestPage(page, texts, "form-unknown");
    const plain = await stage.askPlainly(texts, photoFile("mushroom", 0));
    await plain.getByRole("heading", { name: texts.answer.unknown }).waitFor();
    await inspectPlainPage(stage.browser(), plain, windowFor(texts), texts, "plain-unknown");
  });

  it.each(LANGUAGES)("takes the word that it was right, in $tag", async (texts) => {
    const page = await stage.ask(texts, photoFile("hawaiian", 50));
    await page.getByRole("button", { name: texts.answer.right, exact: true }).click();
    await page.getByRole("heading", { name: texts.thanks.title }).waitFor();
    await inspectGuestPage(page, texts, "form-right");
    const plain = await stage.askPlainly(texts, photoFile("hawaiian", 51));
    await plain.getByRole("button", { name: texts.answer.right, exact: true }).click();
    await plain.getByRole("heading", { name: texts.thanks.title }).waitFor();
    await inspectPlainPage(stage.browser(), plain, windowFor(texts), texts, "plain-right");
  });

  it.each(LANGUAGES)("says of a file that it is not a photo (415), in $tag", (texts) =>
    expectRefusal(stage, texts, "no-photo", [TEXT_FILE, "not_an_image"]),
  );

  it.each(LANGUAGES)("says of a photo that it is too large (413), in $tag", (texts) =>
    expectRefusal(stage, texts, "too-large", [HUGE_FILE, "body_too_large"], [MANY_PIXELS, "image_too_large"]),
  );

  it.each(LANGUAGES)("says that all room is taken (503), in $tag", (texts) =>
    expectRefusalInCrowd(stage, texts, "overloaded", "overloaded", fillRoom),
  );

  it.each(LANGUAGES)("says that nothing more can be stored for now (429), in $tag", async (texts) => {
    for (let i = 0; i < SUGGESTIONS; i++) await suggest(stage.server(), `Calzone ${i}`);
    const page = await stage.ask(texts, photoFile("mushroom", 2));
    await page.getByRole("button", { name: wrongButton(texts) }).click();
    await page.getByRole("button", { name: texts.picker.somethingElse }).click();
    await page.getByLabel(texts.missing.field).fill("Funghi");
    await page.getByRole("button", { name: texts.missing.send }).click();
    await page.getByRole("alert").getByText(texts.problems.too_many_corrections).waitFor();
    await inspectGuestPage(page, texts, "form-full");
    const plain = await stage.askPlainly(texts, photoFile("mushroom", 2));
    await plain.getByText(texts.picker.somethingElse, { exact: true }).click();
    await plain.getByLabel(texts.missing.field).fill("Funghi");
    await plain.getByRole("button", { name: texts.missing.send }).click();
    await plain.getByText(texts.problems.too_many_corrections).waitFor();
    await inspectPlainPage(stage.browser(), plain, windowFor(texts), texts, "plain-full");
  });

  it.each(LANGUAGES)("says that it was asked too fast (429), in $tag", (texts) =>
    expectRefusalInCrowd(stage, texts, "haste", "rate_limited", askInHaste),
  );
});

describe.skipIf(!hasBrowser())("the form of a deployment with two names for one pizza and four answers a day", () => {
  const stage = useGuestStage({ DAILY_QUOTA_GUEST: "4" }, async (seeder) => {
    await seeder.teach("Pepperoni", "pepperoni", countUp(0, PHOTOS_PER_ITEM));
    await seeder.teach("Salami", "pepperoni", countUp(PHOTOS_PER_ITEM, PHOTOS_PER_ITEM));
    await seeder.ask("/training-runs", {});
  });

  it.each(LANGUAGES)("offers both of two close answers, in $tag", async (texts) => {
    const { either } = texts.answer;
    const name = new RegExp(`^(${either("Pepperoni", "Salami")}|${either("Salami", "Pepperoni")})$`);
    const page = await stage.ask(texts, photoFile("pepperoni", 60));
    await page.getByRole("heading", { name }).waitFor();
    for (const item of ["Pepperoni", "Salami"]) {
      await expect.poll(() => page.getByRole("button", { name: texts.answer.itIs(item) }).isVisible()).toBe(true);
    }
    await inspectGuestPage(page, texts, "form-either");
    const plain = await stage.askPlainly(texts, photoFile("pepperoni", 60));
    await plain.getByRole("heading", { name }).waitFor();
    await inspectPlainPage(stage.browser(), plain, windowFor(texts), texts, "plain-either");
  });

  it.each(LANGUAGES)("says that the day's photos are used up (429), in $tag", (texts) =>
    expectRefusal(stage, texts, "quota", [photoFile("pepperoni", 54), "quota_exceeded"]),
  );
});

/** As this network's guest; those over the limit are refused. */
async function suggest({ url }: DevServer, text: string): Promise<void> {
  const headers = { ...GUEST_HEADERS, "content-type": "application/json" };
  const answer = await fetch(`${url}/v1/suggestions`, { method: "POST", headers, body: JSON.stringify({ text }) });
  if (![202, 429].includes(answer.status)) throw new Error(`a suggestion was answered with ${answer.status}`);
}
