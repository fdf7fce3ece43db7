/** Asking a teacher about the pool, on the real database: what is asked, what it may cost, and what becomes of it when things go wrong. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { teach } from "../../src/jobs/teach.ts";
import { getServices } from "../../src/services.ts";
import { err, ok } from "../../src/shared/result.ts";
import { DAY_MS, dayOf } from "../../src/shared/time.ts";
import { openDatabase } from "../../src/store/database.ts";
import { createHeadCache } from "../../src/store/heads/head-cache.ts";
import { forgetSamples } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { TEACHER_RETRY_MS } from "../../src/store/teaching/tables.ts";
import { claimSamples, countCalls, cutBackTeacher, readAgreement } from "../../src/store/teaching/teacher-calls.ts";
import { listTeacherDays, listTeacherLabels } from "../../src/store/teaching/teacher-labels.ts";
import type { AskTeacher, TeacherQuestion } from "../../src/teacher/teacher.ts";
import { runTraining } from "../../src/training/run.ts";
import { AGREEMENT_WINDOW } from "../../src/training/teaching.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makeBetween, unsure } from "../support/pooled.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const PICTURE = "data:image/png;base64,AAAA";

/** A pool of samples between the kinds `a` and `b`, with copies. */
async function fillPool(count: number, seed = 6) {
  const samples = makeBetween(0, 1, count, seed);
  await storePooled(
    db,
    samples.map((sample) => unsure(sample, { preview: PICTURE })),
    1_000,
  );
  return samples;
}

const saysA: AskTeacher = async () => ok({ item: "a", confidence: 0.9 });

/** A job at this time; `asked` gathers its questions. */
function job(ask: AskTeacher = saysA, dailyCalls = 100, now = NOW, database = db) {
  const asked: TeacherQuestion[] = [];
  const services = getServices(env);
  const teacher = {
    model: "large-1",
    ask: (question: TeacherQuestion) => {
      asked.push(question);
      return ask(question);
    },
  };
  const config = { ...services.config, teacher: { dailyCalls, model: "large-1", url: undefined, key: undefined } };
  const given = { db: database, config, teacher, clock: () => now, readServedHead: createHeadCache() };
  return { asked, run: () => teach({ ...services, ...given }) };
}

beforeEach(async () => {
  await resetDatabase();
  for (const [kind, id] of ITEMS.entries()) {
    await createClass(db, { id, name: `Item ${id}`, description: `All of ${id}` }, "admin", NOW);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, 12), "admin", NOW);
  }
  await runTraining(trainingContext(db), { trigger: "admin" });
});

describe("asking the teacher", () => {
  it("shows it the copy and the menu, and keeps what it said", async () => {
    await fillPool(1);
    const { asked, run } = job();
    expect(await run()).toEqual({ asked: 1, answered: 1, isResting: false });
    expect(asked).toEqual([
      {
        items: ITEMS.map((id) => ({ id, name: `Item ${id}`, description: `All of ${id}` })),
        sample: { kind: "photo", url: PICTURE },
      },
    ]);
    expect(await listTeacherLabels(db, 10)).toMatchObject([
      { item: "a", name: "Item a", confidence: 0.9, model: "large-1", personLabel: null, preview: PICTURE },
    ]);
    expect(await listTeacherDays(db, 10)).toEqual([{ day: dayOf(NOW), calls: 1, faults: 0 }]);
  });

  it("asks once about a sample, whatever was said of it", async () => {
    await fillPool(3);
    await job(async () => ok({ item: null, confidence: 0.4 })).run();
    expect((await job(saysA, 100, NOW + DAY_MS).run()).asked).toBe(0);
    expect(await listTeacherLabels(db, 10)).toMatchObject([{ item: null }, { item: null }, { item: null }]);
  });

  it("begins with one call and makes twenty at most; a free plan's 50 queries are enough", async () => {
    await fillPool(30);
    const observed = observeD1(env.DB);
    const { asked, run } = job(saysA, 100, NOW, openDatabase(observed.db));
    expect(await run()).toMatchObject({ asked: 20 });
    expect(asked).toHaveLength(20);
    expect(observed.counts.queries).toBeLessThan(50);
  });

  it("asks the database nothing where there is no teacher", async () => {
    await fillPool(1);
    const observed = observeD1(env.DB);
    const report = await teach({ ...getServices(env), db: openDatabase(observed.db) });
    expect(report).toEqual({ asked: 0, answered: 0, isResting: false });
    expect(observed.counts.queries).toBe(0);
  });

  it("keeps to the day's calls, and begins again with the next day", async () => {
    await fillPool(12);
    expect((await job(saysA, 7).run()).asked).toBe(7);
    expect((await job(saysA, 7).run()).asked).toBe(0);
    expect((await job(saysA, 7, NOW + DAY_MS).run()).asked).toBe(5);
    expect((await listTeacherDays(db, 10)).map(({ calls }) => calls)).toEqual([5, 7]);
  });

  it("costs nothing where two jobs run at once: no sample is asked about twice, no budget exceeded", async () => {
    await fillPool(30);
    const jobs = Array.from({ length: 4 }, () => job(saysA, 9));
    await Promise.all(jobs.map(({ run }) => run()));
    const calls = jobs.reduce((sum, { asked }) => sum + asked.length, 0);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThanOrEqual(9);
    expect(await countCalls(db, NOW)).toBe(calls);
    expect(await listTeacherLabels(db, 100)).toHaveLength(calls);
  });

  it("asks nothing without a copy, without a head, or of a sample that somebody has labelled", async () => {
    const [labelled, bare] = makeBetween(0, 1, 2, 9);
    await storePooled(db, [unsure(bare), unsure(labelled, { preview: PICTURE })], 1_000);
    await labelSamples(db, "a", [labelled], "admin", NOW);
    expect((await job().run()).asked).toBe(0);
    await env.DB.prepare("UPDATE deployment SET live_head = NULL").run();
    await fillPool(1);
    expect((await job().run()).asked).toBe(0);
  });
});

