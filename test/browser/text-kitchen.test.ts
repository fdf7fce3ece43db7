/** The kitchen of a deployment that reads texts, from the greeting of an empty one on: nowhere does it speak of photos. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { texts as english } from "../../src/web/texts/for-texts/en.ts";
import { jsonBody, request } from "../support/live-menu.ts";
import { WORDS_OF_PHOTOS } from "../support/words-of-photos.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { inspectGuestPage } from "./form-look.ts";
import { enterKitchen, RUSSIAN_DESKTOP } from "./kitchen-language.ts";
import { goTo, goToItem, inspect } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

/** Words by which the test goes its way. */
const WAYS = {
  English: {
    options: DESKTOP,
    texts: /^Texts: /,
    delete: /^Delete: /,
    why: /^Why\?/,
    closer: /^Look closer/,
  },
  Russian: {
    options: RUSSIAN_DESKTOP,
    texts: /^Тексты: /,
    delete: /^Удалить: /,
    why: /^Почему\?/,
    closer: /^Рассмотреть/,
  },
} as const;

/** A guest called it a question, and staff agreed by mistake. */
const MISLABELLED = "The order was cancelled by you, but my money has not come back to my card.";

// The steps build on each other.
describe.skipIf(!hasBrowser())("the kitchen of a deployment that reads texts", () => {
  const stage = useStage({ reads: "texts" });
  const ask = async (path: string, json: unknown) => {
    const { status, body } = await request(stage.server, path, jsonBody(json), true);
    expect(status).toBeLessThan(300);
    return body;
  };

  const open = async (options: BrowserContextOptions) => {
    const opened = await openPage(stage.browser, options);
    await enterKitchen(opened.page, stage.server);
    return opened;
  };

  it.each(Object.entries(WAYS))(
    "greets the owner of an empty one in %s with words for texts",
    async (language, { options }) => {
      const { page, complaints } = await open(options);
      await page.locator("#first-run").waitFor();
      expect(await findWordsOfPhotos(page)).toEqual([]);
      await inspect(page, `text-kitchen-first-run-${language}`);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it("loads the example mailbox, trains, and leads on to the guests' page", async () => {
    const { page, complaints } = await open(PHONE);
    await page.getByRole("button", { name: "Load the example mailbox" }).click();
    await page.getByText("Version 1 is live. It learned from 30 new labels.").waitFor();
    await inspect(page, "text-kitchen-example");
    expect(await findWordsOfPhotos(page)).toEqual([]);
    await page.getByRole("link", { name: "Try it as a guest" }).click();
    await page.getByRole("group", { name: "No message at hand?" }).waitFor();
    await inspectGuestPage(page, english, "write-samples");
    const samples = page.locator(".sample-mail");
    for (const [i, wanted] of ["Refund", "Question", "Complaint"].entries()) {
      await samples.nth(i).click();
      await page.locator("#verdict").getByText(wanted).waitFor();
      expect(await page.getByLabel("Your text").inputValue()).toBe(await samples.nth(i).textContent());
    }
    await page.getByLabel("Your text").fill("I would like my money back for the pizza that never came.");
    await page.getByRole("button", { name: "What is it?" }).click();
    await page.getByRole("list", { name: "How well each kind fits" }).waitFor();
    await expect.poll(() => page.locator("#verdict .headline").textContent()).toContain("Refund");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(Object.entries(WAYS))("speaks of texts in every part in %s", async (language, way) => {
    await seedWork();
    const { page } = await open(way.options);
    const spoken: string[] = [];
    const hear = async (place: string) => {
      const folds = page.locator("details:not([open]) > summary:visible");
      while ((await folds.count()) > 0) await folds.first().click();
      if (place === "settings") await page.locator(".limits-table tr").nth(10).waitFor();
      spoken.push(...(await readSpoken(page)));
      await inspect(page, `text-kitchen-${place}-${language}`);
    };
    await page.locator("#doubts .doubt").first().waitFor();
    await page.locator(".review-text").first().waitFor();
    await page.getByRole("button", { name: way.why }).first().click();
    await hear("today");
    await goTo(page, "/admin/menu");
    await page.locator(".item").first().waitFor();
    await hear("menu");
    await goToItem(page, "Praise");
    await page.getByRole("button", { name: way.texts }).click();
    await page.locator(".examples .example").first().waitFor();
    await hear("item");
    await page.getByRole("button", { name: way.delete }).click();
    await hear("item-delete");
    await goTo(page, "/admin/versions");
    await page.getByRole("button", { name: way.closer }).first().click();
    await page.locator(".matrix").first().waitFor();
    await hear("versions");
    await goTo(page, "/admin/settings");
    await page.locator("#keys-body .doubt").first().waitFor();
    await hear("settings");
    expect(spoken.length).toBeGreaterThan(250);
    expect(spoken.filter((words) => WORDS_OF_PHOTOS.test(words))).toEqual([]);
    await page.context().close();
  });

  it("shows a doubted text, in the list and behind the matrix, while its correction holds a copy, and else says that there is none", async () => {
    const { page } = await open(DESKTOP);
    const doubts = page.locator("#doubts .doubt");
    await doubts.locator(".review-text").getByText(MISLABELLED).waitFor();
    await doubts.getByText("No copy of the text").first().waitFor();
    await goTo(page, "/admin/versions");
    await page.getByRole("button", { name: "Look closer at version 2" }).click();
    await page.getByRole("gridcell", { name: /of Question (was|were) answered Refund/ }).click();
    const behind = page.locator(".matrix-examples .doubt");
    await behind.locator(".review-text").getByText(MISLABELLED).waitFor();
    expect(await behind.getByText("No copy of the text").count()).toBe((await behind.count()) - 1);
    await inspect(page, "text-kitchen-doubts");
    await page.context().close();
  });

  it("takes the example away in one step, and leaves what is the owner's", async () => {
    const { page, complaints } = await open(DESKTOP);
    await goTo(page, "/admin/menu");
    await page.getByText("Refund and Complaint are an example: invented mails").waitFor();
    await inspect(page, "text-kitchen-example-note");
    expect(await findWordsOfPhotos(page)).toEqual([]);
    await page.getByRole("button", { name: "Remove the example" }).click();
    await page.getByText("The example is gone, with all that was learned from it.").waitFor();
    await page.getByRole("article", { name: "Praise", exact: true }).waitFor();
    // One text of the owner's has made it theirs.
    await expect.poll(() => page.getByRole("article", { name: "Question", exact: true }).isVisible()).toBe(true);
    await expect.poll(() => page.getByRole("article", { name: /^(Refund|Complaint)$/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.goto(stage.server.url);
    await page.locator(".menu-name").getByText("Praise").waitFor();
    await expect.poll(() => page.locator("#samples").isVisible()).toBe(false);
    await page.context().close();
  });

  it("takes what a spreadsheet saves, and says why it takes nothing of a workbook", async () => {
    const { page, complaints } = await open(DESKTOP);
    await goTo(page, "/admin/menu");
    const card = page.getByRole("article", { name: "Praise", exact: true });
    const table =
      "label;text\r\nPraise;Warm, quick, friendly.\r\nRefund;Money back, please.\r\nPraise;I liked it; all of it.\r\n";
    const take = async (name: string, buffer: Buffer) =>
      card.getByLabel("Choose a file: Praise").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await take("mails.csv", Buffer.from(`\uFEFF${table}`, "utf16le"));
    await card.getByText("2 texts added.").waitFor();
    await take("mails.xlsx", Buffer.from(Uint8Array.from({ length: 2_000 }, (_, i) => (i * i * 7) % 256)));
    await card.getByText("mails.xlsx I cannot read it. Save it as CSV or as plain text.").waitFor();
    await take("other.csv", Buffer.from("label,text\nRefund,Money back"));
    await card.getByText("other.csv It holds no text for Praise.").waitFor();
    await inspect(page, "text-kitchen-files");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  /** As a guest, with a copy of the text for staff; the id of the text. */
  async function correct(text: string, label: string): Promise<string> {
    const { receipt } = await ask("/v1/classify", { text });
    const sent = await fetch(`${stage.server.url}/v1/labels`, jsonBody({ receipt, label, text }));
    expect(sent.status).toBe(201);
    const { body } = await request(stage.server, "/v1/admin/reviews", {}, true);
    const waiting = body.reviews as { photo: string; text: string | null }[]; // a decoder: the route's own test holds this shape
    return waiting.find((one) => one.text === text)?.photo ?? "";
  }

  /** Labels that are wrong, an item of the owner's, a correction that waits, a key, another version. */
  async function seedWork(): Promise<void> {
    const { status } = await request(
      stage.server,
      "/v1/admin/classes",
      jsonBody({ name: "Praise", id: "praise" }),
      true,
    );
    if (status !== 201) return; // the other language has done it
    const praise = [
      "Lovely pizza, thank you!",
      "The best crust in town.",
      "Great service, as always.",
      "We enjoyed every bite.",
    ];
    const misplaced = "Please refund the money for my order, I was charged twice.";
    await ask("/v1/admin/classes/praise/examples", { text: [...praise, misplaced] });
    await ask("/v1/admin/keys", { name: "Mailbox", role: "label" });
    const accepted = await correct(MISLABELLED, "question");
    await ask(`/v1/admin/reviews/${accepted}/question`, { decision: "accept" });
    await ask("/v1/admin/training-runs", {});
    await correct("Where is my money?", "complaint");
  }
});

async function findWordsOfPhotos(page: Page): Promise<readonly string[]> {
  return (await readSpoken(page)).filter((words) => WORDS_OF_PHOTOS.test(words));
}

/** What is shown or read out, piece by piece, but for texts that people wrote. */
async function readSpoken(page: Page): Promise<readonly string[]> {
  const pieces = await page.evaluate(`[...document.body.querySelectorAll("*"), document.head.querySelector("title")]
    .filter((element) => element.tagName === "TITLE" || (element.checkVisibility() && element.closest("code, .review-text") === null))
    .flatMap((element) => [
      ...["aria-label", "placeholder", "title", "alt"].map((name) => element.getAttribute(name) ?? ""),
      ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data),
    ]).filter((text) => text.trim() !== "")`);
  return Array.isArray(pieces) ? pieces.map(String) : [];
}
