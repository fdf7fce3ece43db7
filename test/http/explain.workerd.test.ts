import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createPlainKernels } from "../../src/head/kernels/plain-kernels.ts";
import { createTurns } from "../../src/shared/turns.ts";
import { openDatabase } from "../../src/store/database.ts";
import { findEmbedding } from "../../src/store/heads/explanation.ts";
import { createExplainer, createMetricFinder } from "../../src/training/explain.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { makeKey, sendWith } from "../support/keys.ts";
import { makePhoto } from "../support/photos.ts";
import { type Answer, json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "../support/worker-client.ts";

const MENU = { pepperoni: 6, hawaiian: 6, margherita: 3 };
const PHOTO = makePhoto("pepperoni", 99);

interface Speaking {
  readonly photo: string;
  readonly label: string;
  readonly contribution: number;
  readonly absorbed: boolean;
}
interface Explanation {
  readonly answer: string;
  readonly rival: string;
  readonly margin: number;
  readonly fromPhotos: number;
  readonly for: readonly Speaking[];
  readonly against: readonly Speaking[];
  readonly weighed: number;
  readonly learned: number;
  readonly capped: boolean;
  readonly current: boolean;
}

async function show(kind: string, seeds: readonly number[], label = kind): Promise<void> {
  const photos = Object.fromEntries(seeds.map((seed) => [`${seed}.png`, makePhoto(kind, seed)]));
  expect((await sendAsAdmin(`/v1/admin/classes/${label}/examples`, multipart(photos))).status).toBe(200);
}

async function train(): Promise<void> {
  expect((await sendAsAdmin("/v1/admin/training-runs", json({}))).body.outcome).toBe("published");
}

function explanationOf({ status, body }: Answer): Explanation {
  expect({ status, body }).toMatchObject({ status: 200, body: { explanation: expect.any(Object) } });
  return body.explanation as Explanation;
}

function sumOf({ for: one, against }: Explanation): number {
  return [...one, ...against].reduce((sum, { contribution }) => sum + contribution, 0);
}

const ask = (query = "explain=50", bindings = env) => sendAsAdmin(`/v1/classify?${query}`, rawPhoto(PHOTO), bindings);

beforeAll(async () => {
  await resetDatabase();
  for (const [kind, photos] of Object.entries(MENU)) {
    await sendAsAdmin("/v1/admin/classes", json({ name: kind, id: kind }));
    await show(kind, [...Array(photos).keys()]);
  }
  await train();
});

describe("the labelled photos behind an answer", () => {
  it("add up to its margin when all of them are named", async () => {
    const answer = await ask("explain=50&top_k=2");
    const explanation = explanationOf(answer);
    const [best, second] = answer.body.predictions as { label: string; score: number }[];
    expect(explanation).toMatchObject({ answer: best.label, rival: second.label, capped: false, current: true });
    expect(explanation.margin).toBeCloseTo(Math.log(best.score / second.score), 9);
    expect(Math.abs(sumOf(explanation) - explanation.fromPhotos)).toBeLessThan(1e-9);
    const named = [...explanation.for, ...explanation.against];
    const counts = Object.groupBy(named, ({ label }) => label);
    expect(counts[best.label]?.length).toBe(Reflect.get(MENU, best.label));
    expect(counts[second.label]?.length).toBe(Reflect.get(MENU, second.label));
    expect(explanation.weighed).toBe(named.length);
    expect(explanation.learned).toBe(named.length);
  });

  it("make the whole margin of two items with as many photos each, but for rounding", async () => {
    const [{ photo }] = await examplesOf("pepperoni");
    const path = `/v1/admin/photos/${photo}/explanation?answer=pepperoni&rival=hawaiian&limit=50`;
    const explanation = explanationOf(await sendAsAdmin(path));
    expect(explanation.learned).toBe(12);
    expect(Math.abs(explanation.margin - sumOf(explanation))).toBeLessThan(0.05 * Math.abs(explanation.margin));
  });

  it("come strongest first, so many on each side, as the list of examples shows them", async () => {
    const all = explanationOf(await ask());
    const few = explanationOf(await ask("explain=2"));
    expect(few.for).toEqual(all.for.slice(0, 2));
    expect(few.against).toEqual(all.against.slice(0, 2));
    expect(few.fromPhotos).toBe(all.fromPhotos);
    const strengths = all.for.map(({ contribution }) => contribution);
    expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
    expect(all.against.every(({ contribution }) => contribution < 0)).toBe(true);
    const [{ contribution: _, ...strongest }] = all.for;
    expect(await examplesOf(strongest.label)).toContainEqual(strongest);
  });

  it("are asked for with a number from 1 to 50, and left out where nobody asks", async () => {
    for (const wrong of ["0", "51", "x", "1.5"]) {
      const { status, body } = await ask(`explain=${wrong}`);
      expect({ wrong, status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ field: "explain" }] });
    }
    expect((await ask("top_k=2")).body).not.toHaveProperty("explanation");
  });

  it("are refused to whoever may not see the menu's photos, before a photo is read", async () => {
    const path = "/v1/classify?explain=3";
    expect(await send(path, rawPhoto(PHOTO))).toMatchObject({ status: 401, body: { code: "unauthorized" } });
    for (const role of ["classify", "label"] as const) {
      const { secret } = await makeKey(role);
      const refused = await sendWith(secret, path, rawPhoto(new Uint8Array(3)));
      expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
      expect(refused.body.detail).toContain("review");
    }
    const { secret } = await makeKey("review");
    expect(explanationOf(await sendWith(secret, path, rawPhoto(PHOTO))).for).toHaveLength(3);
  });

  it("cost one read of the statistics, then as many rows as are weighed", async () => {
    const observed = observeD1(env.DB);
    const bindings = { ...env, DB: observed.db };
    const measure = async () => {
      const [before, call] = [{ ...observed.counts }, observed.calls.length];
      const { weighed } = explanationOf(await ask("explain=5", bindings));
      const grams = observed.calls
        .slice(call)
        .flat()
        .filter(({ sql }) => sql.includes("gram_parts"));
      return { weighed, grams: grams.length, rows: observed.counts.rowsRead - before.rowsRead };
    };
    const first = await measure();
    const second = await measure();
    expect(first.grams).toBe(1);
    // Beside the photos: the head, the version, two sums, and what the classification itself looks up.
    expect(second).toMatchObject({ weighed: first.weighed, grams: 0 });
    expect(second.rows - second.weighed).toBeLessThanOrEqual(8);
    expect(first.rows - second.rows).toBeLessThan(20);
  });

  it("are a part of those of a large item, the same ones every time, and say so", async () => {
    const embedding = await readStoredEmbedding();
    const wanted = { headVersion: 1, embedding, answer: "pepperoni", against: "margherita", photos: 50 };
    const explain = (perClass: number) =>
      createExplainer(createMetricFinder(createPlainKernels(), createTurns()), perClass)(
        openDatabase(env.DB),
        embedding.values.length,
        wanted,
      );
    const [whole, capped, again] = [await explain(6), await explain(4), await explain(4)];
    expect(whole).toMatchObject({ isCapped: false, weighed: 9 });
    expect(capped).toMatchObject({ isCapped: true, weighed: 7, learned: 9 });
    expect(again).toEqual(capped);
    // What all photos say is exact all the same, and so is what each of them says.
    expect(capped?.sum).toBe(whole?.sum);
    const ids = new Set(capped?.speakFor.map(({ example }) => example.photo));
    expect(capped?.speakFor).toEqual(whole?.speakFor.filter(({ example }) => ids.has(example.photo)));
  });
});

