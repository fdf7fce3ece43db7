/** Messages to other systems under the settings, in a real browser and in two languages, with a receiver beside; each state also goes through axe. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import * as russian from "../../src/web/texts/kitchen/ru.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { answersWith, startWebhookReceiver, type WebhookReceiver } from "../support/webhook-receiver.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { goTo, inspect } from "./kitchen-steps.ts";
import { findCutText, findMisnamedControls, findSmallTargets } from "./page-probes.ts";
import { useStage } from "./stage.ts";

const DAY_MS = 86_400_000;

const body = (page: Page) => page.locator("#webhooks-body");
const card = (page: Page) =>
  body(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { level: 3 }) });

async function openFold(page: Page): Promise<void> {
  await page.locator("#webhooks > summary").click();
  await body(page).locator("form").waitFor();
}

async function expectUsable(page: Page, name: string): Promise<void> {
  await body(page).scrollIntoViewIfNeeded();
  await inspect(page, name);
  for (const probe of [findSmallTargets, findMisnamedControls, findCutText]) expect(await probe(page)).toEqual([]);
}

describe.skipIf(!hasBrowser())("messages to other systems in the kitchen", () => {
  const stage = useStage({ vars: { WEBHOOKS_MAY_BE_LOCAL: "true" } });
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startWebhookReceiver();
  });
  afterAll(() => receiver[Symbol.asyncDispose]());

  const write = (sql: string) => {
    const database = openLocalDatabase(stage.dataDir);
    database.exec(sql);
    database.close();
  };
  afterEach(() => write("DELETE FROM webhooks; DELETE FROM webhook_deliveries"));

  it("are set up by keyboard alone: an address, its secret once, a test that arrives", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    await body(page).getByText("No address yet.").waitFor();
    await expectUsable(page, "kitchen-webhooks-none");
    await body(page).getByLabel("Address").focus();
    await page.keyboard.type("https://192.0.2.1/");
    await page.keyboard.press("Enter");
    await body(page).getByText("not its IP address").waitFor();
    await expectUsable(page, "kitchen-webhooks-refused");
    await body(page).getByLabel("Address").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(receiver.url);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space"); // -- another version begins to answer
    await body(page).getByLabel("many corrections wait for you").check();
    await body(page).getByLabel("How many corrections are many").fill("7");
    await page.keyboard.press("Enter");
    const secret = body(page).getByLabel(`The secret for ${new URL(receiver.url).host}`);
    receiver.secret = await secret.inputValue();
    expect(receiver.secret).toMatch(/^whsec_/);
    expect(await secret.evaluate((field) => field === document.activeElement)).toBe(true);
    await expectUsable(page, "kitchen-webhooks-secret");
    await body(page).getByRole("button", { name: "I have kept it" }).click();
    await card(page).getByText("Nothing has been sent yet.").waitFor();
    await card(page)
      .getByText(/another version begins to answer; .*many corrections wait for you/)
      .waitFor();
    await card(page)
      .getByRole("button", { name: /^Send a test message/ })
      .press("Enter");
    await body(page).getByText("The test message arrived.").waitFor();
    await card(page).getByText("Works. The last message arrived on").waitFor();
    expect(receiver.received).toMatchObject([{ isSigned: true, body: { type: "test" } }]);
    await page.reload();
    await openFold(page);
    expect(await page.content()).not.toContain(receiver.secret);
    expect(complaints.filter((line) => !line.includes("400"))).toEqual([]);
  });

  it("say what became of each message, and are sent again", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/settings");
    await openFold(page);
    await body(page).getByLabel("Address").fill(receiver.url);
    await body(page).getByLabel("a guest misses something").check();
    await page.keyboard.press("Enter");
    await body(page).getByRole("button", { name: "I have kept it" }).click();
    receiver.behave(answersWith(503));
    const wish = { method: "POST", headers: { "content-type": "application/json" }, body: '{"text":"Calzone"}' };
    expect((await fetch(`${stage.server.url}/v1/suggestions`, wish)).status).toBe(202);
    await stage.server.runCron();
    await page.reload();
    await openFold(page);
    await card(page).getByText("Messages have not arrived since").waitFor();
    await card(page).getByText("Waiting: 1.").waitFor();
    await card(page)
      .getByRole("button", { name: /^Show messages/ })
      .press("Enter");
    const log = card(page).getByRole("list", { name: "Messages" });
    await log.getByText("the receiver refused it (503); I try again on").waitFor();
    expect(await log.evaluate((list) => list === document.activeElement)).toBe(true);
    await expectUsable(page, "kitchen-webhooks-log");
    receiver.behave(answersWith(204));
    await log.getByRole("button", { name: /^Send again/ }).press("Enter");
    await log.getByText("The message arrived.").waitFor();
    await card(page).getByRole("button", { name: "Hide messages" }).press("Enter");
    await card(page)
      .getByRole("button", { name: /^Change/ })
      .press("Enter");
    await expectUsable(page, "kitchen-webhooks-change");
    await card(page).getByLabel("a training fails").check();
    await card(page).getByRole("button", { name: "Save" }).click();
    await body(page).getByText("The address is changed.").waitFor();
    await card(page)
      .getByText(/a training fails/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it("are said to have been given up where the day begins, in Russian and on a phone, and begin again", async () => {
    const texts = await russian.loadWebhooks();
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    const since = Date.now() - 6 * DAY_MS;
    const columns = "id, url, events, queue_above, state, failing_since, created_at";
    write(
      `INSERT INTO webhooks (${columns}) VALUES ('w_1', '${receiver.url}', '["head.held","suggestion.new"]', 50, 'dead', ${since}, ${since})`,
    );
    await enterKitchen(page, stage.server, "/admin");
    await page.getByText(russian.overview.webhooksEnded(1)).waitFor();
    await goTo(page, "/admin/settings");
    await openFold(page);
    await card(page).getByText(texts.ended.dead).waitFor();
    expect(await findForeignWords(page, "#webhooks", [receiver.url, texts.example])).toEqual([]);
    await expectUsable(page, "kitchen-webhooks-dead-ru");
    await card(page).getByRole("button", { name: texts.switchOn }).tap();
    await body(page).getByText(texts.switchedOn).waitFor();
    await card(page).getByText(texts.fresh).waitFor();
    await card(page).getByRole("button", { name: texts.remove.button }).tap();
    await expectUsable(page, "kitchen-webhooks-delete-ru");
    await card(page).getByRole("button", { name: texts.remove.yes }).tap();
    await body(page).getByText(texts.none).waitFor();
    expect(complaints).toEqual([]);
  });
});
