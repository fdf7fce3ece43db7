/** What the answers were like, from the classification to the warning, with the real database and the clock turned by hand. */
import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import { toDate, WATCHED_DAYS } from "../../src/shared/drift.ts";
import { DAY_MS, dayOf } from "../../src/shared/time.ts";
import { ANSWER_FLUSH_MS, createAnswerCounter } from "../../src/store/answers/answer-days.ts";
import { openDatabase } from "../../src/store/database.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { teachItem } from "../support/guests.ts";
import { makePhoto } from "../support/photos.ts";
import { json, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const NOON = 20_000 * DAY_MS + DAY_MS / 2;
const TODAY = dayOf(NOON);

beforeAll(async () => {
  await resetDatabase();
  for (const id of ["pepperoni", "hawaiian"]) await teachItem(id, 6);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  // No score reaches 1, so that every photo that looks like this item is unknown.
  await sendAsAdmin("/v1/admin/classes/pepperoni", json({ threshold: 1 }, "PATCH"));
});
beforeEach(async () => {
  await env.DB.prepare("DELETE FROM answer_days").run();
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const photo = (kind: string, seed: number) => rawPhoto(makePhoto(kind, seed, 128));

async function readRows() {
  const { results } = await env.DB.prepare("SELECT * FROM answer_days ORDER BY day, head_version").all();
  return results;
}

async function insertDay(day: number, answers: number, unknown: number): Promise<void> {
  const values = [day, 1, answers, unknown, answers * 0.4, answers * 0.2];
  await env.DB.prepare("INSERT INTO answer_days VALUES (?, ?, ?, ?, ?, ?)")
    .bind(...values)
    .run();
}

describe("answers", () => {
  it("are counted without a write, brought once when that is due, and shown per day", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push((await send("/v1/classify", photo("pepperoni", 200 + i), bindings)).body);
    for (let i = 0; i < 3; i++) answers.push((await send("/v1/classify", photo("hawaiian", 200 + i), bindings)).body);
    const unknown = answers.filter((answer) => answer.unknown).length;
    expect(unknown).toBeGreaterThanOrEqual(4);
    expect(unknown).toBeLessThan(7);

    const here = (await sendAsAdmin("/v1/admin/drift", {}, bindings)).body;
    expect(here.days).toMatchObject([{ date: toDate(TODAY), answers: 7, unknownShare: unknown / 7 }]);
    expect(observed.counts.rowsWritten).toBe(0);
    expect(await readRows()).toEqual([]);

    vi.setSystemTime(NOON + ANSWER_FLUSH_MS);
    await Promise.all([send("/v1/menu", {}, bindings), send("/v1/menu", {}, bindings)]);
    const written = observed.calls.flat().filter(({ sql }) => sql.includes("answer_days") && sql.startsWith("insert"));
    expect(written).toHaveLength(1);
    const [row] = await readRows();
    expect(row).toMatchObject({ day: TODAY, head_version: 1, answers: 7, unknown });
    // Of two items among themselves, so the entropy in bits.
    const entropies = answers.map(({ predictions }) => entropyInBits(predictions as { score: number }[]));
    expect(row.entropy_sum).toBeCloseTo(
      entropies.reduce((sum, entropy) => sum + entropy, 0),
      9,
    );
    expect(row.entropy_squares).toBeCloseTo(
      entropies.reduce((sum, entropy) => sum + entropy ** 2, 0),
      9,
    );
    // What another isolate reads.
    expect((await sendAsAdmin("/v1/admin/drift", {}, { ...env })).body).toEqual(here);
    expect(here).toMatchObject({ baseline: { days: 0, answers: 0, unknownShare: null }, warning: null });
  });

  it("to whoever names a version are not counted, nor are requests without an answer", async () => {
    const bindings = { ...env };
    expect((await send("/v1/classify?head=1", photo("pepperoni", 1), bindings)).status).toBe(200);
    expect((await send("/v1/classify", rawPhoto(new Uint8Array([1, 2, 3])), bindings)).status).toBe(415);
    expect((await sendAsAdmin("/v1/admin/drift", {}, bindings)).body.days).toEqual([]);
  });

  it("that the database does not take are kept for the next batch, and harm no request", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    await send("/v1/classify", photo("hawaiian", 210), bindings);
    vi.setSystemTime(NOON + ANSWER_FLUSH_MS);
    observed.failAt(0, "before");
    expect((await send("/admin", {}, bindings)).status).toBe(200); // a frame, which reads nothing
    expect(warn.mock.calls.flat().join()).toContain("answers_not_counted");
    expect(await readRows()).toEqual([]);
    await send("/v1/menu", {}, bindings); // not due again before its time
    expect(await readRows()).toEqual([]);
    vi.setSystemTime(NOON + 2 * ANSWER_FLUSH_MS);
    await send("/v1/menu", {}, bindings);
    expect(await readRows()).toMatchObject([{ answers: 1 }]);
  });

  it("of several isolates, heads and days are added up apart", async () => {
    const db = openDatabase(env.DB);
    const [one, other] = [createAnswerCounter(), createAnswerCounter()];
    const answer = { headVersion: 1, isUnknown: true, entropy: 0.5 };
    for (let i = 0; i < 500; i++) one.count(answer, NOON);
    one.count({ ...answer, headVersion: 2 }, NOON);
    one.count(answer, NOON + DAY_MS);
    for (let i = 0; i < 3; i++) other.count({ ...answer, isUnknown: false }, NOON);
    expect(one.pending()).toHaveLength(3);
    const observed = observeD1(env.DB);
    await one.flush(openDatabase(observed.db), NOON);
    expect(observed.counts.queries).toBe(1);
    await other.flush(db, NOON);
    expect(await readRows()).toMatchObject([
      { day: TODAY, head_version: 1, answers: 503, unknown: 500, entropy_sum: 251.5, entropy_squares: 125.75 },
      { day: TODAY, head_version: 2, answers: 1, unknown: 1 },
      { day: TODAY + 1, head_version: 1, answers: 1, unknown: 1 },
    ]);
  });
});

function entropyInBits(predictions: readonly { score: number }[]): number {
  const total = predictions.reduce((sum, { score }) => sum + score, 0);
  return -predictions.reduce((sum, { score }) => sum + (score / total) * Math.log2(score / total), 0);
}

describe("the drift of the answers", () => {
  it("is listed without gaps, today first, for 35 days at most", async () => {
    await insertDay(TODAY - WATCHED_DAYS, 100, 1);
    await insertDay(TODAY - WATCHED_DAYS + 1, 100, 5);
    await insertDay(TODAY - 1, 50, 1);
    const { days, baseline } = (await sendAsAdmin("/v1/admin/drift")).body as {
      days: { date: string; answers: number }[];
      baseline: unknown;
    };
    expect(days).toHaveLength(35);
    expect(days[0]).toEqual({ date: toDate(TODAY), answers: 0, unknownShare: null, meanEntropy: null });
    expect(days[1]).toEqual({ date: toDate(TODAY - 1), answers: 50, unknownShare: 0.02, meanEntropy: 0.4 });
    expect(days[34]).toMatchObject({ answers: 100, unknownShare: 0.05 });
    expect(baseline).toEqual({ days: 1, answers: 100, unknownShare: 0.05, meanEntropy: 0.4 });
  });

  it("is warned of, and the nightly job logs the warning and drops days that nobody looks at", async () => {
    for (let ago = 2; ago <= 12; ago++) await insertDay(TODAY - ago, 200, 10);
    await insertDay(TODAY - WATCHED_DAYS, 100, 1);
    await insertDay(TODAY - 1, 200, 50);
    const { warning, baseline } = (await sendAsAdmin("/v1/admin/drift")).body;
    expect(baseline).toEqual({ days: 11, answers: 2_200, unknownShare: 0.05, meanEntropy: expect.closeTo(0.4) });
    expect(warning).toMatchObject({
      code: "unknown_share_up",
      text: expect.stringContaining("25.0 % over 200 answers"),
    });

    vi.spyOn(console, "log").mockReturnValue();
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const context = createExecutionContext();
    await worker.scheduled(createScheduledController({ cron: "17 3 * * *" }), env);
    await waitOnExecutionContext(context);
    expect(warn.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual([
      { event: "drift", ...(warning as object) },
    ]);
    expect(await readRows()).toHaveLength(12);
  });

  it("costs one query that reads a row per day and head", async () => {
    for (let ago = 0; ago < WATCHED_DAYS + 5; ago++) await insertDay(TODAY - ago, 10, 1);
    const observed = observeD1(env.DB);
    await sendAsAdmin("/v1/admin/drift", {}, { ...env, DB: observed.db });
    const read = observed.calls.flat().filter(({ sql }) => sql.includes("answer_days"));
    expect(read).toHaveLength(1);
    expect(observed.counts.rowsRead).toBeLessThanOrEqual(WATCHED_DAYS + 1); // and whether the bootstrap secret is spent
  });
});
