/** What is pooled without a place, in training runs on the real database: a deployment that reads texts learns from it, behind the guard of people's labels. */
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { findNewestHead, loadHead } from "../../src/store/heads/heads.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { createPlace } from "../../src/store/places/places.ts";
import { storePooled } from "../../src/store/pool/pooled-samples.ts";
import { runTraining } from "../../src/training/run.ts";
import type { WordReader } from "../../src/training/word-reader.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { makeBetween, unsure } from "../support/pooled.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const ITEMS = ["a", "b", "c"];
const KEY = "k_0123456789abcdef";
/** As a deployment that reads texts has it; no item here has words, so nothing asks it for any. */
const words: WordReader = {
  languages: ["en"],
  embed: async () => {
    throw new Error("No item here has a description.");
  },
};

async function teach(perItem: number): Promise<void> {
  for (const [kind, id] of ITEMS.entries()) {
    await createClass(db, { id, name: id, description: "" }, "admin", NOW + kind);
    await labelSamples(db, id, makeEmbeddedPhotos(kind, perItem), "admin", NOW);
  }
}

async function pool(samples: readonly EmbeddedSample[], contributor: string, place: string | null = null) {
  await storePooled(
    db,
    samples.map((sample) => unsure(sample, { contributor, place })),
    1_000,
  );
}

function labelThere(classId: string, samples: readonly EmbeddedSample[]) {
  const there = samples.map((sample) => ({ ...sample, place: "ko" }));
  return labelSamples(db, classId, there, "admin", NOW);
}

/** Such as came once the menu was taught, of every item. */
const more = (perItem: number) => ITEMS.flatMap((_, kind) => makeEmbeddedPhotos(kind, perItem, 70));

/** The newest head once all is learnt again, and what people's labels said of what nobody has labelled. */
async function learn(changes: object = {}) {
  const context = trainingContext(db, { pool: { size: 1_000 }, words, ...changes });
  for (const rebuild of [false, true]) await runTraining(context, { trigger: "admin", rebuild });
  const newest = await findNewestHead(db);
  const loaded = await loadHead(db, newest?.version ?? 0);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  const { weights } = loaded.value.head;
  return { weights, verdict: newest?.evaluation?.pool };
}

beforeEach(resetDatabase);

describe("what is pooled without a place", () => {
  it("is learnt from where texts are read and people's labels do not speak against it, and the head says so", async () => {
    await teach(8);
    const before = await learn();
    await pool(more(15), KEY);
    const after = await learn();
    expect(before.verdict).toBeUndefined();
    expect(after.verdict).toMatchObject({ isAllowed: true, judged: 24 });
    expect(after.verdict?.labels).toBeGreaterThan(0);
    expect(after.weights).not.toEqual(before.weights);
  });

  it("changes nothing while fewer labels than ten can judge it", async () => {
    await teach(3);
    const before = await learn();
    await pool(more(15), KEY);
    const after = await learn();
    expect(after.verdict).toMatchObject({ isAllowed: false, judged: 9 });
    expect(after.weights).toEqual(before.weights);
  });

  it("changes nothing where people's labels are answered worse for it", async () => {
    await teach(8);
    const before = await learn();
    await pool(makeBetween(0, 1, 60, 70), KEY);
    const after = await learn();
    expect(after.verdict).toMatchObject({ isAllowed: false, judged: 24 });
    expect(after.verdict?.labels).toBeGreaterThan(0);
    expect(after.weights).toEqual(before.weights);
  });

  it("is not learnt from at a place whose own labels are too few to judge it", async () => {
    await createPlace(db, { id: "ko", name: "Korean" }, "admin", NOW);
    await teach(8);
    await pool(more(15), KEY, "ko");
    expect((await learn()).verdict).toBeUndefined();
    for (const [kind, id] of ITEMS.entries()) await labelThere(id, makeEmbeddedPhotos(kind, 4, 31));
    expect((await learn()).verdict).toMatchObject({ isAllowed: true, judged: 36 });
  });

  it("is left alone where photos are read, where it came from guests, and while the pool is closed", async () => {
    await teach(8);
    await pool(more(15), KEY);
    expect((await learn({ words: undefined })).verdict).toBeUndefined();
    expect((await learn({ pool: { size: 0 } })).verdict).toBeUndefined();
    await env.DB.prepare("UPDATE pooled_samples SET contributor = 'g_00000001000000000001'").run();
    expect((await learn()).verdict).toBeUndefined();
  });
});
