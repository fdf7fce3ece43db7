/** The guests' page of a deployment that reads texts, in a real browser: with and without script, in both languages. */
import { describe, expect, it } from "vitest";
import { texts as english } from "../../src/web/texts/for-texts/en.ts";
import { texts as russian } from "../../src/web/texts/for-texts/ru.ts";
import { request } from "../support/live-menu.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { inspectGuestPage, inspectPlainPage } from "./form-look.ts";
import { enterKitchen } from "./kitchen-language.ts";
import { goTo, inspect, signIn } from "./kitchen-steps.ts";
import { useTextStage } from "./text-stage.ts";

const MAIL = "The soup was cold and nobody said sorry.";

// The steps build on each other.
describe.skipIf(!hasBrowser())("the guests' page for texts", () => {
  const stage = useTextStage();

  const waiting = async () => {
    const { body } = await request(stage.server, "/v1/admin/reviews", {}, true);
    return (body.reviews as { text: string | null; label: string }[]).map(({ text, label }) => ({ text, label }));
  };

  it("reads a text, and takes a correction with a copy of it for staff", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.goto(stage.server.url);
    await page.getByText("What I know", { exact: true }).waitFor();
    await inspectGuestPage(page, english, "write-start");
    await page.getByLabel("Your text").fill(MAIL);
    await page.getByRole("button", { name: "What is it?" }).click();
    await page.getByRole("list", { name: "How well each kind fits" }).waitFor();
    await expect.poll(() => page.locator("#verdict .headline").textContent()).toContain("complaint");
    await inspectGuestPage(page, english, "write-answer");
    await page.getByRole("button", { name: /^(That’s wrong|Neither|It is one of them)$/ }).click();
    await page.getByRole("button", { name: "refund", exact: true }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    expect(await waiting()).toEqual([{ text: MAIL, label: "refund" }]);
    await page.getByRole("button", { name: "Another text" }).click();
    await expect.poll(() => page.getByLabel("Your text").inputValue()).toBe("");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("keeps a text that it cannot read in its box, and says how much is too much", async () => {
    const { page } = await openPage(stage.browser, PHONE);
    await page.goto(stage.server.url);
    await page.getByText("What I know", { exact: true }).waitFor();
    await page.getByLabel("Your text").fill("a".repeat(20_001));
    await page.getByLabel("Your text").press("Control+Enter");
    await page.getByRole("alert").getByText("20,001 characters").waitFor();
    expect(await page.getByLabel("Your text").inputValue()).toHaveLength(20_001);
    await page.context().setOffline(true);
    await page.getByLabel("Your text").fill(MAIL);
    await page.getByRole("button", { name: "What is it?" }).click();
    await page.getByText("Your text is still here").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("list", { name: "How well each kind fits" }).waitFor();
    await inspectGuestPage(page, english, "write-touch");
    await page.context().close();
  });

  it("hears what is missing", async () => {
    const { page } = await openPage(stage.browser, { ...DESKTOP, locale: "ru-RU" });
    await page.goto(stage.server.url);
    await page.getByText("Что я знаю").waitFor();
    await inspectGuestPage(page, russian, "write-start");
    await page.getByLabel("Ваш текст").fill("Do you sell gift vouchers?");
    await page.getByRole("button", { name: "О чём это?" }).click();
    await page.getByRole("list", { name: "Насколько подходит каждая тема" }).waitFor();
    await inspectGuestPage(page, russian, "write-answer");
    await page.getByRole("button", { name: /^(Неверно|Ни то ни другое|Это одна из них)$/ }).click();
    await page.getByRole("button", { name: "Что-то другое" }).click();
    await page.getByLabel("Назовите своими словами").fill("подарки");
    await page.getByRole("button", { name: "Сказать владельцу" }).click();
    await page.getByText("Владелец увидит, какой темы не хватает.", { exact: true }).waitFor();
    const { body } = await request(stage.server, "/v1/admin/suggestions", {}, true);
    expect(JSON.stringify(body)).toContain("подарки");
    expect(await waiting()).toContainEqual({ text: "Do you sell gift vouchers?", label: ":none" });
    await page.context().close();
  });

  it("is taught in the kitchen by lines and by a file, and shows staff the texts that wait", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/menu");
    await page.getByText("Type, paste or drop texts on an item").waitFor();
    const card = page.getByRole("article", { name: "refund", exact: true });
    const box = card.getByLabel("Texts for refund, one a line");
    const teach = card.getByRole("button", { name: "Teach these: refund" });
    await box.fill("Please return my deposit.\n\nI paid twice for one pizza.");
    await teach.click();
    await card.getByText("2 texts added.").waitFor();
    await expect.poll(() => box.inputValue()).toBe("");
    let send = () => {};
    const isSent = new Promise<void>((resolve) => {
      send = resolve;
    });
    await page.route("**/v1/admin/classes/*/examples", async (route) => {
      await isSent;
      await route.continue();
    });
    await box.fill("The courier took my cash, and my card was charged.");
    await teach.click();
    await box.fill("Typed meanwhile");
    send();
    await card.getByText("1 text added.").waitFor();
    expect(await box.inputValue()).toBe("Typed meanwhile");
    const table = 'label,text\nrefund,"Money back, please"\nquestion,Are you open?\nrefund,\u200B';
    const file = { name: "mails.csv", mimeType: "text/csv", buffer: Buffer.from(table) };
    await card.getByLabel("Choose a file: refund").setInputFiles(file);
    await card.getByText("1 text added, 1 refused.").waitFor();
    await inspect(page, "text-kitchen-menu");
    await goTo(page, "/admin");
    await page.locator(".review-text").getByText(MAIL).waitFor();
    await inspect(page, "text-kitchen");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("has a kitchen in Russian", async () => {
    const { page } = await openPage(stage.browser, { ...DESKTOP, locale: "ru-RU" });
    await enterKitchen(page, stage.server, "/admin/menu");
    await page.getByLabel("Тексты: refund, по одному в строке").fill("Refund me for the lost order.");
    await page.getByRole("button", { name: "Научить: refund" }).click();
    await page.getByText("Добавлено: 1 текст.").waitFor();
    await inspect(page, "text-kitchen-ru");
    await page.context().close();
  });

  it("works without script: an answer, a correction with the text, a refusal in plain words", async () => {
    const options = { ...PHONE, javaScriptEnabled: false };
    const { page } = await openPage(stage.browser, options);
    await page.goto(stage.server.url);
    await inspectPlainPage(stage.browser, page, PHONE, english, "write-plain-start");
    const mail = 'My card was charged twice <b>for one</b> "margherita".';
    await page.getByLabel("Your text").fill(mail);
    await page.getByRole("button", { name: "What is it?" }).click();
    await page.getByRole("list", { name: "How well each kind fits" }).waitFor();
    await inspectPlainPage(stage.browser, page, PHONE, english, "write-plain-answer");
    await page
      .getByRole("button", { name: /That’s right|It’s refund|It’s complaint/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    expect((await waiting()).map(({ text }) => text)).toContain(mail);
    await page.goto(stage.server.url);
    await page.getByLabel("Your text").fill("\u200B");
    await page.getByRole("button", { name: "What is it?" }).click();
    await page.getByText("There was no text in that.").waitFor();
    await page.context().close();
  });

  it("is read by the widget too, which its guide shows at work", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.goto(`${stage.server.url}/docs/widget`);
    await page.getByLabel(english.box.field).fill(MAIL);
    await page.getByRole("button", { name: english.intake.ask }).click();
    await page.getByRole("heading", { name: /complaint/i }).waitFor();
    await page.getByRole("button", { name: english.answer.notOnMenu }).click();
    await page.getByRole("button", { name: english.anotherPhoto }).click();
    await expect.poll(() => page.getByLabel(english.box.field).inputValue()).toBe("");
    expect(complaints).toEqual([]);
  });
});