describe("a stored photo", () => {
  it("is explained by the live head's best two, or by the items that are asked about", async () => {
    const [{ photo }] = await examplesOf("hawaiian");
    const path = `/v1/admin/photos/${photo}/explanation`;
    const own = await sendAsAdmin(path);
    expect(own.body.headVersion).toBe(1);
    expect(explanationOf(own).answer).toBe("hawaiian");
    const turned = explanationOf(await sendAsAdmin(`${path}?answer=margherita&rival=hawaiian&limit=50`));
    expect(turned).toMatchObject({ answer: "margherita", rival: "hawaiian" });
    expect(turned.margin).toBeLessThan(0);
    expect(turned.against.map((one) => one.photo)).toContain(photo);
    const unknown = await sendAsAdmin(`${path}?answer=calzone`);
    expect(unknown).toMatchObject({ status: 422, body: { code: "unknown_class" } });
  });

  it("may be one that a correction is about, and nothing else", async () => {
    await send("/v1/labels", multipart({ "a.png": makePhoto("hawaiian", 77) }, { label: "margherita" }));
    const { body } = await sendAsAdmin("/v1/admin/reviews");
    const [{ photo }] = body.reviews as { photo: string }[];
    expect(explanationOf(await sendAsAdmin(`/v1/admin/photos/${photo}/explanation`)).answer).toBe("hawaiian");
    const nowhere = await sendAsAdmin(`/v1/admin/photos/${"0".repeat(64)}/explanation`);
    expect(nowhere).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("what has changed since the head was made", () => {
  it("is said: an older head is weighed by the labels that are learned now", async () => {
    await show("margherita", [50, 51, 52]);
    await train();
    const fresh = { ...env };
    expect(explanationOf(await ask("explain=1", fresh)).current).toBe(true);
    expect(explanationOf(await ask("explain=1&head=1", fresh))).toMatchObject({ current: false, capped: false });
  });

  it("leaves a forgotten photo out, though it is not unlearned yet", async () => {
    const before = explanationOf(await ask());
    const [{ photo }] = before.for;
    await sendAsAdmin(`/v1/admin/examples/${photo}`, { method: "DELETE" });
    const after = explanationOf(await ask());
    expect(after.for.map((one) => one.photo)).not.toContain(photo);
    expect(after).toMatchObject({ capped: false, fromPhotos: before.fromPhotos, weighed: before.weighed - 1 });
  });

  it("shows a label that waits for the next run", async () => {
    const { answer, rival, for: speaking } = explanationOf(await ask());
    const moved = speaking.find(({ label }) => label === answer);
    await sendAsAdmin(`/v1/admin/examples/${moved?.photo}`, json({ label: rival }, "PATCH"));
    const after = explanationOf(await ask());
    expect(after.for.find(({ photo }) => photo === moved?.photo)).toMatchObject({ label: rival, absorbed: false });
  });

  it("is nothing to weigh where one item is left", async () => {
    for (const id of ["hawaiian", "margherita"]) {
      await sendAsAdmin(`/v1/admin/classes/${id}`, json({ archived: true }, "PATCH"));
    }
    // An isolate of its own: this one knows the menu as it was for another few seconds.
    expect((await ask("explain=5", { ...env })).body).toMatchObject({ explanation: null });
  });
});

async function readStoredEmbedding() {
  const [{ photo }] = await examplesOf("hawaiian");
  const embedding = await findEmbedding(openDatabase(env.DB), photo);
  if (embedding === null) throw new Error(`${photo} is gone`);
  return embedding;
}

async function examplesOf(item: string): Promise<Record<string, string>[]> {
  return (await sendAsAdmin(`/v1/admin/examples?class=${item}`)).body.examples as Record<string, string>[];
}
