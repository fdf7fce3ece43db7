/** Export and import in the kitchen, from one deployment into an empty one, in a real browser; also through axe. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { startServer } from "../support/start-server.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { countUp, createSeeder } from "./kitchen-seed.ts";
import { goTo, itemCard, signIn } from "./kitchen-steps.ts";

describe.skipIf(!hasBrowser())("export and import in the kitchen", () => {
  let browser: Browser;
  let [from, into]: (DevServer | undefined)[] = [];
  let folder: string;
  let file: string;

  const start = async (name: string) => startServer({ dataDir: path.join(folder, name), quiet: true });
  const enter = async (server: DevServer | undefined) => {
    if (server === undefined) throw new Error("the server did not start");
    const opened = await openPage(browser, { ...DESKTOP, acceptDownloads: true });
    await signIn(opened.page, server.url, server.adminToken, "/admin/settings");
    await opened.page.getByText("Export and import").click();
    // The sections are filled from here on, and every button works.
    await opened.page.getByText(/No key yet/).waitFor();
    // The script of this part comes with its opening: a file chosen before that is heard by nobody.
    await expect.poll(() => opened.page.getByLabel("Import an export").isEnabled()).toBe(true);
    return opened;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-transfer-"));
    file = path.join(folder, "export.ndjson");
    browser = await launchBrowser();
    from = await start("from");
    into = await start("into");
    const seeder = createSeeder(from);
    await seeder.teach("Pepperoni", "pepperoni", countUp(0, 4));
    await seeder.teach("Hawaiian", "hawaiian", countUp(0, 5));
    await seeder.ask("/training-runs", {});
    await seeder.correct("hawaiian", 9, "Pepperoni");
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([from?.stop(), into?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it("saves everything in a file, counting as it comes", async () => {
    const { page, complaints } = await enter(from);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export everything" }).click();
    await (await download).saveAs(file);
    await page.getByText(/^Exported: \d+ rows, \d+\.\d MB\.$/).waitFor();
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    expect(lines.filter((line) => line.includes('"kind":"example"'))).toHaveLength(9);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ kind: "end" });
    expect(complaints).toEqual([]);
  });

  it("says so when the script of this part does not come, and has it after a reload", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.route("**/*transfer-section*", (route) => route.abort());
    await signIn(page, from?.url ?? "", from?.adminToken ?? "", "/admin/settings");
    await page.getByText(/No key yet/).waitFor();
    await page.getByText("Export and import").click();
    await page.getByText("This part of the page did not load. Check your connection").waitFor();
    await expect.poll(() => page.getByRole("button", { name: "Export everything" }).isDisabled()).toBe(true);
    await page.unroute("**/*transfer-section*");
    await page.getByRole("button", { name: "Reload the page" }).click();
    await page.getByText("Export and import").click();
    await expect.poll(() => page.getByRole("button", { name: "Export everything" }).isEnabled()).toBe(true);
  });

  it("refuses a file that is cut off, before any of it is sent", async () => {
    const { page, complaints } = await enter(into);
    const text = await readFile(file, "utf8");
    const cut = path.join(folder, "cut.ndjson");
    await writeFile(cut, text.slice(0, text.trimEnd().lastIndexOf("\n") + 1));
    await page.getByLabel("Import an export").setInputFiles(cut);
    await page.getByText("The file is cut off: its last line is missing.").waitFor();
    await goTo(page, "/admin/menu");
    await page.getByText("The menu is empty. Name the first item above.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("restores it into an empty deployment; the same file again finds everything there", async () => {
    const { page, complaints } = await enter(into);
    await page.getByLabel("Import an export").setInputFiles(file);
    await page.getByText(/^Restored: \d+ stored\b.*\.$/).waitFor();
    await page.getByLabel("Import an export").setInputFiles(file);
    await page.getByText(/^Restored: .*\d+ here already/).waitFor();
    await page.getByRole("button", { name: "Give up the restore" }).click();
    await page.getByText("No restore is under way.").waitFor();
    expect(await captureState(page, "kitchen-transfer")).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await goTo(page, "/admin/menu");
    await itemCard(page, "Hawaiian").locator(".item-count", { hasText: "5 photos" }).waitFor();
    await goTo(page, "/admin/versions");
    await page.getByRole("heading", { name: "Version 1", exact: true }).waitFor();
    // -- giving up what is not under way is answered with 404, which the browser notes
    expect(complaints).toEqual([expect.stringContaining("404")]);
  });

  it("asks before it brings back what was forgotten here", async () => {
    const { page, complaints } = await enter(into);
    const add = async () => {
      await page.getByLabel("Add it to what is here").check();
      await page.getByLabel("Import an export").setInputFiles(file);
    };
    await add();
    await page.getByText(/^Merged: /).waitFor();
    await forgetGuest(into);
    await add();
    await page.getByText(/The file holds what is not here: 1 correction\./).waitFor();
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Do not add it");
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByText("Nothing was added.").waitFor();
    await add();
    await page.getByRole("button", { name: "Add it anyway" }).click();
    await page.getByText(/^Merged: 1 stored/).waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Forgets the guest whose correction waits. */
async function forgetGuest(server: DevServer | undefined): Promise<void> {
  if (server === undefined) throw new Error("the server did not start");
  const { reviews } = (await createSeeder(server).ask("/reviews")) as { reviews: { contributor: string }[] };
  const route = `${server.url}/v1/admin/contributors/${encodeURIComponent(reviews[0].contributor)}`;
  const headers = { authorization: `Bearer ${server.adminToken}` };
  expect((await fetch(route, { method: "DELETE", headers })).ok).toBe(true);
}
