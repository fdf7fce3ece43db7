/** The guests' page and the widget where a model service reads the texts, in a real browser. There is no such service here, so nothing is learnt. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { useWorkersAi } from "../../cli/backbone/workers-ai-backbones.ts";
import { findWritingTexts } from "../../src/web/texts/for-texts/languages.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { startServer } from "../support/start-server.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { inspectGuestPage } from "./form-look.ts";

const SERVICE = "Cloudflare Workers AI";

/** The guide's own widget, in this language. */
async function showWidget(page: Page, url: string, tag: string): Promise<void> {
  await page.goto(`${url}/docs/widget`);
  await page.evaluate(`document.querySelector("headstart-classify").setAttribute("lang", "${tag}")`);
}

it.skipIf(!hasBrowser())(
  "tells guests on the page and in the widget that their text is handed on, and works without the switch",
  async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-service-page-"));
    const backboneDir = path.join(dataDir, "backbone");
    await useWorkersAi("workers-ai:bge-m3", backboneDir);
    const [browser, server] = await Promise.all([launchBrowser(), startServer({ dataDir, backboneDir, quiet: true })]);
    try {
      for (const { tag } of LANGUAGES) {
        const texts = findWritingTexts(tag);
        const { page, complaints } = await openPage(browser, { ...DESKTOP, locale: tag });
        await page.goto(server.url);
        await page.getByText(texts.menu.emptyTitle).waitFor();
        await page.getByText(texts.box.handedOnNote(SERVICE)).waitFor();
        await expect.poll(() => page.getByRole("checkbox").count()).toBe(0);
        await inspectGuestPage(page, texts, "write-handed-on");
        expect(complaints).toEqual([]);
        await page.getByLabel(texts.box.field).fill("Where is my order?");
        await page.getByRole("button", { name: texts.box.ask, exact: true }).click();
        await page.getByRole("alert").getByText(texts.problems.no_head).waitFor();
        await showWidget(page, server.url, tag);
        await page.getByText(texts.box.handedOnNote(SERVICE)).waitFor();
        expect(await findBarriers(page)).toEqual([]);
        expect(await captureState(page, `widget-handed-on-${tag}`)).toBe(0);
        await page.context().close();
      }
    } finally {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);
