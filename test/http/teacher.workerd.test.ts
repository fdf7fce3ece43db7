/** The teacher as staff see it: what it said, what it cost, how often people disagreed, and forgetting all of it. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { dayOf } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { claimSamples, storeOutcomes } from "../../src/store/teaching/teacher-calls.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { unsure } from "../support/pooled.ts";
import { resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const PICTURE = "data:image/png;base64,AAAA";
const TEACHING: Env = {
  ...env,
  POOL_SIZE: "100",
  POOL_KEEPS_COPIES: "true",
  TEACHER_DAILY_CALLS: "50",
  TEACHER_MODEL: "large-1",
  TEACHER_URL: "http://localhost:1/v1/chat/completions",
};
const samples = makeEmbeddedPhotos(0, 5);

beforeAll(async () => {
  await resetDatabase();
  const now = Date.now();
  for (const id of ["a", "b"]) await createClass(db, { id, name: `Item ${id}`, description: "" }, "admin", now);
  await storePooled(
    db,
    samples.map((sample) => unsure(sample, { preview: PICTURE })),
    100,
  );
  const candidates = samples.map(({ sampleId }) => ({ photo: sampleId, headVersion: 1, headAnswer: "a" }));
  const claim = "c";
  const photos = await claimSamples(db, candidates, { claim, model: "large-1", budget: 50, now });
  const said = ["a", "a", "b", null];
  const outcomes = photos.map((photo, i) =>
    i < said.length ? { photo, item: said[i], confidence: 0.75 } : { photo, fault: "late" },
  );
  await storeOutcomes(db, claim, outcomes, now);
  await labelSamples(db, "b", samples.slice(0, 1), "admin", now);
});

describe("the teacher, as staff see it", () => {
  it("tells what it costs, what it said and how often people disagreed", async () => {
    const { status, body } = await sendAsAdmin("/v1/admin/teacher", {}, TEACHING);
    expect(status).toBe(200);
    expect(body).toEqual({
      state: "asking",
      model: "large-1",
      guestsTeach: false,
      today: { calls: 5, budget: 50 },
      days: [{ day: new Date(dayOf(Date.now()) * 86_400_000).toISOString().slice(0, 10), calls: 5, faults: 1 }],
      answers: 4,
      none: 1,
      judged: 1,
      overruled: 1,
      agreement: { judged: 4, agreed: 2 },
      counting: null,
    });
  });

  it("is off, with what it had said, where the operator allows no calls", async () => {
    expect((await sendAsAdmin("/v1/admin/teacher")).body).toMatchObject({
      state: "off",
      model: null,
      today: { calls: 5, budget: 0 },
      answers: 4,
    });
  });

  it("tells whether it is asked about guests' samples too", async () => {
    const { body } = await sendAsAdmin("/v1/admin/teacher", {}, { ...TEACHING, PUBLIC_TEACHING: "true" });
    expect(body).toMatchObject({ state: "asking", guestsTeach: true });
  });

  it("lists its answers page by page, with the copies and what people say", async () => {
    const first = await sendAsAdmin("/v1/admin/teacher/labels?limit=3");
    expect(first.body.labels).toHaveLength(3);
    const { next } = first.body;
    const rest = await sendAsAdmin(`/v1/admin/teacher/labels?limit=3&after=${next}`);
    expect(rest.body).toMatchObject({ next: null });
    const all = [...(first.body.labels as object[]), ...(rest.body.labels as object[])];
    expect(all).toHaveLength(4);
    const [{ sampleId }] = samples;
    expect(all).toContainEqual({
      photo: sampleId,
      source: "teacher",
      model: "large-1",
      label: "a",
      name: "Item a",
      confidence: 0.75,
      headAnswer: "a",
      personLabel: "b",
      thumbnail: PICTURE,
      text: null,
      answeredAt: expect.any(String),
    });
    const nothing = await sendAsAdmin("/v1/admin/teacher/labels?after=yesterday");
    expect(nothing).toMatchObject({ status: 400, body: { code: "bad_request" } });
  });

  it("stops the Worker where it cannot be asked at all, saying why in the log", async () => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    const unreachable = { ...TEACHING, TEACHER_URL: "" };
    expect((await send("/v1/menu", {}, unreachable)).status).toBe(500);
    expect(String(log.mock.calls)).toContain("TEACHER_URL is missing, and there is no binding AI");
    log.mockRestore();
  });

  it("is forgotten at once; what it cost stays", async () => {
    const gone = await sendAsAdmin("/v1/admin/teacher/labels", { method: "DELETE" });
    expect(gone).toMatchObject({ status: 200, body: { forgotten: 4 } });
    expect((await sendAsAdmin("/v1/admin/teacher/labels")).body).toEqual({ labels: [], next: null });
    expect((await sendAsAdmin("/v1/admin/teacher")).body).toMatchObject({ answers: 0, days: [{ calls: 5 }] });
    const { body } = await sendAsAdmin("/v1/admin/audit-log");
    expect(body.entries).toContainEqual(expect.objectContaining({ action: "teacher.forget", detail: { answers: 4 } }));
  });
});
