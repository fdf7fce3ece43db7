/** Folds of the kitchen whose script or words do not come: each says so, and has them when it is opened again. */
import { describe, expect, it } from "vitest";
import { hasBrowser, openPage } from "./chromium.ts";
import { enterKitchen, RUSSIAN_DESKTOP } from "./kitchen-language.ts";
import { inspect, type PlacePath } from "./kitchen-steps.ts";
import { useStage } from "./stage.ts";

interface OnDemand {
  readonly fold: string;
  /** What the file is called that does not come: its words, or the script where these are in the page. */
  readonly file: string;
  /** Shows when the fold is filled. */
  readonly filled: string;
  /** Where the fold says so, if that is not its body. */
  readonly alert?: string;
}

const FOLDS: readonly (readonly [place: PlacePath, folds: readonly OnDemand[]])[] = [
  [
    "/admin/settings",
    [
      { fold: "transfer", file: "transfer-section", filled: "#export:enabled", alert: "#import-alert" },
      { fold: "places", file: "places", filled: "#places-body form" },
      { fold: "webhooks", file: "webhooks", filled: "#webhooks-body form" },
      { fold: "pictures", file: "pictures-fold", filled: "#pictures-body table" },
      { fold: "backups", file: "backups", filled: "#backups-body .backups" },
      { fold: "limits", file: "limit-names", filled: "#limits-body table" },
    ],
  ],
  [
    "/admin/versions",
    [
      { fold: "testing", file: "testing", filled: "#testing-body .testing" },
      { fold: "backbone", file: "backbone", filled: "#backbone-body .testing" },
    ],
  ],
  ["/admin/menu", [{ fold: "camera", file: "camera", filled: "#camera-body .camera-panel", alert: "#add-item-alert" }]],
];
const MISSING = "Эта часть страницы не загрузилась. Проверьте соединение и обновите страницу.";

describe.skipIf(!hasBrowser())("folds of the kitchen that do not come", () => {
  const stage = useStage();

  it.each(FOLDS)("say so at %s, and are filled when they are opened again", async (place, folds) => {
    const { page } = await openPage(stage.browser, RUSSIAN_DESKTOP);
    await enterKitchen(page, stage.server, place);
    for (const { fold, file, filled, alert = `#${fold}-body` } of folds) {
      const address = new RegExp(`-${file}-[A-Z0-9]+\\.js$`);
      const summary = page.locator(`#${fold} > summary`);
      await page.route(address, (route) => route.abort());
      await summary.click();
      await page.locator(alert).getByText(MISSING).waitFor();
      await inspect(page, `kitchen-fold-missing-${fold}`);
      expect(await page.locator(filled).count()).toBe(0);
      await summary.click();
      await page.unroute(address);
      await summary.click();
      await page.locator(filled).first().waitFor();
      await page.getByText(MISSING).waitFor({ state: "detached" });
    }
  });
});