describe("a teacher that fails", () => {
  it.each(["busy", "late", "unreachable", "refused"] as const)("costs one call a job while it is %s", async (fault) => {
    await fillPool(8);
    const { asked, run } = job(async () => err(fault));
    expect(await run()).toEqual({ asked: 1, answered: 0, isResting: false });
    expect(asked).toHaveLength(1);
    expect(await listTeacherLabels(db, 10)).toEqual([]);
    expect(await listTeacherDays(db, 10)).toMatchObject([{ calls: 1, faults: 1 }]);
  });

  it("is asked about the other samples where it has no answer to some, and about those no more than three times", async () => {
    await fillPool(4);
    const first = job(async () => err("malformed"));
    expect(await first.run()).toMatchObject({ asked: 4, answered: 0 });
    expect((await job().run()).asked).toBe(0); // -- not within the hour
    for (let hour = 1; hour <= 4; hour++)
      await job(async () => err("declined"), 100, NOW + hour * TEACHER_RETRY_MS).run();
    expect(await countCalls(db, NOW)).toBe(12);
  });

  it("loses nothing when the job dies in the middle of a call: the call is paid for, and asked again after an hour", async () => {
    const [{ sampleId }] = await fillPool(1);
    const candidate = { photo: sampleId, headVersion: 1, headAnswer: "a" };
    const claim = { claim: "died", model: "large-1", budget: 100, now: NOW };
    expect(await claimSamples(db, [candidate], claim)).toEqual([sampleId]);
    expect(await countCalls(db, NOW)).toBe(1);
    expect((await job().run()).asked).toBe(0);
    expect((await job(saysA, 100, NOW + TEACHER_RETRY_MS).run()).answered).toBe(1);
    expect(await listTeacherLabels(db, 10)).toMatchObject([{ photo: sampleId, item: "a" }]);
  });

  it("does not bring back a sample that is forgotten while it is asked", async () => {
    const [{ sampleId }] = await fillPool(1);
    const forgets: AskTeacher = async () => {
      await forgetSamples(db, [sampleId], "admin", NOW);
      return ok({ item: "a", confidence: 1 });
    };
    await job(forgets).run();
    expect(await listTeacherLabels(db, 10)).toEqual([]);
  });
});

describe("a head that agrees with its teacher", () => {
  /** Answers as if the head had said `headAnswer` and the teacher `a`. */
  async function haveAnswered(count: number, headAnswer: string, seed: number, now = NOW) {
    const samples = await fillPool(count, seed);
    const candidates = samples.map(({ sampleId }) => ({ photo: sampleId, headVersion: 1, headAnswer }));
    await claimSamples(db, candidates, { claim: `c${seed}`, model: "large-1", budget: 10_000, now: now - 10 * DAY_MS });
    await env.DB.prepare("UPDATE teacher_labels SET answered_at = ?, class_id = 'a', confidence = 1 WHERE claim = ?")
      .bind(now, `c${seed}`)
      .run();
  }

  it("is left to itself but for a call now and then, until it no longer agrees", async () => {
    await haveAnswered(AGREEMENT_WINDOW, "a", 20);
    expect(await readAgreement(db, AGREEMENT_WINDOW)).toEqual({ judged: AGREEMENT_WINDOW, agreed: AGREEMENT_WINDOW });
    await fillPool(30, 21);
    expect(await job().run()).toEqual({ asked: 1, answered: 1, isResting: true });
    for (let i = 0; i < 10; i++) await job().run();
    expect(await countCalls(db, NOW)).toBe(5); // -- a twentieth of the day's hundred
    await haveAnswered(AGREEMENT_WINDOW / 5, "b", 22, NOW + 1);
    expect(await job(saysA, 100, NOW + DAY_MS).run()).toMatchObject({ isResting: false, asked: 20 });
  });

  it("is not thought to agree by few answers, or where it says unknown and the teacher does not", async () => {
    await haveAnswered(AGREEMENT_WINDOW - 1, "a", 23);
    await fillPool(2, 24);
    expect(await job().run()).toMatchObject({ isResting: false });
    expect((await readAgreement(db, 1)).judged).toBe(1);
  });

  it("keeps the newest answers and days, and drops what was never answered when it leaves the pool", async () => {
    await haveAnswered(3, "a", 25);
    const [{ sampleId }] = await fillPool(1, 26);
    const candidate = { photo: sampleId, headVersion: 1, headAnswer: null };
    await claimSamples(db, [candidate], { claim: "x", model: "large-1", budget: 100, now: NOW });
    await env.DB.prepare("DELETE FROM pooled_samples").run();
    expect(await cutBackTeacher(db, NOW)).toBe(0);
    expect(await cutBackTeacher(db, NOW + TEACHER_RETRY_MS)).toBe(1);
    expect(await listTeacherLabels(db, 10)).toHaveLength(3);
    await cutBackTeacher(db, NOW + 200 * DAY_MS);
    expect(await listTeacherDays(db, 10)).toEqual([]);
  });
});
