import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../../src/shared/time.ts";
import { nameBackup } from "../../../src/store/backups/backup-name.ts";
import { cutParts } from "../../../src/store/backups/cut-parts.ts";
import { chooseOutdated } from "../../../src/store/backups/kept-backups.ts";

/** A Sunday, 03:27. */
const NOW = Date.UTC(2026, 10, 29, 3, 27);

/** A backup made `daysAgo` days and `hours` hours before. */
const madeBefore = (daysAgo: number, hours = 0) => {
  const madeAt = NOW - daysAgo * DAY_MS - hours * 3_600_000;
  return { name: nameBackup(madeAt), madeAt };
};

const kept = (all: readonly { name: string; madeAt: number }[], days: number, weeks: number) => {
  const outdated = new Set(chooseOutdated(all, { days, weeks }, NOW));
  return all.filter(({ name }) => !outdated.has(name)).map(({ name }) => name.slice(0, 10));
};

describe("backups that stay", () => {
  it("are the newest of each day, and of each week that begins on Monday", () => {
    const daily = Array.from({ length: 60 }, (_, daysAgo) => madeBefore(daysAgo));
    expect(kept(daily, 3, 0)).toEqual(["2026-11-29", "2026-11-28", "2026-11-27"]);
    expect(kept(daily, 3, 4)).toEqual([
      ...["2026-11-29", "2026-11-28", "2026-11-27", "2026-11-22", "2026-11-15", "2026-11-08"],
    ]);
  });

  it("are one of several that were made on a day", () => {
    const [early, late] = [madeBefore(0, 3), madeBefore(0, 1)];
    expect(chooseOutdated([early, late], { days: 7, weeks: 4 }, NOW)).toEqual([early.name]);
  });

  it("are none once their time is past, even where no newer one was made", () => {
    expect(kept([madeBefore(28)], 7, 4)).toEqual([]);
    expect(kept([madeBefore(27)], 7, 4)).toEqual(["2026-11-02"]);
    expect(kept([madeBefore(26)], 7, 5)).toEqual(["2026-11-03"]);
  });
});

describe("parts of an upload", () => {
  const cut = async (sizes: readonly number[], partBytes: number) => {
    let next = 0;
    const chunks = sizes.map((size) => Uint8Array.from({ length: size }, () => next++ % 251));
    async function* give() {
      yield* chunks;
    }
    const parts: number[][] = [];
    for await (const part of cutParts(give(), partBytes)) parts.push([...part]);
    expect(parts.flat()).toEqual(chunks.flatMap((chunk) => [...chunk]));
    return parts.map(({ length }) => length);
  };

  it("have one size but for the last, whatever the chunks have", async () => {
    expect(await cut([3, 10, 1, 0, 7], 4)).toEqual([4, 4, 4, 4, 4, 1]);
    expect(await cut([8], 4)).toEqual([4, 4, 0]);
    expect(await cut([], 4)).toEqual([0]);
  });
});
