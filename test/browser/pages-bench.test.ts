/** The pages benchmark, once: that it measures something. How much is for `npm run bench -- pages` to say. */
import { describe, expect, it } from "vitest";
import { describePages, measurePages } from "../../cli/bench/pages.ts";
import { hasBrowser } from "./chromium.ts";

const PAGES = ["/", "/admin", "/admin/menu", "/admin/menu/item_1", "/admin/versions", "/admin/settings"];

describe.skipIf(!hasBrowser())("the pages benchmark", () => {
  it("sees every page painted in both windows, and weighs all that came", async () => {
    const figures = await measurePages(1, 2);
    expect(figures.map(({ page, window }) => `${page} ${window}`)).toEqual([
      ...PAGES.map((page) => `\`${page}\` phone`),
      ...PAGES.map((page) => `\`${page}\` desktop`),
    ]);
    for (const { lcpMs, bytes, gzipBytes, requests, heightPx } of figures) {
      expect(heightPx).toBeGreaterThan(500);
      expect(lcpMs).toBeGreaterThan(0);
      // The page, its script, its styles and what the script asks the API.
      expect(requests).toBeGreaterThanOrEqual(5);
      expect(gzipBytes).toBeGreaterThan(5_000);
      expect(gzipBytes).toBeLessThan(bytes);
    }
  });
});

it("writes medians as a table in Markdown", () => {
  const figures = {
    page: "`/`",
    window: "phone",
    loads: 3,
    lcpMs: 81.6,
    bytes: 51_240,
    gzipBytes: 17_060,
    requests: 9,
    heightPx: 1_133,
  };
  expect(describePages([figures]).split("\n")[2]).toBe("| `/` | phone | 82 | 51.2 | 17.1 | 9 | 1133 |");
});
