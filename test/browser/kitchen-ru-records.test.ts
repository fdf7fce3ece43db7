/** Keys, limits, history, export and import in the Russian kitchen, in a real browser; each state also goes through axe. */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { AUDIT_ACTIONS } from "../../src/shared/audit-actions.ts";
import {
  isNamedOtherwise,
  itemIsMissing,
  rowIsMisfilled,
  rowIsNoJson,
  rowIsOfNoKind,
} from "../../src/shared/english/rows.ts";
import { unsolved } from "../../src/shared/english/runs.ts";
import { scatterNotPositive } from "../../src/shared/english/sums.ts";
import { type Told, tellAll } from "../../src/shared/sentence.ts";
import * as texts from "../../src/web/texts/kitchen/ru.ts";
import { openLocalDatabase } from "../support/local-database.ts";
import { startServer } from "../support/start-server.ts";
import { hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_DESKTOP, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder, MENU } from "./kitchen-seed.ts";
import { goTo, inspect } from "./kitchen-steps.ts";

const KEY = "Касса у входа";
const OLD_KEY = "Старая касса";
const ENTRIES = 130;
const UNSOLVED = tellAll([unsolved(), scatterNotPositive()]);
const DETAIL = {
  class: "pepperoni",
  into: "hawaiian",
  to: "hawaiian",
  version: 1,
  examples: 5,
  reviews: 2,
  role: "label",
};
/** Names that are meant as they are: items, formats, columns of a file. */
const KNOWN = [...MENU.map(([name]) => name), "anchovy", "IPv6", "JPEG", "JSON", "Ctrl", "photoId"];

/** A run that failed, more entries than the API gives at once, one of every action, and a key that has ended. */
function writePast(dataDir: string): void {
  const db = openLocalDatabase(dataDir);
  db.prepare(
    `INSERT INTO training_runs ("trigger", outcome, absorbed, remaining, message, says, queries, rows_read, rows_written, duration_ms, started_at)
     VALUES ('cron', 'failed', 0, 3, ?, ?, 1, 1, 1, 1234, 1760000000000)`,
  ).run(UNSOLVED.text, JSON.stringify(UNSOLVED.says));
  const note = db.prepare("INSERT INTO audit_log (at, actor, action, detail) VALUES (?, ?, ?, ?)");
  for (let i = 0; i < ENTRIES; i++)
    note.run(1760000000000 + i, "admin", "head.activate", `{"version":${i},"hold":true}`);
  for (const [i, action] of AUDIT_ACTIONS.entries())
    note.run(1770000000000 + i, "admin", action, JSON.stringify(DETAIL));
  db.prepare("UPDATE api_keys SET expires_at = 1770000000000 WHERE name = ?").run(OLD_KEY);
  db.close();
}

/** The same file with rows that cannot be stored, or differ from what is here; whole by its last line. */
function spoil(file: string): string {
  const rows = file.trimEnd().split("\n").slice(1, -1);
  const [item, example] = ["class", "example"].map((kind) => {
    return JSON.parse(rows.find((row) => row.includes(`"kind":"${kind}"`)) ?? "{}");
  });
  const spoilt = [
    { ...item, name: "Салями" },
    { ...example, classId: "anchovy" },
    { ...example, photoId: "none" },
    { kind: "recipe" },
  ];
  const [first, last] = [file.split("\n")[0], JSON.parse(file.trimEnd().split("\n").at(-1) ?? "")];
  const body = [first, ...spoilt.map((row) => JSON.stringify(row)), "no row", ""].join("\n");
  return `${body}${JSON.stringify({ ...last, sha256: createHash("sha256").update(body).digest("hex") })}\n`;
}

