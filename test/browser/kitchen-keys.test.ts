/** API keys and the audit log in the kitchen, in a real browser; each state also goes through axe. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { createSeeder } from "./kitchen-seed.ts";
import { addPhotos, goTo, inspect, itemCard, photoFile, signIn } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

async function makeKey(page: Page, name: string, role: string): Promise<string> {
  await page.getByLabel("What it is for").fill(name);
  await page.getByRole("combobox", { name: "What it may do" }).selectOption(role);
  await page.getByRole("button", { name: "Make a key" }).click();
  return page.getByLabel(`The secret of ${name}`).inputValue();
}

// The steps build on each other: the last one spends the admin token.
describe.skipIf(!hasBrowser())("keys in the kitchen", () => {
  const stage = useStage();

  const askAs = async (secret: string) => {
    const response = await fetch(`${stage.server.url}/v1/admin/overview`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    return response.status;
  };

  it("shows a secret once, makes a new one in its place, and revokes the key", async () => {
    const { page, complaints } = await openPage(stage.browser, {
      ...DESKTOP,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/settings");
    await page.getByText("No key yet.").waitFor();
    const secret = await makeKey(page, "Till by the door", "review");
    expect(secret).toMatch(/^hs_/);
    await inspect(page, "kitchen-secret");
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(secret);
    expect(await askAs(secret)).not.toBe(401);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await page.getByText("asks, teaches and decides on corrections").waitFor();
    expect(await page.content()).not.toContain(secret);
    await page.reload();
    await page.getByText("Till by the door").first().waitFor();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole("button", { name: "New secret: Till by the door" }).click();
    await page.getByText("Programs with the old secret are locked out at once.").waitFor();
    await inspect(page, "kitchen-keys");
    await page.getByRole("button", { name: "Make a new secret" }).click();
    const next = await page.getByLabel("The secret of Till by the door").inputValue();
    expect(next).not.toBe(secret);
    expect(await askAs(secret)).toBe(401);
    await page.getByRole("button", { name: "Revoke: Till by the door" }).click();
    await page.getByRole("button", { name: "Revoke it" }).click();
    await page.getByText("The key Till by the door is revoked.").waitFor();
    await page.getByRole("button", { name: "Revoke: Till by the door" }).waitFor({ state: "detached" });
    expect(await askAs(next)).toBe(401);
    expect(complaints).toEqual([]);
  });

  it("filters the audit log by the words in it", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/settings");
    await page.getByText("Who did what").click();
    const log = page.locator("#audit");
    await log.getByRole("listitem").nth(2).waitFor();
    const all = await log.getByRole("listitem").count();
    expect(all).toBe(3);
    await log.getByLabel("Only those with").fill("revoked");
    await log.getByText("1 entry found.").waitFor();
    await expect.poll(() => log.getByRole("listitem").count()).toBe(1);
    await inspect(page, "kitchen-log");
    await log.getByLabel("Only those with").fill("pineapple");
    await log.getByText("0 entries found.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("lists the limits with their units, once somebody asks", async () => {
    const { page, complaints } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/settings");
    await page.getByText("No key yet.").or(page.getByText("Till by the door")).first().waitFor();
    await page.getByText("Limits", { exact: true }).click();
    const table = page.getByRole("table", { name: "Limits" });
    await table.getByRole("row", { name: "Time that a page stays signed in 12 hours" }).waitFor();
    await table.getByRole("row", { name: "Size of one photo 10.4 MB" }).waitFor();
    const rows = await table.getByRole("row").count();
    const response = await fetch(`${stage.server.url}/v1/admin/limits`, {
      headers: { authorization: `Bearer ${stage.server.adminToken}` },
    });
    expect(await response.json()).toMatchObject({ limits: { length: rows - 1 } });
    await inspect(page, "kitchen-limits");
    expect(complaints).toEqual([]);
  });

  const enterAs = async (role: string) => {
    const { page: owner } = await openPage(stage.browser, DESKTOP);
    await signIn(owner, stage.server.url, stage.server.adminToken, "/admin/settings");
    const secret = await makeKey(owner, `Waiter to ${role}`, role);
    const visit = await openPage(stage.browser, DESKTOP);
    await visit.page.goto(`${stage.server.url}/admin`);
    await visit.page.getByLabel("Key or admin token").fill(secret);
    await visit.page.getByRole("button", { name: "Sign in" }).click();
    return { ...visit, owner };
  };

  it("makes no key before its script is there: a click would be lost", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/settings");
    await page.route("**/assets/admin-settings-en.js", (route) => route.abort());
    await page.reload();
    const button = page.getByRole("button", { name: "Make a key" });
    await button.waitFor();
    await expect.poll(() => button.isDisabled()).toBe(true);
  });

  it("shows somebody who signed in with a review key what that key may do, and says so", async () => {
    const { page, complaints, owner } = await enterAs("review");
    await page.getByText("You are signed in to review:").waitFor();
    await page.getByRole("heading", { name: "Nothing to decide" }).waitFor();
    await page.getByRole("heading", { name: "Corrections from guests" }).waitFor();
    await inspect(page, "kitchen-reviewer");
    for (const place of ["/admin", "/admin/menu", "/admin/versions", "/admin/settings"] as const) {
      await goTo(page, place);
      await page.getByText("You are signed in to review:").waitFor();
      for (const name of ["Train now", "Add to the menu", "Make a key", "Load the example menu"]) {
        await expect.poll(() => page.getByRole("button", { name }).count(), { message: name }).toBe(0);
      }
    }
    await expect.poll(() => page.getByRole("heading", { name: "Keys" }).count()).toBe(0);
    await expect.poll(() => page.getByText("Who did what").isVisible()).toBe(false);
    await inspect(page, "kitchen-reviewer-settings");
    // Nothing was asked for that is refused.
    expect(complaints).toEqual([]);
    await expect.poll(() => owner.getByText("You are signed in to review:").count()).toBe(0);
  });

  it("shows somebody who signed in with a label key the menu to teach, and takes their photos", async () => {
    await createSeeder(stage.server).teach("Pepperoni", "pepperoni", [1]);
    const { page, complaints } = await enterAs("label");
    await page.getByText("You are signed in to teach:").waitFor();
    const card = itemCard(page, "Pepperoni");
    await card.getByText("1 photo", { exact: true }).waitFor();
    // The two without words of their own are fields for photo files: of the item, and of what is not on the menu.
    await expect.poll(() => page.getByRole("button").allTextContents()).toEqual(["Sign out", "", ""]);
    await expect
      .poll(() => page.getByRole("heading").allTextContents())
      .toEqual(["Menu", "Pepperoni", "Not on the menu"]);
    expect(await addPhotos(page, "Pepperoni", [photoFile("pepperoni", 2)])).toBe("1 photo added.");
    await card.getByText("2 photos", { exact: true }).waitFor();
    await inspect(page, "kitchen-teacher");
    // A link to what is not theirs leads here too; their item's own place is theirs.
    await page.goto(`${stage.server.url}/admin/versions`);
    await card.getByRole("link", { name: "Pepperoni" }).click();
    await page.waitForURL("**/admin/menu/pepperoni");
    await card.getByText("2 photos", { exact: true }).waitFor();
    await expect.poll(() => page.getByRole("button").allTextContents()).toEqual(["Sign out", ""]);
    // Nothing was asked for that is refused.
    expect(complaints).toEqual([]);
  });

  it("says that the first admin key takes the place of the admin token, and it does", async () => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await signIn(page, stage.server.url, stage.server.adminToken, "/admin/settings");
    const secret = await makeKey(page, "Owner", "admin");
    await page.getByText("sign in with it from now on").waitFor();
    await page.getByRole("button", { name: "Sign in again" }).waitFor();
    expect(await askAs(stage.server.adminToken)).toBe(401);
    const { page: fresh } = await openPage(stage.browser, DESKTOP);
    await signIn(fresh, stage.server.url, secret, "/admin/settings");
    await fresh.getByText("may do everything").waitFor();
  });
});
