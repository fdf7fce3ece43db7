/** The form as a guest opens it, in a language, with script or without: for suites that look at what it says. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { DESKTOP, openPage, PHONE } from "./chromium.ts";
import { GUEST_HEADERS } from "./crowd.ts";
import { createSeeder, type Seeder } from "./kitchen-seed.ts";
import type { PhotoFile } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

/** A desktop's window, which is narrowed to a phone's as well, speaks English; a touch screen speaks Russian. */
export function windowFor(texts: Texts): BrowserContextOptions {
  return texts.tag === "en" ? DESKTOP : PHONE;
}

/** One suite's browser, server and pages; call it in the suite. */
export function useGuestStage(vars: Readonly<Record<string, string>>, prepare: (seeder: Seeder) => Promise<void>) {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(vars);
    await prepare(createSeeder(stage.server));
  });
  afterAll(() => stage?.close());
  const open = async (texts: Texts, options: BrowserContextOptions = {}): Promise<Page> => {
    const { page } = await openPage(stage.browser, {
      ...windowFor(texts),
      locale: texts.tag,
      extraHTTPHeaders: GUEST_HEADERS,
      ...options,
    });
    await page.goto(stage.server.url);
    return page;
  };
  const ask = async (texts: Texts, photo: PhotoFile): Promise<Page> => {
    const page = await open(texts);
    await page.getByText(texts.menu.title).waitFor();
    await page.getByLabel(texts.intake.choose).setInputFiles(photo);
    return page;
  };
  const askPlainly = async (texts: Texts, photo: PhotoFile): Promise<Page> => {
    const page = await open(texts, { javaScriptEnabled: false });
    await page.getByLabel(texts.intake.choose).setInputFiles(photo);
    await page.getByRole("button", { name: texts.intake.ask }).click();
    return page;
  };
  const dataDir = (): string => stage.dataDir;
  const server = (): DevServer => stage.server;
  const browser = (): Browser => stage.browser;
  return { server, dataDir, browser, open, ask, askPlainly };
}
