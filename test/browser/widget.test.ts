/**
 * `<headstart-classify>` as a shop has it: on a page of another origin, under a policy that allows scripts and calls to the deployment
 * and nothing else. The page is `examples/widget` with real addresses.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { texts as english } from "../../src/web/texts/en.ts";
import { texts as russian } from "../../src/web/texts/ru.ts";
import { findBarriers } from "./accessibility.ts";
import { captureState, DESKTOP, hasBrowser, openPage, PHONE } from "./chromium.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { photoFile } from "./kitchen-steps.ts";
import { openStage, type Stage } from "./stage.ts";

const EXAMPLE = path.join(import.meta.dirname, "../../examples/widget");
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };
const PHOTOS_PER_ITEM = 12;
const MAX_WIDGET_BYTES = 20_000;
const TURNSTILE = "https://challenges.cloudflare.com";
/** As much of Cloudflare's script as a widget meets: a new token whenever it is asked for one. */
const TURNSTILE_SCRIPT = `let made = 0;
  const give = (options) => setTimeout(() => options.callback("token-" + ++made));
  let given;
  window.turnstile = {
    render(container, options) { container.textContent = options.sitekey; given = options; give(options); return "1"; },
    reset() { give(given); },
  };`;

describe.skipIf(!hasBrowser())("the widget on another site", () => {
  let shop: Server;
  let shopUrl: string;
  let stage: Stage;

  beforeAll(async () => {
    shop = createServer((request, response) => void answer(request.url ?? "/").then((file) => send(response, file)));
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const address = shop.address();
    if (address === null || typeof address === "string") throw new Error("the shop has no port");
    shopUrl = `http://127.0.0.1:${address.port}`;
    stage = await openStage({ CORS_ORIGINS: shopUrl, FRAME_ORIGINS: shopUrl });
    const seeder = createSeeder(stage.server);
    await seeder.teachMenu(PHOTOS_PER_ITEM);
    await seeder.ask("/training-runs", {});
  });

  afterAll(async () => {
    await stage?.close();
    shop.close();
  });

  /** A file of the example, which is another site than the deployment by its port. */
  const answer = async (url: string): Promise<readonly [type: string, body: string]> => {
    if (url === "/framed")
      return ["text/html", `<!doctype html><title>f</title><iframe src="${stage.server.url}/" title="menu"></iframe>`];
    if (url === "/framed-kitchen")
      return ["text/html", `<!doctype html><title>f</title><iframe src="${stage.server.url}/admin"></iframe>`];
    if (url === "/checked") return ["text/html", await checkedPage()];
    const name = url === "/" ? "index.html" : path.basename(url);
    const body = await readFile(path.join(EXAMPLE, name), "utf8").catch(() => "");
    return [TYPES[path.extname(name)] ?? "text/plain", body.replaceAll("https://menu.example", stage.server.url)];
  };
  /** Under the policy that the guide asks for where guests show that they are people. */
  const checkedPage = async (): Promise<string> => {
    const page = await readFile(path.join(EXAMPLE, "index.html"), "utf8");
    const policy = page.replace("script-src 'self'", `script-src 'self' ${TURNSTILE}`);
    return policy.replaceAll("https://menu.example", stage.server.url);
  };
  const send = (response: ServerResponse, [type, body]: readonly [string, string]) => {
    response.writeHead(body === "" ? 404 : 200, { "content-type": `${type}; charset=utf-8` }).end(body);
  };
  const open = async (options: BrowserContextOptions): Promise<{ page: Page; complaints: readonly string[] }> => {
    const opened = await openPage(stage.browser, options);
    await opened.page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    await opened.page.goto(shopUrl);
    return opened;
  };
  const setOnWidget = async (page: Page, name: string, value: string) => {
    const change = `document.querySelector("headstart-classify").setAttribute("${name}", "${value}")`;
    await page.evaluate(change);
  };
  const classify = async (page: Page, texts: typeof english) => {
    await page.getByLabel(texts.intake.choose).setInputFiles(photoFile("pepperoni", 91));
    await page.getByRole("heading", { name: texts.answer.sure("Pepperoni") }).waitFor();
  };

  it("answers, is corrected and says thank you, without a complaint of the page's policy and without a cookie", async () => {
    const { page, complaints } = await open(DESKTOP);
    await classify(page, english);
    expect(await page.locator("#basket").textContent()).toBe("Order Pepperoni?");
    await page.getByRole("button", { name: english.answer.wrong }).click();
    await page.getByRole("button", { name: "Margherita" }).click();
    await page.getByRole("heading", { name: english.thanks.title }).waitFor();
    expect(await createSeeder(stage.server).ask("/reviews")).toMatchObject({
      reviews: [{ label: "margherita" }],
    });
    expect(await page.context().cookies()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("goes on to the next photo, by keyboard alone", async () => {
    const { page } = await open(DESKTOP);
    await classify(page, english);
    await page.getByRole("button", { name: english.answer.right }).press("Enter");
    await page.getByRole("button", { name: english.anotherPhoto }).press("Enter");
    const focused = "document.activeElement.shadowRoot.activeElement.type";
    expect(await page.evaluate(focused)).toBe("file");
    await classify(page, english);
  });

  it.each([
    ["desktop", DESKTOP],
    ["phone", PHONE],
  ] as const)("has no barrier in any state on a %s", async (size, options) => {
    const { page } = await open(options);
    await page.getByLabel(english.intake.choose).waitFor({ state: "attached" });
    // The policy of the shop's page keeps axe out as well, which is no fault of the widget's.
    const visit = async (state: string) => {
      expect(await findBarriers(page)).toEqual([]);
      expect(await captureState(page, `widget-${size}-${state}`)).toBe(0);
    };
    await visit("start");
    await classify(page, english);
    await visit("answer");
    await page.getByRole("button", { name: english.answer.wrong }).click();
    await visit("list");
    await page
      .getByLabel(english.intake.another)
      .setInputFiles({ ...photoFile("pepperoni", 1), buffer: Buffer.from("no photo") });
    await page.getByRole("alert").getByText(english.problems.not_an_image).waitFor();
    await visit("refused");
  });

  it("speaks the language it is told, and starts again where it is pointed elsewhere", async () => {
    const { page } = await open(DESKTOP);
    await setOnWidget(page, "lang", "ru-RU");
    await classify(page, russian);
    await setOnWidget(page, "lang", "en");
    await page.getByText(english.intake.choose).waitFor();
    expect(await page.getByRole("heading", { name: russian.answer.sure("Pepperoni") }).count()).toBe(0);
  });

  it("says so when the deployment cannot be reached, and asks again", async () => {
    const { page } = await open(DESKTOP);
    await setOnWidget(page, "endpoint", "http://127.0.0.1:9");
    await page.getByRole("alert").getByText(english.problems.offline).waitFor();
    await setOnWidget(page, "endpoint", `${stage.server.url}/`);
    await classify(page, english);
  });

  it("does not show what a name of an item pretends to be", async () => {
    const name = "<img src=x onerror=alert(1)>";
    await createSeeder(stage.server).ask("/classes", { name, id: "odd" });
    const { page } = await open(DESKTOP);
    await classify(page, english);
    await page.getByRole("button", { name: english.answer.wrong }).click();
    await page.getByRole("button", { name }).waitFor();
  });

  it("shows that a person asks, with a token for each call that writes", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    const tokens: (string | undefined)[] = [];
    page.on("request", (sent) => {
      if (sent.method() === "POST") tokens.push(sent.headers()["cf-turnstile-response"]);
    });
    await page.route(`${TURNSTILE}/**`, (route) =>
      route.fulfill({ contentType: "text/javascript", body: TURNSTILE_SCRIPT }),
    );
    // The deployment of this suite asks nobody: only its menu is made to say so, and the calls then go to it as they are.
    await page.route("**/v1/menu", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), humanCheck: { siteKey: "1x00000000AA" } } });
    });
    await page.goto(`${shopUrl}/checked`);
    await page.getByText("1x00000000AA").waitFor();
    await classify(page, english);
    await page.getByRole("button", { name: english.answer.right }).click();
    await page.getByRole("heading", { name: english.thanks.title }).waitFor();
    expect(tokens).toEqual(["token-1", "token-2"]);
  });

  it("is one file of less than 20 KB, kept for ever under the name with its hash", async () => {
    const current = await fetch(`${stage.server.url}/widget.js`);
    expect(current.headers.get("access-control-allow-origin")).toBe("*");
    expect(current.headers.get("cache-control")).toContain("max-age=3600");
    const body = Buffer.from(await current.arrayBuffer());
    expect(gzipSync(body).length).toBeLessThan(MAX_WIDGET_BYTES);
    const guide = await (await fetch(`${stage.server.url}/docs/widget`)).text();
    const [pinned] = /widget-[0-9a-f]{12}\.js/.exec(guide) ?? [];
    const same = await fetch(`${stage.server.url}/${pinned}`);
    expect(same.headers.get("cache-control")).toContain("immutable");
    expect(Buffer.from(await same.arrayBuffer()).equals(body)).toBe(true);
  });

  it("is shown at work by its guide", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.goto(`${stage.server.url}/docs/widget`);
    await classify(page, english);
    expect(await findBarriers(page)).toEqual([]);
    expect(await captureState(page, "widget-guide")).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("lets that site frame the guests' page, and nobody the kitchen", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await page.goto(`${shopUrl}/framed`);
    const frame = page.frameLocator("iframe");
    await frame.getByLabel(english.intake.choose).setInputFiles(photoFile("pepperoni", 91));
    await frame.getByRole("heading", { name: english.answer.sure("Pepperoni") }).waitFor();
    const kitchen = await openPage(stage.browser, DESKTOP);
    await kitchen.page.goto(`${shopUrl}/framed-kitchen`);
    await expect.poll(() => kitchen.complaints.join(" ")).toContain("frame-ancestors");
  });
});
