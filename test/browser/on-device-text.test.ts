/**
 * The text stays on the device: in a real browser against the real Worker, the answer is the one that the server gives to the text
 * itself, from the same numbers, and nothing but these is sent.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { decodeEmbeddingMessage, EMBEDDING_TYPE } from "../../src/head/embedding-message.ts";
import { texts as english, type WritingTexts } from "../../src/web/texts/for-texts/en.ts";
import { texts as russian } from "../../src/web/texts/for-texts/ru.ts";
import { type Classification, jsonBody, request } from "../support/live-menu.ts";
import { openReceiptInNode } from "../support/open-receipt.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { inspectGuestPage } from "./form-look.ts";
import { recordSent, takeSent } from "./record-sent.ts";
import { useTextStage } from "./text-stage.ts";

const RECEIPT_SECRET = "receipt secret of the texts on the device";
/** Plain, long (several windows), and what breaks careless code. */
const TEXTS = [
  "The soup was cold and nobody said sorry.",
  "Please send my money back, the order never came. ".repeat(30),
  "Здравствуйте! Верните, пожалуйста, деньги за заказ.",
  "שלום, אני רוצה החזר כספי",
  "👩‍👩‍👧 😡😡 e\u0301te\u0301",
  "re\u200Bfund\u202E me \u00AD\tnow\r\n\u0000please",
  '<img src=x onerror="alert(1)"> & {{refund}}',
  "\uD800 half a character",
  "?",
];

const ask = async (page: Page, texts: WritingTexts, text: string) => {
  await page.getByLabel(texts.box.field).fill(text);
  await page.getByRole("button", { name: texts.box.ask, exact: true }).click();
};
const answerIn = (page: Page, texts: WritingTexts) => page.getByRole("list", { name: texts.answer.bars });

// The steps build on each other.
describe.skipIf(!hasBrowser())("a text that stays on the device", () => {
  const stage = useTextStage({ RECEIPT_SECRET });

  it("loads nothing for it while the switch is off, and says that texts are sent", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    const requested: string[] = [];
    page.on("request", (sent) => requested.push(new URL(sent.url()).pathname));
    await page.goto(stage.server.url);
    await page.getByText("What I know", { exact: true }).waitFor();
    expect(requested.filter((name) => /on-device|\.wasm|\.onnx|tokenizer/.test(name))).toEqual([]);
    await expect.poll(() => page.getByLabel(english.device.choice).isChecked()).toBe(false);
    await expect.poll(() => page.locator("#privacy-note").textContent()).toBe(english.device.sentNote);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("gets the server's answer, from the same numbers to the last", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await recordSent(page);
    await page.goto(stage.server.url);
    await page.getByLabel(english.device.choice).check();
    await page.getByText(english.device.ready).waitFor();
    await inspectGuestPage(page, english, "write-kept");
    const { body: manifest } = await request(stage.server, "/backbone/manifest.json");
    const { id: backboneId, output } = manifest as { id: string; output: { dimension: number } };
    for (const text of TEXTS) {
      const answering = page.waitForResponse((response) => response.url().endsWith("/v1/classify"));
      await ask(page, english, text);
      const here = (await (await answering).json()) as Classification;
      const [sent, ...others] = await takeSent(page);
      expect(others, text).toEqual([]);
      expect(sent, text).toMatchObject({ path: "/v1/classify", type: EMBEDDING_TYPE });
      const message = decodeEmbeddingMessage(Uint8Array.from(sent.bytes), { backboneId, ...output });
      const { body: there } = await request(stage.server, "/v1/classify", jsonBody({ text }));
      const { values, scale } = openReceiptInNode(String(there.receipt), RECEIPT_SECRET);
      expect(message, text).toMatchObject({ ok: true, value: { embedding: { values, scale } } });
      expect(here.predictions, text).toEqual(there.predictions);
      await answerIn(page, english).waitFor();
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("sends no text with a correction either, and staff see that it came from a device", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await recordSent(page);
    await page.goto(stage.server.url);
    await page.getByLabel(english.device.choice).check();
    await ask(page, english, TEXTS[0]);
    await page.getByText(english.answer.noteWithoutPicture).waitFor();
    await page.getByRole("button", { name: /^(That’s wrong|Neither|It is one of them)$/ }).click();
    await page.getByRole("button", { name: "refund", exact: true }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const [, label] = await takeSent(page);
    const said: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(label.bytes)));
    expect(said).toEqual({ label: "refund", receipt: expect.any(String) });
    const { body } = await request(stage.server, "/v1/admin/reviews", {}, true);
    expect(body.reviews).toMatchObject([{ label: "refund", text: null, origin: "device" }]);
    await page.context().close();
  });

  it("says in Russian that a damaged download was refused, sends nothing, and recovers", async () => {
    const { page } = await openPage(stage.browser, { ...PHONE, locale: "ru-RU" });
    await recordSent(page);
    await page.route("**/backbone/*.tokenizer.json", async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length - 3] ^= 1;
      await route.fulfill({ response, body });
    });
    await page.goto(stage.server.url);
    await page.getByLabel(russian.device.choice).check();
    await page.getByText(`${russian.device.faults.damaged} ${russian.device.nothingSent}`).waitFor();
    await ask(page, russian, TEXTS[2]);
    await page.getByRole("alert").getByText(russian.device.notSent).waitFor();
    await inspectGuestPage(page, russian, "write-kept-refused");
    expect(await takeSent(page)).toEqual([]);
    await expect.poll(() => page.getByLabel(russian.box.field).inputValue()).toBe(TEXTS[2]);
    await page.unroute("**/backbone/*.tokenizer.json");
    await page.locator("#device-status").getByRole("button", { name: russian.again }).click();
    await page.getByText(russian.device.ready).waitFor();
    await expect.poll(() => page.locator("#privacy-note").textContent()).toBe(russian.device.keptNote);
    await page.getByRole("alert").getByRole("button", { name: russian.again }).click();
    await answerIn(page, russian).waitFor();
    expect((await takeSent(page)).map(({ type }) => type)).toEqual([EMBEDDING_TYPE]);
    await page.context().close();
  });

  it("refuses on the device what the server would refuse, in the same words", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await recordSent(page);
    await page.goto(stage.server.url);
    await page.getByLabel(english.device.choice).check();
    await ask(page, english, "\u200B");
    await page.getByRole("alert").getByText(english.problems.empty_body).waitFor();
    await ask(page, english, "x ".repeat(9_999));
    await page.getByRole("alert").getByText(english.problems.body_too_large).waitFor();
    expect(await takeSent(page)).toEqual([]);
    await page.context().close();
  });
});
