/** The API's documentation in a real browser, under its own content security policy. */
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { useStage } from "./stage.ts";

describe.skipIf(!hasBrowser())("the documentation", () => {
  const stage = useStage();

  it("shows every operation, from this host alone and without a complaint", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    const foreign: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(stage.server.url) && !request.url().startsWith("data:"))
        foreign.push(request.url());
    });
    await page.goto(`${stage.server.url}/docs`);
    await page.getByText("Puts an item on the menu").waitFor();
    const { paths } = await (await fetch(`${stage.server.url}/openapi.json`)).json();
    const operations = Object.values<object>(paths).flatMap((item) => Object.keys(item));
    await expect.poll(() => page.locator(".opblock").count()).toBe(operations.length);
    await page.screenshot({ path: "dist/screenshots/docs.png" });
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("asks the deployment itself when an operation is tried out", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.goto(`${stage.server.url}/docs#/Guests/checkHealth`);
    await page.getByRole("button", { name: "Try it out" }).click();
    await page.getByRole("button", { name: "Execute" }).click();
    await page.locator(".live-responses-table .response-col_status", { hasText: "200" }).waitFor();
    await page.screenshot({ path: "dist/screenshots/docs-tried.png" });
    expect(complaints).toEqual([]);
  });

  it("explains a problem at the address that the problem carries", async () => {
    const answer = await fetch(`${stage.server.url}/v1/nothing`);
    const { type, code } = await answer.json();
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await page.goto(new URL(type, stage.server.url).href);
    await expect.poll(() => page.locator(`dt:target code`).textContent()).toBe(code);
    await page.screenshot({ path: "dist/screenshots/problems.png" });
    expect(complaints).toEqual([]);
  });
});
