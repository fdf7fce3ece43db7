import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/shared/result.ts";
import { fetchPages } from "../../src/web/client/pages.ts";

interface Page {
  readonly rows: readonly number[];
  readonly next: number | null;
}

const PAGES: Readonly<Record<string, Page>> = {
  "": { rows: [9, 8], next: 8 },
  "?after=8": { rows: [7, 6], next: 6 },
  "?after=6": { rows: [5], next: null },
};
const problem = { status: 503, code: "storage_unavailable", detail: "Try again.", says: [] };

async function read(count: number, failing = "none") {
  const asked: string[] = [];
  const fetchPage = async (query: string) => {
    asked.push(query);
    return query === failing ? err(problem) : ok(PAGES[query]);
  };
  const answer = await fetchPages<Page>(count, fetchPage, ({ rows }, page) => ({
    ...page,
    rows: [...rows, ...page.rows],
  }));
  return { asked, answer };
}

describe("a list that comes page by page", () => {
  it.each([
    [1, [9, 8], 8],
    [2, [9, 8, 7, 6], 6],
    [3, [9, 8, 7, 6, 5], null],
    [9, [9, 8, 7, 6, 5], null],
  ])("is read as far as %i pages", async (count, rows, next) => {
    const { asked, answer } = await read(count);
    expect(answer).toEqual(ok({ rows, next }));
    expect(asked).toEqual(Object.keys(PAGES).slice(0, count));
  });

  it("fails as a whole with the page that fails, and asks for none behind it", async () => {
    const { asked, answer } = await read(3, "?after=8");
    expect(answer).toEqual(err(problem));
    expect(asked).toEqual(["", "?after=8"]);
  });
});
