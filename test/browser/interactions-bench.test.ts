/** The benchmark of interactions, once, on a small kitchen: that it gets everywhere. How long it takes is for `npm run bench` to say. */
import { describe, expect, it } from "vitest";
import { LEAST_MS } from "../../cli/bench/interactions/watch-interactions.ts";
import { describeInteractions, measureInteractions } from "../../cli/bench/interactions.ts";
import { hasBrowser } from "./chromium.ts";

describe.skipIf(!hasBrowser())("the benchmark of interactions", () => {
  it("does something at every place in both windows, and sees it painted", async () => {
    const figures = await measureInteractions({ rounds: 1, items: 9, corrections: 20 });
    const seen = Map.groupBy(figures, ({ place, window }) => `${place} ${window}`);
    const places = ["/admin", "/admin/menu", "/admin/menu/item_1", "/admin/versions", "/admin/settings"];
    const windows = ["desktop", "phone"];
    expect([...seen.keys()]).toEqual(windows.flatMap((window) => places.map((place) => `${place} ${window}`)));
    for (const acts of seen.values()) expect(acts.length).toBeGreaterThanOrEqual(5);
    for (const { act, ms } of figures) expect(ms[0], act).toBeGreaterThanOrEqual(LEAST_MS);
    // Not one act of all was too fast to be seen, or nothing was watched.
    expect(figures.some(({ ms }) => ms[0] > LEAST_MS)).toBe(true);
  });
});

it("writes medians and the slowest as a table in Markdown, the windows side by side", () => {
  const act = { place: "/admin", act: "accept" };
  const figures = [
    { ...act, window: "desktop", ms: [48, 24, 32] },
    { ...act, window: "phone", ms: [96, 160, 120] },
  ];
  expect(describeInteractions(figures).split("\n")).toEqual([
    "| place | act | desktop, median / slowest, ms | phone, median / slowest, ms |",
    "|---|---|--:|--:|",
    "| `/admin` | accept | 32 / 48 | 120 / 160 |",
  ]);
});
