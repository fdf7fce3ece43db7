/**
 * Guests' page and kitchen's door against WCAG 2.2 AA beyond what axe sees: targets, focus, text spacing, motion, paper, forced
 * colours, and what a screen reader is told. Every state is measured, in both languages.
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DevServer } from "../../cli/dev-server.ts";
import type { Texts } from "../../src/web/texts/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import { LANGUAGES } from "../../src/web/texts/languages.ts";
import { DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { visitStates } from "./form-states.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { photoFile } from "./kitchen-steps.ts";
import {
  findCutText,
  findMisnamedControls,
  findMotion,
  findPaleText,
  findSmallTargets,
  listenToPage,
  spaceText,
  takeHeard,
  walkFocus,
} from "./page-probes.ts";
import { openStage, type Stage } from "./stage.ts";

const PHOTOS_PER_ITEM = 12;
const SIZES = [
  ["phone", PHONE],
  ["desktop", DESKTOP],
] as const;
const CASES = LANGUAGES.flatMap((texts) => SIZES.map(([size, options]) => ({ texts, tag: texts.tag, size, options })));

describe.skipIf(!hasBrowser())("the guests' page and the kitchen's door", () => {
  let browser: Browser;
  let server: DevServer;
  let stage: Stage | undefined;

  beforeAll(async () => {
    stage = await openStage();
    ({ browser, server } = stage);
    const seeder = createSeeder(server);
    await seeder.teachMenu(PHOTOS_PER_ITEM);
    await seeder.ask("/training-runs", {});
  });

  afterAll(() => stage?.close());

  /** Calls `measure` in every state, the door with a refused token among them; the faults by the state's name. */
  const measureStates = async (
    texts: Texts,
    options: BrowserContextOptions,
    measure: (page: Page) => Promise<readonly string[]>,
  ): Promise<string[]> => {
    const { page } = await openPage(browser, { ...options, locale: texts.tag });
    const faults: string[] = [];
    const visit = async (state: string) => {
      faults.push(...(await measure(page)).map((fault) => `${state}: ${fault}`));
    };
    const { door } = findKitchenTexts(texts.tag).frame;
    await visitStates(page, texts, server.url, visit);
    await page.goto(`${server.url}/admin`);
    await page.getByLabel(door.field).fill("not the token");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(door.refused).waitFor();
    await visit("door");
    await page.context().close();
    return faults;
  };

  it("would be found out: each probe sees what it is for", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.setContent(`<body style="color: #999">
      <button style="width: 9px; height: 9px; padding: 0; outline: none">x</button>
      <label style="display: inline-block; padding: 9px">Seen<input type="file" aria-label="Heard" hidden></label>
      <p style="overflow: hidden; width: 1em; white-space: nowrap">cut off</p>`);
    expect(await findSmallTargets(page)).toEqual([expect.stringContaining("9 x 9")]);
    expect(await findMisnamedControls(page)).toEqual(["Seen is called Heard"]);
    expect(await findCutText(page)).toEqual(["cut off: cut off"]);
    expect(await findPaleText(page)).toEqual([expect.stringContaining("Seen"), expect.stringContaining("cut off")]);
    expect(await walkFocus(page)).toMatchObject({
      stops: ["x"],
      faults: ["x: the ring is 0 px wide", expect.stringContaining("contrast")],
    });
  });

  it.each(CASES)("have targets of at least 24 pixels, $tag on a $size", async ({ texts, options }) => {
    expect(await measureStates(texts, options, findSmallTargets)).toEqual([]);
  });

  it.each(CASES)("are called what is written on them, $tag on a $size", async ({ texts, options }) => {
    expect(await measureStates(texts, options, findMisnamedControls)).toEqual([]);
  });

  it.each(CASES)("cut off no text that a reader has spaced out, $tag on a $size", async ({ texts, options }) => {
    const faults = await measureStates(texts, options, async (page) => {
      await spaceText(page);
      return findCutText(page);
    });
    expect(faults).toEqual([]);
  });

  it.each(["light", "dark"] as const)("show where the focus is, uncovered, in %s", async (colorScheme) => {
    const measure = async (page: Page) => (await walkFocus(page)).faults;
    expect(await measureStates(LANGUAGES[0], { ...DESKTOP, colorScheme }, measure)).toEqual([]);
    expect(await measureStates(LANGUAGES[1], { ...PHONE, colorScheme }, measure)).toEqual([]);
  });

  it("keep still where motion is unwelcome", async () => {
    expect(await measureStates(LANGUAGES[0], DESKTOP, findMotion)).toEqual([]);
    const moving = await measureStates(LANGUAGES[0], { ...DESKTOP, reducedMotion: "no-preference" }, findMotion);
    expect(moving).not.toEqual([]);
  });

  it("print dark text on white paper, whatever the screen's colours", async () => {
    const measure = async (page: Page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      const faults = await findPaleText(page);
      await page.emulateMedia({ media: null, colorScheme: null });
      return faults;
    };
    expect(await measureStates(LANGUAGES[0], DESKTOP, measure)).toEqual([]);
  });

  it("show focus and bars in forced colours", async () => {
    const measure = async (page: Page) => (await walkFocus(page)).faults;
    expect(await measureStates(LANGUAGES[0], { ...DESKTOP, forcedColors: "active" }, measure)).toEqual([]);
    const { page } = await openPage(browser, { ...DESKTOP, forcedColors: "active" });
    await visitStates(page, LANGUAGES[0], server.url, async (state) => {
      if (state === "answer") expect(await readColours(page, ".bar-fill", "backgroundColor")).toHaveLength(2);
    });
  });

  it.each(LANGUAGES)("tell a screen reader each step once, in $tag", async (texts) => {
    const { page } = await openPage(browser, { ...DESKTOP, locale: texts.tag });
    await listenToPage(page);
    const told = new Map<string, readonly string[]>();
    await visitStates(page, texts, server.url, async (state) => {
      told.set(state, await takeHeard(page));
    });
    expect(told.get("start")).toEqual([texts.device.off]);
    expect(told.get("answer")).toEqual([
      texts.answer.looking,
      `${texts.answer.sure("Pepperoni")} ${texts.answer.almostCertain}`,
    ]);
    expect(told.get("list")).toEqual([texts.picker.title]);
    expect(told.get("something else")).toEqual([texts.missing.title]);
    expect(told.get("thanks")?.at(-1)).toMatch(new RegExp(`^${texts.thanks.title} `));
    expect(told.get("refused")).toEqual([texts.answer.looking, texts.problems.not_an_image + texts.anotherPhoto]);
  });

  it("are trees of names and roles that a screen reader can go through", async () => {
    const { page } = await openPage(browser, DESKTOP);
    const trees = new Map<string, string>();
    await visitStates(page, LANGUAGES[0], server.url, async (state) => {
      trees.set(state, (await page.locator("body").ariaSnapshot()).replace(/\d+%/g, "N%"));
    });
    expect(trees.get("start")).toMatchInlineSnapshot(`
      "- link "Skip to the content":
        - /url: "#main"
      - banner:
        - link "Headstart":
          - /url: /
        - navigation "Site":
          - link "Kitchen":
            - /url: /admin
      - main:
        - heading "What have we here?" [level=1]
        - paragraph: Show me a photo, and I’ll tell you what it is on our menu.
        - form "Photo":
          - text: Drop a photo here or paste one, or click to choose Choose a photo
          - button "Choose a photo"
        - region "Answer":
          - status
          - paragraph: On the menu
          - list:
            - listitem: Pepperoni
            - listitem: Hawaiian
            - listitem: Margherita
          - alert
        - checkbox "Keep my photo on this device"
        - text: Keep my photo on this device
        - status: Your device then does the looking itself. It downloads a few megabytes for that, once.
        - paragraph: Your photo is shrunk on your device before it is sent, looked at once, and not kept."
    `);
    expect(trees.get("answer")).toMatchInlineSnapshot(`
      "- link "Skip to the content":
        - /url: "#main"
      - banner:
        - link "Headstart":
          - /url: /
        - navigation "Site":
          - link "Kitchen":
            - /url: /admin
      - main:
        - heading "What have we here?" [level=1]
        - paragraph: Show me a photo, and I’ll tell you what it is on our menu.
        - form "Photo":
          - img "Your photo, as I will see it"
          - text: Choose another
          - button "Choose another"
        - region "Answer":
          - status:
            - heading "Looks like Pepperoni" [level=2]
            - paragraph: I’m almost certain.
          - list "How well each item fits":
            - listitem: Pepperoni N%
            - listitem: Hawaiian N%
            - listitem: Margherita <N%
          - button "That’s right"
          - button "That’s wrong"
          - button "It’s not on the menu"
          - paragraph: I have seen only a few photos of this menu, so I may take something else for one of its dishes. If you tell me, the staff get a small copy of your photo. They delete it once they have decided.
          - alert
        - checkbox "Keep my photo on this device"
        - text: Keep my photo on this device
        - status: Your device then does the looking itself. It downloads a few megabytes for that, once.
        - paragraph: Your photo is shrunk on your device before it is sent, looked at once, and not kept."
    `);
    expect(trees.get("list")).toMatchInlineSnapshot(`
      "- link "Skip to the content":
        - /url: "#main"
      - banner:
        - link "Headstart":
          - /url: /
        - navigation "Site":
          - link "Kitchen":
            - /url: /admin
      - main:
        - heading "What have we here?" [level=1]
        - paragraph: Show me a photo, and I’ll tell you what it is on our menu.
        - form "Photo":
          - img "Your photo, as I will see it"
          - text: Choose another
          - button "Choose another"
        - region "Answer":
          - status:
            - heading "Which one is it?" [level=2]
          - group "Which one is it?":
            - button "Hawaiian"
            - button "Margherita"
            - button "Back"
            - button "Something else"
          - alert
        - checkbox "Keep my photo on this device"
        - text: Keep my photo on this device
        - status: Your device then does the looking itself. It downloads a few megabytes for that, once.
        - paragraph: Your photo is shrunk on your device before it is sent, looked at once, and not kept."
    `);
    await page.goto(`${server.url}/admin`);
    expect(await page.locator("body").ariaSnapshot()).toMatchInlineSnapshot(`
      "- link "Skip to the content":
        - /url: "#main"
      - banner:
        - link "Headstart":
          - /url: /
        - navigation "Site":
          - link "Guests’ page":
            - /url: /
      - main:
        - heading "Kitchen" [level=1]
        - paragraph:
          - text: Sign in with your key or the admin token. On your own computer, open the link that
          - code: npm start
          - text: prints; a deployed Worker keeps the token in the secret
          - code: ADMIN_TOKEN
          - text: .
        - text: Key or admin token
        - textbox "Key or admin token"
        - button "Sign in"
        - alert"
    `);
  });

  it("keep the focus where the guest was when what they pressed goes", async () => {
    const { page } = await openPage(browser, DESKTOP);
    const panelHasFocus = () => page.evaluate("document.activeElement.id === 'panel'");
    await page.goto(server.url);
    await page.getByText("On the menu").waitFor();
    await page.context().setOffline(true);
    await page.getByLabel("Choose a photo").setInputFiles(photoFile("pepperoni", 60));
    await page.getByRole("button", { name: "Try again" }).press("Enter");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    await expect.poll(() => panelHasFocus()).toBe(true);
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "That’s wrong" }).press("Enter");
    await page.locator(".choices button:focus").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "That’s wrong" }).waitFor();
    await expect.poll(() => panelHasFocus()).toBe(true);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("That’s right");
  });
});

/** The different values of a colour: of the first such element and of the card that it is on. */
async function readColours(page: Page, selector: string, property: "backgroundColor"): Promise<readonly string[]> {
  const colours = await page.evaluate(
    ([first, name]) => {
      const element = document.querySelector(first);
      return [element, element?.closest(".card")].map((one) => (one ? getComputedStyle(one)[name] : ""));
    },
    [selector, property] as const,
  );
  return [...new Set(colours)];
}
