import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { observeD1 } from "../support/failing-d1.ts";
import { makePhoto } from "../support/photos.ts";
import { json, multipart, resetDatabase, sendAsAdmin } from "../support/worker-client.ts";

interface Outcome {
  readonly photo: string;
  readonly status: "done" | "refused";
  readonly before?: { readonly label: string; readonly purpose: string; readonly confirmed: boolean };
  readonly problem?: { readonly code: string };
}

const UNKNOWN = "0".repeat(64);

async function change(changes: readonly object[], bindings = env) {
  const { status, body } = await sendAsAdmin("/v1/admin/examples", json({ changes }, "PATCH"), bindings);
  expect(status).toBe(200);
  return body as unknown as { results: Outcome[]; done: number; refused: number };
}

async function readExamples() {
  const { results } = await env.DB.prepare(
    "SELECT sample_id, class_id, purpose, confirmed_at IS NOT NULL AS confirmed FROM examples ORDER BY sample_id",
  ).all();
  return results;
}

async function readAudit() {
  const { body } = await sendAsAdmin("/v1/admin/audit-log?limit=3");
  return (body.entries as { action: string; detail: object }[]).map(({ action, detail }) => [action, detail]);
}

describe("many examples changed at once, over HTTP", () => {
  let photos: readonly string[] = [];

  beforeEach(async () => {
    await resetDatabase();
    for (const id of ["pepperoni", "hawaiian", "old"]) await sendAsAdmin("/v1/admin/classes", json({ name: id, id }));
    const files = Object.fromEntries([0, 1, 2, 3].map((seed) => [`${seed}.png`, makePhoto("pepperoni", seed, 64)]));
    const { body } = await sendAsAdmin("/v1/admin/classes/pepperoni/examples", multipart(files));
    photos = (body.results as { photo: string }[]).map(({ photo }) => photo);
    await sendAsAdmin("/v1/admin/classes/old", json({ archived: true }, "PATCH"));
  });

  it("are moved, set aside and confirmed in one transaction, and taken back by what the answer says", async () => {
    const start = await readExamples();
    const [one, two, three, four] = photos;
    const made = await change([
      { photo: one, label: "Hawaiian" },
      { photo: two, label: "hawaiian" },
      { photo: three, purpose: "test" },
      { photo: four, confirmed: true },
    ]);
    expect(made).toMatchObject({ done: 4, refused: 0 });
    expect(made.results[0]).toEqual({
      photo: one,
      status: "done",
      label: "hawaiian",
      before: { label: "pepperoni", purpose: "learn", confirmed: false },
    });
    expect(await readExamples()).toEqual(
      start.map((row) => {
        if (row.sample_id === three) return { ...row, purpose: "test" };
        return row.sample_id === four ? { ...row, confirmed: 1 } : { ...row, class_id: "hawaiian" };
      }),
    );
    expect(await readAudit()).toEqual([
      ["example.confirm", { photos: 1 }],
      ["testSet.change", { purpose: "test", photos: 1 }],
      ["example.relabel", { to: "hawaiian", photos: 2 }],
    ]);
    const back = made.results.map(({ photo, before }) => ({ photo, ...before }));
    expect(await change(back)).toMatchObject({ done: 4, refused: 0 });
    expect(await readExamples()).toEqual(start);
  });

  it("fail row by row, and the others stay done", async () => {
    const [one, two, three] = photos;
    const { results, done, refused } = await change([
      { photo: UNKNOWN, label: "hawaiian" },
      { photo: one, label: "nothing" },
      { photo: two, label: "old" },
      { photo: three, label: "hawaiian", from: "hawaiian" },
      { photo: three, label: "hawaiian" },
      { photo: photos[3], label: "hawaiian", from: "pepperoni" },
    ]);
    expect(results.map(({ status, problem }) => problem?.code ?? status)).toEqual([
      ...["not_found", "unknown_class", "class_archived", "cannot_undo", "not_found", "done"],
    ]);
    expect({ done, refused }).toEqual({ done: 1, refused: 5 });
    const moved = (await readExamples()).filter(({ class_id: label }) => label === "hawaiian");
    expect(moved.map(({ sample_id: id }) => id)).toEqual([photos[3]]);
  });

  it("count as done, and leave no trace, where they already are what is asked for", async () => {
    const entries = await readAudit();
    const made = await change(
      photos.map((photo) => ({ photo, label: "pepperoni", purpose: "learn", confirmed: false })),
    );
    expect(made).toMatchObject({ done: 4, refused: 0 });
    expect(await readAudit()).toEqual(entries);
  });

  it("cost two statements for each kind of change, however many photos share it", async () => {
    const { db, calls } = observeD1(env.DB);
    const bindings = { ...env, DB: db, DAILY_QUOTA_KEY: "0" };
    await change(
      photos.map((photo) => ({ photo, label: "hawaiian" })),
      bindings,
    );
    const written = calls.flat().filter(({ sql }) => /^(update|insert)/i.test(sql));
    expect(written.map(({ sql }) => /"(\w+)"/.exec(sql)?.[1])).toEqual(["examples", "audit_log"]);
  });

  it.each([
    ["nothing", { changes: [] }],
    ["a row that changes nothing", { changes: [{ photo: UNKNOWN, from: "pepperoni" }] }],
    ["more than a hundred", { changes: Array.from({ length: 101 }, () => ({ photo: UNKNOWN, purpose: "test" })) }],
    ["a photo that is none", { changes: [{ photo: "x", purpose: "test" }] }],
  ])("are refused as %s", async (_, body) => {
    expect(await sendAsAdmin("/v1/admin/examples", json(body, "PATCH"))).toMatchObject({
      status: 400,
      body: { code: "bad_request" },
    });
  });
});
