import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { describeLimit, formatLimit } from "../../src/web/client/limit-words.ts";
import * as russian from "../../src/web/texts/kitchen/ru.ts";

describe("a limit in words", () => {
  it.each([
    [10_485_760, "bytes", "of one photo", "Size of one photo", "10.4 MB"],
    [65_536, "bytes", "of a JSON body", "Size of a JSON body", "65.5 kB"],
    [512, "bytes", "of a name", "Size of a name", "512 bytes"],
    [43_200, "seconds", "that a page stays signed in", "Time that a page stays signed in", "12 hours"],
    [90, "seconds", "of waiting", "Time of waiting", "90 seconds"],
    [86_400, "seconds", "of waiting", "Time of waiting", "1 day"],
    [20, "heads", "that keep their weights", "Versions that keep their weights", "20"],
    [2_000_000, "bytes", "of one version: about 1,000 items", "Size of one version: about 1,000 items", "2 MB"],
    [1_500, "requests", "of one network a day; 0: any number", "Requests of one network a day", "1,500"],
    [0, "requests", "of one network a day; 0: any number", "Requests of one network a day", "any number"],
    [0, "requests", "of one network a day", "Requests of one network a day", "0"],
  ])("%i %s %s", (value, unit, description, words, amount) => {
    const limit = { name: "any", value, unit, description };
    expect(describeLimit(limit, {})).toBe(words);
    expect(formatLimit(limit)).toBe(amount);
  });
});

describe("the limits in Russian", () => {
  // `limit-list.workerd.test.ts` holds that table together with what the route answers.
  it("have a name each, in the order of the table in docs/operations.md, and nothing else has one", async () => {
    const operations = await readFile("docs/operations.md", "utf8");
    const table = operations.slice(operations.indexOf("## Limits"));
    const listed = [...table.matchAll(/^\| `(\w+)` \| [\d,]+ \w+ \|/gm)].map(([, name]) => name);
    expect(listed.length).toBeGreaterThan(20);
    expect(Object.keys(await russian.keys.limits.loadNames())).toEqual(listed);
  });

  it.each([
    [512, "512 байт"],
    [1_000_000, "1 МБ"],
    [10_400_000, "10,4 МБ"],
  ])("are of %d bytes", (bytes, words) => {
    const { megabytes, bytes: few } = russian.keys.limits;
    expect((bytes < 1_000 ? few(bytes) : megabytes(bytes / 1e6)).replace("\u00a0", " ")).toBe(words);
  });
});