describe.skipIf(!hasBrowser())("the records of the kitchen in Russian", () => {
  let folder: string;
  let browser: Browser;
  let server: DevServer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-records-"));
    [browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir: folder, quiet: true })]);
    const seeder = createSeeder(server);
    await seeder.teachMenu(2);
    await seeder.ask("/training-runs", {});
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const enter = async (options: BrowserContextOptions = RUSSIAN_DESKTOP) => {
    const opened = await openPage(browser, { ...options, acceptDownloads: true });
    await enterKitchen(opened.page, server, "/admin/settings");
    await opened.page.locator("#keys-body > :is(.empty, ul)").waitFor();
    return opened;
  };
  const unfold = (page: Page, title: string) => page.getByText(title, { exact: true }).click();
  const expectRussian = async (page: Page, ...parts: readonly string[]) => {
    for (const part of parts) expect(await findForeignWords(page, part, KNOWN), part).toEqual([]);
  };
  const makeKey = async (page: Page, name: string, role: string) => {
    const { form, secret } = texts.keys;
    await page.getByLabel(form.name).fill(name);
    await page.getByRole("combobox", { name: form.role }).selectOption(role);
    await page.getByRole("combobox", { name: form.life }).selectOption({ label: form.lives.month });
    await page.getByRole("button", { name: form.submit }).click();
    return page.getByRole("textbox", { name: secret.title(name) }).inputValue();
  };

  it("makes a key, shows its secret once, makes a new one and revokes it", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const { page, complaints } = await enter({ ...RUSSIAN_DESKTOP, permissions });
    const { secret, rotate, revoke, roles, none } = texts.keys;
    await page.getByText(none).waitFor();
    await expectRussian(page, "#keys");
    const value = await makeKey(page, KEY, "review");
    await page.getByText(secret.once, { exact: true }).waitFor();
    await inspect(page, "kitchen-ru-secret");
    await expectRussian(page, "#keys");
    await page.getByRole("button", { name: secret.copy }).click();
    await page.getByRole("button", { name: secret.copied }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(value);
    await page.getByRole("button", { name: secret.kept }).click();
    await page.getByText(roles.review).waitFor();
    expect(await page.content()).not.toContain(value);
    await page.getByRole("button", { name: rotate.buttonOf(KEY) }).click();
    await page.getByText(rotate.question).waitFor();
    await inspect(page, "kitchen-ru-keys");
    await expectRussian(page, "#keys");
    await page.getByRole("button", { name: rotate.yes }).click();
    await page.getByRole("textbox", { name: secret.title(KEY) }).waitFor();
    await page.getByRole("button", { name: secret.kept }).click();
    await page.getByRole("button", { name: revoke.buttonOf(KEY) }).click();
    await page.getByText(revoke.question).waitFor();
    await page.getByRole("button", { name: revoke.yes }).click();
    await page.getByText(revoke.done(KEY)).waitFor();
    await page.getByRole("button", { name: revoke.buttonOf(KEY) }).waitFor({ state: "detached" });
    await makeKey(page, OLD_KEY, "classify");
    expect(complaints).toEqual([]);
  });

  it("tells which keys have ended, and every limit with its unit", async () => {
    writePast(folder);
    const { page, complaints } = await enter();
    const { dates, limits } = texts.keys;
    const keys = page.getByRole("list", { name: texts.keys.section.title });
    await keys.getByRole("listitem").filter({ hasText: OLD_KEY }).getByText(dates.expired).waitFor();
    await keys.getByRole("listitem").filter({ hasText: KEY }).getByText(dates.revoked).waitFor();
    await unfold(page, limits.title);
    const table = page.getByRole("table", { name: limits.title });
    await table.getByRole("row", { name: "Размер одного фото 10,4 МБ" }).waitFor();
    await table.getByRole("row", { name: "Время, на которое страница запоминает вход 12 часов" }).waitFor();
    await inspect(page, "kitchen-ru-limits");
    await expectRussian(page, "#keys", "#limits");
    expect(complaints).toEqual([]);
  });

  it("tells of runs, also of one that failed, and starts from the labels again", async () => {
    const { page, complaints } = await openPage(browser, RUSSIAN_DESKTOP);
    await enterKitchen(page, server, "/admin/versions");
    const { runs, rebuild } = texts.history;
    await unfold(page, runs.title);
    const table = page.getByRole("table", { name: runs.title });
    await table.getByRole("row", { name: texts.frame.tell(UNSOLVED.text, UNSOLVED.says).replace(/\.$/, "") }).waitFor();
    await page.getByRole("button", { name: rebuild.button }).click();
    await page.locator("#rebuild-outcome:not(:empty)").waitFor();
    await table.getByRole("row").nth(3).waitFor();
    await inspect(page, "kitchen-ru-runs");
    await expectRussian(page, "#history");
    expect(complaints).toEqual([]);
  });

  it("tells who did what, among the newest entries and the older ones", async () => {
    const { page, complaints } = await enter();
    const { log } = texts.history;
    await unfold(page, log.title);
    const list = page.locator("#audit");
    const lines = list.getByRole("listitem");
    await list.getByText("Ключ отозван.").first().waitFor();
    await inspect(page, "kitchen-ru-log");
    await list.getByRole("button", { name: texts.frame.showMore }).click();
    await lines.nth(20).waitFor();
    await expectRussian(page, "#audit");
    await list.getByLabel(log.filter).fill("версия 7 стала");
    await list.getByText(log.foundAmong(0, 100), { exact: true }).waitFor();
    await inspect(page, "kitchen-ru-log-older");
    await expectRussian(page, "#audit");
    await list.getByRole("button", { name: texts.frame.showMore }).click();
    await list.getByText(log.found(1), { exact: true }).waitFor();
    await expect.poll(() => lines.count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("exports everything, refuses what is not an export, and tells which rows it could not take", async () => {
    const { page, complaints } = await enter();
    const { title, exporting, importing, faults } = texts.transfer;
    const file = path.join(folder, "export.ndjson");
    await unfold(page, title);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: exporting.button }).click();
    await (await download).saveAs(file);
    await page.getByText(/^Экспорт готов: \d+ стро\S+, \d+,\d\sМБ\.$/).waitFor();
    const field = page.getByLabel(importing.file);
    await field.setInputFiles({ name: "menu.txt", mimeType: "text/plain", buffer: Buffer.from("пицца") });
    await page.getByText(faults.foreign).waitFor();
    await inspect(page, "kitchen-ru-import-foreign");
    await expectRussian(page, "#transfer");
    const spoilt = path.join(folder, "spoilt.ndjson");
    await writeFile(spoilt, spoil(await readFile(file, "utf8")));
    await page.getByLabel(importing.merge).check();
    await field.setInputFiles(spoilt);
    await page.getByText(importing.merged("осталось как было 1, отклонено 4")).waitFor();
    const tellRow = (line: number, kind: string, outcome: string, { text, says }: Told) =>
      importing.row(line, kind, outcome, text, says);
    const rows = page.getByRole("list", { name: importing.rows }).getByRole("listitem");
    await expect
      .poll(() => rows.allTextContents())
      .toEqual([
        tellRow(2, "class", "kept", isNamedOtherwise({ name: "Hawaiian" })),
        tellRow(3, "example", "refused", itemIsMissing({ id: "anchovy" })),
        tellRow(4, "example", "refused", rowIsMisfilled({ faults: "", fields: "photoId" })),
        tellRow(5, "", "refused", rowIsOfNoKind()),
        tellRow(6, "", "refused", rowIsNoJson()),
      ]);
    await inspect(page, "kitchen-ru-import");
    await expectRussian(page, "#transfer");
    expect(complaints).toEqual([]);
  });

  it("says it all on a phone", async () => {
    const { page, complaints } = await enter(RUSSIAN_PHONE);
    const { history, keys, transfer } = texts;
    await makeKey(page, "Официант с террасы", "label");
    await inspect(page, "kitchen-ru-records-secret");
    for (const title of [keys.limits.title, history.log.title, transfer.title]) {
      await unfold(page, title);
    }
    await page.getByRole("table", { name: keys.limits.title }).waitFor();
    await page.locator("#audit").getByRole("listitem").nth(19).waitFor();
    const inspectPart = async (part: string) => {
      await page.locator(`#${part}`).scrollIntoViewIfNeeded();
      await inspect(page, `kitchen-ru-records-${part}`);
    };
    for (const part of ["keys", "limits", "audit", "transfer"]) await inspectPart(part);
    await expectRussian(page, "#keys", "#limits", "#records");
    await goTo(page, "/admin/versions");
    await unfold(page, history.runs.title);
    await page.getByRole("table", { name: history.runs.title }).waitFor();
    await inspectPart("runs");
    await expectRussian(page, "#history");
    expect(complaints).toEqual([]);
  });
});
