import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

interface Mistake {
  readonly photo: string;
  readonly label: string;
  readonly given: string;
  readonly answered: string;
  readonly givenProbability: number;
  readonly answeredProbability: number;
}

interface Cell {
  readonly given: string;
  readonly answered: string;
  readonly examples: number;
}

const MISTAKES = "/v1/admin/heads/1/mistakes";

async function readMistakes(query = "") {
  const { status, body } = await sendAsAdmin(`${MISTAKES}${query}`);
  expect(status).toBe(200);
  return body as unknown as { mistakes: Mistake[]; total: number | null; complete: boolean; next: number | null };
}

async function teach(label: string, kind: string, seeds: readonly number[]) {
  const photos = Object.fromEntries(seeds.map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
  await sendAsAdmin(`/v1/admin/classes/${label}/examples`, multipart(photos));
}

describe("the mistakes of a head, over HTTP", () => {
  let cells: readonly Cell[] = [];

  beforeAll(async () => {
    await resetDatabase();
    const seeds = Array.from({ length: 8 }, (_, i) => i);
    for (const kind of ["pepperoni", "hawaiian", "margherita"]) {
      await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
      await teach(kind, kind, seeds);
    }
    await teach("hawaiian", "pepperoni", [40, 41, 42]);
    await teach("margherita", "hawaiian", [40, 41]);
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
    const { body } = await sendAsAdmin("/v1/admin/heads/1");
    cells = (body.details as { confusions: readonly Cell[] }).confusions;
  });

  it("are all that the confusion matrix counts, doubted or not, least probable label first", async () => {
    const { mistakes, total, complete, next } = await readMistakes();
    expect(cells.length).toBeGreaterThan(1);
    const counted = Map.groupBy(mistakes, ({ given, answered }) => `${given} ${answered}`);
    expect(cells.map(({ given, answered, examples }) => [`${given} ${answered}`, examples]).sort()).toEqual(
      [...counted].map(([cell, found]) => [cell, found.length]).sort(),
    );
    expect({ total, complete, next }).toEqual({ total: mistakes.length, complete: true, next: null });
    const scores = mistakes.map(({ givenProbability }) => givenProbability);
    expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    expect(mistakes.every((one) => one.answeredProbability >= one.givenProbability && one.label === one.given)).toBe(
      true,
    );
  });

  it("can be asked for by cell, row and column, a page at a time", async () => {
    const { mistakes: all } = await readMistakes();
    const [{ given, answered, examples }] = cells;
    const cell = await readMistakes(`?label=${given}&said=${answered}`);
    expect(cell).toMatchObject({ total: examples, complete: true });
    expect(cell.mistakes).toEqual(all.filter((one) => one.given === given && one.answered === answered));
    const column = await readMistakes(`?said=${answered}`);
    expect(column.mistakes).toEqual(all.filter((one) => one.answered === answered));
    expect(await readMistakes("?label=nobody")).toMatchObject({ mistakes: [], total: 0, next: null });
    const pages: Mistake[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await readMistakes(`?limit=2${after === 0 ? "" : `&after=${after}`}`);
      expect(page.total).toBe(all.length);
      pages.push(...page.mistakes);
      after = page.next;
    }
    expect(pages).toEqual(all);
  });

  it("cost two queries: the head, and the samples of the page", async () => {
    const { db, calls } = observeD1(env.DB);
    await sendAsAdmin(`${MISTAKES}?limit=2`, {}, { ...env, DB: db, DAILY_QUOTA_KEY: "0" });
    const own = calls.flat().filter(({ sql }) => /"(heads|examples)"/.test(sql));
    expect(own.map(({ sql }) => /from "(\w+)"/.exec(sql)?.[1])).toEqual(["heads", "examples"]);
  });

  it.each([
    ["/v1/admin/heads/9/mistakes", 404, "not_found"],
    ["/v1/admin/heads/x/mistakes", 404, "not_found"],
    [`${MISTAKES}?after=x`, 400, "bad_request"],
    [`${MISTAKES}?cell=1`, 400, "bad_request"],
  ])("are refused at %s", async (path, status, code) => {
    expect(await sendAsAdmin(path)).toMatchObject({ status, body: { code } });
  });

  it("say what a photo is labelled as by now, and leave out what has been forgotten", async () => {
    const { mistakes } = await readMistakes();
    const [moved, gone] = mistakes;
    await sendAsAdmin(`/v1/admin/examples/${moved.photo}`, json({ label: moved.answered }, "PATCH"));
    await sendAsAdmin(`/v1/admin/examples/${gone.photo}`, { method: "DELETE" });
    const now = await readMistakes();
    expect(now.total).toBe(mistakes.length);
    expect(now.mistakes.map(({ photo }) => photo)).toEqual(
      mistakes.filter(({ photo }) => photo !== gone.photo).map(({ photo }) => photo),
    );
    expect(now.mistakes[0]).toMatchObject({ photo: moved.photo, label: moved.answered, given: moved.given });
  });

  it("are the doubted ones in a head from before all were kept, and none in one that is purged", async () => {
    const { body } = await sendAsAdmin("/v1/admin/suspects");
    const doubted = (body.suspects as { photo: string; given: string; suggested: string }[]).filter(
      ({ suggested }) => suggested !== ":none",
    );
    await env.DB.prepare("UPDATE heads SET mistakes = NULL WHERE version = 1").run();
    const old = await readMistakes();
    expect(old.complete).toBe(false);
    expect(old.total).toBe(cells.reduce((sum, { examples }) => sum + examples, 0));
    expect(old.mistakes.filter(({ label, given }) => label === given).map(({ photo }) => photo)).toEqual(
      doubted.map(({ photo }) => photo),
    );
    await sendAsAdmin("/v1/admin/training-runs", { method: "POST" }); // forgets a photo, and with it the head
    expect(await readMistakes()).toEqual({ headVersion: 1, mistakes: [], total: null, complete: false, next: null });
    expect((await sendAsAdmin("/v1/admin/heads/2/mistakes")).body).toMatchObject({ complete: true });
  });
});
