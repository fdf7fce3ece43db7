import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createBurstBucket, createSourceBuckets, GUEST_BURST, KEY_BURST, SITE_BURST } from "../../src/shared/bursts.ts";

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

  it("starts again when the clock was set back", () => {
    const bucket = createBurstBucket({ requests: 2, periodMs: 1_000 });
    for (let i = 0; i < 5; i++) bucket.take("a", 3_600_000);
    expect([1, 2, 3].map(() => bucket.take("a", 0))).toEqual([0, 0, 500]);
  });

  it("remembers so many subjects and no more, however many come", () => {
    const bucket = createBurstBucket({ requests: 1, periodMs: 1_000_000 });
    for (let i = 0; i < 30_000; i++) bucket.take(`subject ${i}`, 0);
    const isKnown = (i: number) => bucket.wait(`subject ${i}`, 0) > 0;
    expect(Array.from({ length: 30_000 }, (_, i) => isKnown(i)).filter(Boolean)).toHaveLength(10_000);
    expect([isKnown(0), isKnown(29_999)]).toEqual([false, true]);
  });
});

describe("buckets of sources", () => {
  const limit = { network: { requests: 2, periodMs: 1_000 }, site: { requests: 5, periodMs: 1_000 } };
  const from = (network: number, site: string | null = "s") => ({ network: `n${network}`, site });

  it("bound a network, and all networks of its site together", () => {
    const buckets = createSourceBuckets(limit);
    expect([1, 2, 3].map(() => buckets.take(from(1), 0) === 0)).toEqual([true, true, false]);
    expect([2, 3, 4, 5].map((network) => buckets.take(from(network), 0) === 0)).toEqual([true, true, true, false]);
    expect(buckets.take(from(1, "t"), 0)).toBeGreaterThan(0);
    expect(buckets.take(from(9, "t"), 0)).toBe(0);
  });

  it("take nothing of either where one has no more", () => {
    const buckets = createSourceBuckets(limit);
    for (let i = 0; i < 20; i++) buckets.take(from(1), 0);
    expect([2, 3, 4].map((network) => buckets.take(from(network), 0))).toEqual([0, 0, 0]);
  });

  it("count strangers apart", () => {
    const buckets = createSourceBuckets(limit);
    expect(Array.from({ length: 50 }, (_, i) => buckets.take(from(i, null), 0))).not.toContain(1);
  });
});

describe("the bindings", () => {
  it.each([
    ["GUEST_BURSTS", GUEST_BURST],
    ["SITE_BURSTS", SITE_BURST],
    ["KEY_BURSTS", KEY_BURST],
  ])("%s allows what the bucket allows", (name, { requests, periodMs }) => {
    const toml = readFileSync("wrangler.toml", "utf8");
    const [, limit, period] = new RegExp(`"${name}"[^[]*limit = (\\d+), period = (\\d+)`).exec(toml) ?? [];
    expect([Number(limit), Number(period) * 1_000]).toEqual([requests, periodMs]);
  });
});
