import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createBurstBucket } from "../../src/shared/burst-bucket.ts";
import { GUEST_BURST, KEY_BURST } from "../../src/shared/request-limits.ts";

describe("a bucket", () => {
  it("gives a burst at once, then one by one, and says how long to wait", () => {
    const bucket = createBurstBucket({ requests: 4, periodMs: 2_000 });
    expect([1, 2, 3, 4].map(() => bucket.take("a", 1_000))).toEqual([0, 0, 0, 0]);
    expect(bucket.take("a", 1_000)).toBe(500);
    expect(bucket.take("a", 1_200)).toBe(300);
    expect(bucket.take("a", 1_500)).toBe(0);
    expect(bucket.take("a", 1_500)).toBe(500);
  });

  it("is full again after its period, and never fuller", () => {
    const bucket = createBurstBucket({ requests: 3, periodMs: 3_000 });
    for (let i = 0; i < 3; i++) bucket.take("a", 0);
    const granted = Array.from({ length: 10 }, () => bucket.take("a", 60_000)).filter((ms) => ms === 0);
    expect(granted).toHaveLength(3);
  });

  it("keeps subjects apart, and looks without taking", () => {
    const bucket = createBurstBucket({ requests: 1, periodMs: 1_000 });
    expect(bucket.wait("a", 0)).toBe(0);
    expect(bucket.take("a", 0)).toBe(0);
    expect(bucket.wait("a", 0)).toBe(1_000);
    expect(bucket.take("b", 0)).toBe(0);
  });
});

describe("the bindings", () => {
  it.each([
    ["GUEST_BURSTS", GUEST_BURST],
    ["KEY_BURSTS", KEY_BURST],
  ])("%s allows what the bucket allows", (name, { requests, periodMs }) => {
    const toml = readFileSync("wrangler.toml", "utf8");
    const [, limit, period] = new RegExp(`"${name}"[^[]*limit = (\\d+), period = (\\d+)`).exec(toml) ?? [];
    expect([Number(limit), Number(period) * 1_000]).toEqual([requests, periodMs]);
  });
});
