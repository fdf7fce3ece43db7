/** A pool that hostile guests have filled: nothing of it is learnt until a person says what it is, on the real database. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { quantiseEmbedding } from "../../src/head/embedding.ts";
import { predict } from "../../src/head/predict.ts";
import { nameGuest } from "../../src/shared/contributor.ts";
import { openDatabase } from "../../src/store/database.ts";
import { findNewestHead, loadHead } from "../../src/store/heads/heads.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { createPlace } from "../../src/store/places/places.ts";
import { type NewPooledSample, storePooled } from "../../src/store/pool/pooled-samples.ts";
import { POOL_BATCH } from "../../src/store/pool/tables.ts";
import { measurePlaces } from "../../src/training/places.ts";
import { runTraining } from "../../src/training/run.ts";
import { DIMENSION, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { makeBetween, unsure } from "../support/pooled.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const HOSTILE = 500;
/** What an honest answer may move by. */
const MOST = 0.01;
const honest = ITEMS.flatMap((_, kind) => makeEmbeddedPhotos(kind, 20, 50));

/** Each from a site of its own, which no limit of a network or a site holds back. */
const guest = (i: number) => nameGuest(i.toString(16).padStart(8, "0").padEnd(12, "0"), "0".repeat(12));

/** All of one class, as near to another as they can be and still be that class. */
const oneClass = () => makeBetween(0, 1, HOSTILE, 60, 0.6);

/** Far out along one number each, where no photo is. */
function crafted(): EmbeddedSample[] {
  return makeEmbeddedPhotos(0, HOSTILE, 61).map((sample, i) => {
    const spike = Float32Array.from({ length: DIMENSION }, (_, k) => (k === i % DIMENSION ? 1 : 0));
    const embedding = quantiseEmbedding(spike, DIMENSION);
    if (!embedding.ok) throw new Error(embedding.error.message);
    return { ...sample, embedding: embedding.value };
  });
}

/** Of every honest photo the probability of every item, from the newest head, whatever the gate says of it, once all is learnt and then learnt again. */
async function learnAnew(): Promise<readonly ReadonlyMap<string, number>[]> {
  const context = { ...trainingContext(db), pool: { size: 2 * HOSTILE } };
  for (const rebuild of [false, true]) {
    await runTraining(context, { trigger: "admin", rebuild });
    await measurePlaces(context);
  }
  const newest = await findNewestHead(db);
  const loaded = await loadHead(db, newest?.version ?? 0);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  return honest.map(({ embedding }) => {
    const { scores, none } = predict(loaded.value.head, embedding);
    return new Map([["", none], ...scores.map(({ classId, score }) => [classId, score] as const)]);
  });
}

type Answers = Awaited<ReturnType<typeof learnAnew>>;

function largestMove(before: Answers, after: Answers): number {
  const moves = before.flatMap((one, i) => Array.from(one, ([id, p]) => Math.abs(p - (after[i].get(id) ?? 9))));
  return Math.max(...moves);
}

async function fillPool(
  samples: readonly EmbeddedSample[],
  given: (i: number) => Partial<NewPooledSample> = (i) => ({ contributor: guest(i) }),
): Promise<void> {
  const rows = samples.map((sample, i) => unsure(sample, { margin: 0, ...given(i) }));
  for (let i = 0; i < rows.length; i += POOL_BATCH) await storePooled(db, rows.slice(i, i + POOL_BATCH), 2 * HOSTILE);
}

/** A place whose camera has a key, thirty photos of it from which the head learns without a label, and labels there that judge it. */
async function openPlace(): Promise<void> {
  await createPlace(db, { id: "terrace", name: "Terrace" }, "admin", NOW);
  for (const [kind, id] of ITEMS.entries()) {
    const labelled = makeEmbeddedPhotos(kind, 4, 81).map((sample) => ({ ...sample, place: "terrace" }));
    await labelSamples(db, id, labelled, "admin", NOW);
  }
  const seen = ITEMS.flatMap((_, kind) => makeEmbeddedPhotos(kind, 10, 71));
  await fillPool(seen, () => ({ contributor: "k_0123456789abcdef", place: "terrace", reason: "place" }));
}

const fromTerrace = (i: number) => ({ contributor: guest(i), place: "terrace", reason: "place", margin: 9 }) as const;

/** An empty database, and twenty photos of each item. */
async function teachMenu(): Promise<void> {
  await resetDatabase();
  for (const [kind, id] of ITEMS.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, 20), "admin", NOW);
  }
}

describe("a poisoned pool", () => {
  beforeEach(teachMenu);

  it.each([
    ["photos of one class", oneClass],
    ["crafted embeddings", crafted],
  ] as const)("of 500 guests' %s moves no answer on the honest photos by more than .01", async (_, attack) => {
    const before = await learnAnew();
    await teachMenu(); // the same from the start, beside a pool that is full
    await fillPool(attack());
    const pooled = await env.DB.prepare("SELECT count(*) AS n FROM pooled_samples").first<number>("n");
    expect(pooled).toBe(HOSTILE);
    expect(largestMove(before, await learnAnew())).toBeLessThanOrEqual(MOST);
  });

  it.each([
    ["photos of one class", oneClass],
    ["crafted embeddings", crafted],
  ] as const)("of 500 guests' %s from a place that is learnt from moves none either", async (_, attack) => {
    await openPlace();
    const before = await learnAnew();
    const newest = await findNewestHead(db);
    expect(newest?.evaluation?.pool).toMatchObject({ labels: expect.any(Number), judged: 72 });
    await teachMenu();
    await openPlace();
    await fillPool(attack(), fromTerrace);
    const pooled = await env.DB.prepare("SELECT count(*) AS n FROM pooled_samples").first<number>("n");
    expect(pooled).toBe(HOSTILE + 30);
    expect(largestMove(before, await learnAnew())).toBeLessThanOrEqual(MOST);
  });

  it("would move them if it were learnt, so the bound above can be missed", async () => {
    const before = await learnAnew();
    await labelSamples(db, "b", oneClass(), "import", NOW);
    expect(largestMove(before, await learnAnew())).toBeGreaterThan(MOST);
  });
});
