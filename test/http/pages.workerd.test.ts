/** Every list that is read page by page, by the same rules. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { writeBulkLabels } from "../support/bulk-labels.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

type Key = string | number;

interface List {
  readonly path: string;
  /** The answer's field with the rows, and the field of a row that is its cursor. */
  readonly rows: string;
  readonly key: string;
  /** The table, and its column with the cursor. */
  readonly table: string;
  readonly column: string;
  /** Stores `count` more rows; each time with other numbers than before. */
  add(count: number): Promise<void>;
  /** Cursors that are none of this list. */
  readonly foreign: readonly string[];
  /** Rows of other tables that a page reads, however long the list is. */
  readonly besides: number;
}

const PHOTO = "0f".repeat(32);
const NO_NUMBERS = ["zz", "0", "-1", "1.5", "1e999", PHOTO];
let added = 0;

/** A statement that selects from the numbers after those of the rows that are there. */
async function insert(count: number, sql: string): Promise<void> {
  const numbers = Array.from({ length: count }, () => ++added);
  await env.DB.prepare(`${sql} FROM json_each(?)`).bind(JSON.stringify(numbers)).run();
}

const HEAD_COLUMNS = `version, backbone_id, statistics_version, archive_revision, class_ids, examples, rho, temperature, weights,
  duration_ms, created_at`;
const RUN_COLUMNS = "id, trigger, outcome, absorbed, remaining, message, queries, rows_read, rows_written, duration_ms";

const LISTS: readonly List[] = [
  {
    path: "/v1/admin/heads",
    rows: "heads",
    key: "version",
    table: "heads",
    column: "version",
    add: (count) =>
      insert(count, `INSERT INTO heads (${HEAD_COLUMNS}) SELECT value, 'b', 1, 0, '[]', 0, 1, 1, '', 0, 0`),
    foreign: NO_NUMBERS,
    besides: 1, // -- the pointer, which names the second backbone: its heads are in no list
  },
  {
    path: "/v1/admin/training-runs",
    rows: "runs",
    key: "id",
    table: "training_runs",
    column: "id",
    add: (count) =>
      insert(
        count,
        `INSERT INTO training_runs (${RUN_COLUMNS}, started_at) SELECT value, 'cron', 'absorbed', 1, 0, '', 1, 1, 1, 1, 0`,
      ),
    foreign: NO_NUMBERS,
    besides: 0,
  },
  {
    path: "/v1/admin/audit-log",
    rows: "entries",
    key: "id",
    table: "audit_log",
    column: "id",
    add: (count) =>
      insert(count, "INSERT INTO audit_log (id, at, actor, action, detail) SELECT value, 0, 'admin', 'a.b', '{}'"),
    foreign: NO_NUMBERS,
    besides: 0,
  },
  {
    path: "/v1/admin/examples?class=a",
    rows: "examples",
    key: "photo",
    table: "examples",
    column: "sample_id",
    add: (count) =>
      writeBulkLabels({ classIds: ["a"], count, dimension: 8, seed: `photos ${++added}`, isAbsorbed: false }),
    foreign: ["zz", "7", PHOTO.toUpperCase(), PHOTO.slice(1)],
    besides: 0,
  },
];

function withQuery(path: string, query: Record<string, string>): string {
  return `${path}${path.includes("?") ? "&" : "?"}${new URLSearchParams(query)}`;
}

async function readPage(list: List, query: Record<string, string>): Promise<{ keys: Key[]; next: Key | null }> {
  const { status, body } = await sendAsAdmin(withQuery(list.path, query));
  expect(status, JSON.stringify(body)).toBe(200);
  const rows = body[list.rows] as Record<string, Key>[];
  return { keys: rows.map((row) => row[list.key]), next: body.next as Key | null };
}

/** All pages of `limit` rows; `between` runs after each with the cursor that goes into the next one. */
async function readAll(list: List, limit: number, between = async (_: Key) => {}): Promise<Key[][]> {
  const pages: Key[][] = [];
  for (let after = ""; ; ) {
    const { keys, next } = await readPage(list, { after, limit: String(limit) });
    pages.push(keys);
    if (next === null) return pages;
    await between(next);
    after = String(next);
  }
}

describe.each(LISTS)("the list $path", (list) => {
  beforeEach(async () => {
    added = 0;
    await resetDatabase();
  });

  it("is one page with no next where it is short, and empty where nothing is", async () => {
    expect(await readPage(list, {})).toEqual({ keys: [], next: null });
    await list.add(3);
    const { keys, next } = await readPage(list, {});
    expect([keys.length, next]).toEqual([3, null]);
    expect((await readPage(list, { limit: "3" })).next).toBeNull(); // just full
    expect((await readPage(list, { limit: "2" })).next).toBe(keys[1]);
  });

  it("gives every row once and in order, while others arrive between the pages", async () => {
    await list.add(10);
    const before = (await readPage(list, {})).keys;
    const pages = await readAll(list, 3, () => list.add(2));
    const read = pages.flat();
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((key) => before.includes(key))).toEqual(before);
    expect(pages.slice(0, -1).every((page) => page.length === 3)).toBe(true);
    // What is newer than the first row of the first page is not in these lists; an example may come anywhere.
    if (typeof before[0] === "number") expect(read).toEqual(before);
  });

  it("continues where the last row of a page is gone by the time of the next", async () => {
    await list.add(7);
    const all = (await readPage(list, {})).keys;
    const drop = env.DB.prepare(`DELETE FROM ${list.table} WHERE ${list.column} = ?`);
    const pages = await readAll(list, 2, async (next) => void (await drop.bind(next).run()));
    expect(pages.flat()).toEqual(all);
  });

  it("holds 100 rows unless told otherwise, and 200 at most", async () => {
    await list.add(201);
    expect((await readPage(list, {})).keys).toHaveLength(100);
    expect((await readAll(list, 200)).map(({ length }) => length)).toEqual([200, 1]);
    for (const limit of ["0", "201", "-1", "1.5", "x"]) {
      const answer = await sendAsAdmin(withQuery(list.path, { limit }));
      expect(answer, limit).toMatchObject({ status: 400, body: { code: "bad_request", errors: [{ field: "limit" }] } });
    }
  });

  it("reads one row more than it gives, however deep the page lies", async () => {
    await list.add(150);
    const { next } = await readPage(list, { limit: "140" });
    for (const after of ["", String(next)]) {
      const observed = observeD1(env.DB);
      await sendAsAdmin(withQuery(list.path, { after, limit: "5" }), {}, { ...env, DB: observed.db });
      const pages = observed.calls.flat().filter(({ sql }) => sql.includes(`from "${list.table}"`));
      expect(pages).toHaveLength(1);
      const { meta } = await env.DB.prepare(pages[0].sql)
        .bind(...pages[0].values)
        .run();
      expect(meta.rows_read).toBe(6 + list.besides);
    }
  });

  it("refuses what is no cursor of it", async () => {
    for (const after of list.foreign) {
      const answer = await sendAsAdmin(withQuery(list.path, { after }));
      expect(answer, after).toMatchObject({ status: 400, body: { code: "bad_request", errors: [{ field: "after" }] } });
    }
    const answer = await sendAsAdmin(withQuery(list.path, { offset: "3" }));
    expect(answer).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });
});
