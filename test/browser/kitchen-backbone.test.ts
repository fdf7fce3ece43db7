/** A change of the backbone in the kitchen, in a real browser: how to begin, how far it is, both compared, what is missing, and giving it up. */
import { describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import { backbone as russian } from "../../src/web/texts/kitchen/ru/backbone.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { embedAsOther } from "../support/second-embedding.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, findForeignWords, RUSSIAN_PHONE } from "./kitchen-language.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { inspect } from "./kitchen-steps.ts";
import { weighPage } from "./page-weight.ts";
import { useStage } from "./stage.ts";

const MAX_PLACE_BYTES = 60_000;
const OTHER = { id: "c".repeat(64), name: "other-backbone-1.0-224", dimension: 24 };
const OWN = (await readOwnBackbone()).manifest;
const NAMES = ["Pepperoni", "Hawaiian", "Margherita", OTHER.name, "headstart", "mobilenet"];

/** Begins a change, and embeds all examples but so many. */
async function prepareOther(server: DevServer, lacking: number): Promise<void> {
  const { ask } = createSeeder(server);
  const headers = { authorization: `Bearer ${server.adminToken}`, "content-type": "application/json" };
  const begun = await fetch(`${server.url}/v1/admin/second-backbone`, {
    method: "PUT",
    headers,
    body: JSON.stringify(OTHER),
  });
  expect(begun.status).toBe(204);
  const { missing } = (await ask(`/second-backbone/missing?backbone=${OTHER.id}`)) as {
    missing: { photo: string; label: string }[];
  };
  const embeddings = missing.slice(lacking).map((sample) => embedAsOther(sample, OTHER.dimension));
  await ask("/second-backbone/embeddings", { backbone: OTHER.id, embeddings });
}

describe.skipIf(!hasBrowser())("a change of the backbone in the kitchen", () => {
  const stage = useStage({
    vars: { KEEP_PICTURES: "thumbnails" },
    prepare: async ({ server }) => {
      const seeder = createSeeder(server);
      await seeder.teachMenu(10);
      await seeder.ask("/test-set", { share: 0.2 });
      await seeder.ask("/training-runs", {});
    },
  });

  it("says how to begin while there is one alone", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/versions");
    await page.getByText("Another backbone", { exact: true }).click();
    const fold = page.locator("#backbone");
    await fold.getByText("No other backbone is being prepared.").waitFor();
    expect(await fold.locator("code").allTextContents()).toEqual(["npx headstart reembed photos/ --backbone <name>"]);
    await inspect(page, "kitchen-backbone-alone");
    expect(complaints).toEqual([]);
  });

  it("says how far the other one is, and shows what it lacks with its pictures", async () => {
    await prepareOther(stage.server, 3);
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/versions");
    await page.locator("#backbone summary").click();
    const fold = page.locator("#backbone");
    await fold.getByText(`${OWN.name} answers guests. Beside it there is ${OTHER.name}.`).waitFor();
    expect(await fold.getByRole("row", { name: "ready 27 of 30" }).count()).toBe(1);
    expect(await fold.getByRole("row", { name: "still missing 3" }).count()).toBe(1);
    await fold.getByText("Both are compared as soon as nothing is missing.").waitFor();
    expect(await fold.locator("code").allTextContents()).toEqual([
      `npx headstart reembed photos/ --backbone ${OTHER.name}`,
    ]);
    expect((await weighPage(page)).bytes).toBeLessThan(MAX_PLACE_BYTES);
    await inspect(page, "kitchen-backbone-begun");
    await fold.getByRole("link", { name: /What is still missing/ }).click();
    await page.waitForURL(`**/admin/look?missing=${OTHER.id}`);
    await page.getByRole("heading", { name: "What the other backbone still lacks" }).waitFor();
    const pictures = page.getByRole("listbox").locator("img");
    await expect.poll(() => pictures.count()).toBe(3);
    await expect.poll(() => pictures.last().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(256);
    await inspect(page, "kitchen-backbone-missing");
    expect(complaints).toEqual([]);
  });

  it("sets both beside each other on the same examples and on the test set", async () => {
    await createSeeder(stage.server).ask("/second-backbone/head", { leave: "all" });
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/versions");
    await page.locator("#backbone summary").click();
    for (const [judgedOn, examples] of [
      ["On what you taught, each as if it were new", 21],
      ["On the test set", 6],
    ] as const) {
      const table = page.getByRole("table", { name: judgedOn });
      await table.waitFor();
      for (const name of [OWN.name, OTHER.name]) {
        const cell = table.getByRole("row", { name }).getByRole("cell");
        expect(await cell.textContent()).toMatch(new RegExp(`^about \\d+ of ${examples}, probably`));
      }
    }
    expect(await page.locator("#backbone code").allTextContents()).toEqual([
      `npm run backbone -- use ${OTHER.name} && npm run deploy`,
    ]);
    await inspect(page, "kitchen-backbone-ready");
    expect(complaints).toEqual([]);
  });

  it("fits a phone, and speaks Russian there", async () => {
    const { page, complaints } = await openPage(stage.browser, RUSSIAN_PHONE);
    await enterKitchen(page, stage.server, "/admin/versions");
    await page.locator("#backbone summary").click();
    await page.getByRole("table", { name: russian.figureRows.leftOut }).scrollIntoViewIfNeeded();
    expect(await findForeignWords(page, "#backbone", NAMES)).toEqual([]);
    await inspect(page, "kitchen-backbone-ru");
    await page.goto(`${stage.server.url}/admin/look?missing=${OTHER.id}`);
    await expect.poll(() => page.getByRole("listbox").locator("img").count()).toBe(3);
    expect(await findForeignWords(page, "#main", NAMES)).toEqual([]);
    await inspect(page, "kitchen-backbone-missing-ru");
    expect(complaints).toEqual([]);
  });

  it("is given up after a question, and gone then", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await enterKitchen(page, stage.server, "/admin/versions");
    await page.locator("#backbone summary").click();
    const fold = page.locator("#backbone");
    const giveUp = fold.getByRole("button", { name: `Give ${OTHER.name} up` });
    await giveUp.click();
    await expect
      .poll(() => fold.getByRole("button", { name: "Leave it" }).evaluate((one) => one === document.activeElement))
      .toBe(true);
    await inspect(page, "kitchen-backbone-sure");
    await page.keyboard.press("Enter");
    await expect.poll(() => giveUp.evaluate((one) => one === document.activeElement)).toBe(true);
    await giveUp.click();
    await fold.getByRole("button", { name: "Give it up", exact: true }).click();
    await fold.getByText(`${OTHER.name} is given up.`).waitFor();
    await fold.getByText("No other backbone is being prepared.").waitFor();
    await expect.poll(() => fold.locator("summary").evaluate((one) => one === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });
});
