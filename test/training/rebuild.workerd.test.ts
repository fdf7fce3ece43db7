import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { isRebuilding } from "../../src/store/learning/rebuild.ts";
import { listTrainingRuns } from "../../src/store/learning/training-runs.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { cutBack } from "../../src/store/retention.ts";
import { runTraining } from "../../src/training/run.ts";
import { makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { expectStoredEqualsRebuild } from "../support/stored-statistics.ts";
import { NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
/** Sixty examples take three runs of twenty-odd rows, and a fourth that finds nothing left. */
const SMALL_LIMITS = { labels: 1_000, rebuildRows: 20, pageRows: 10 };

function train(request: { rebuild?: boolean } = {}) {
  return runTraining(trainingContext(db, { limits: SMALL_LIMITS }), { trigger: "admin", ...request });
}

function spoil(sql: string) {
  return env.DB.prepare(sql).run();
}

async function finishRebuild() {
  const reports = [await train()];
  while (reports.at(-1)?.outcome === "rebuilding") reports.push(await train());
  return reports;
}

describe("a rebuild of the statistics", () => {
  beforeEach(async () => {
    await resetDatabase();
    for (const [kind, id] of ["a", "b"].entries()) {
      await createClass(db, { id, name: id, description: "" }, "admin", NOW + kind);
      await labelSamples(db, id, makeEmbeddedPhotos(kind, 30), "admin", NOW);
    }
    await train();
  });

  it.each([
    ["an entry of the Gram matrix is lost", "UPDATE gram_parts SET data = 'AAAA' || substr(data, 5)", "trace(G)"],
    ["a part of the Gram matrix is cut off", "UPDATE gram_parts SET data = substr(data, 1, 100)", "bytes"],
    ["the Gram matrix is gone", "DELETE FROM gram_parts", "stored in 0 bytes"],
    ["a count is wrong", "UPDATE class_sums SET count = count + 1 WHERE class_id = 'a'", "count 61 examples"],
    ["a class sum is cut off", "UPDATE class_sums SET sum = substr(sum, 1, 64) WHERE class_id = 'a'", "item a"],
    ["a class sum is gone", "DELETE FROM class_sums WHERE class_id = 'b'", "count 30 examples"],
    ["the squared norms are wrong", "UPDATE statistics SET squared_norms = squared_norms + 1", "trace(G)"],
  ])("is what the next run falls back to when %s, and says why", async (_name, damage, reason) => {
    await spoil(damage);
    await labelSamples(db, "a", makeEmbeddedPhotos(0, 1, 50), "admin", NOW);
    const reports = await finishRebuild();
    expect(reports[0]).toMatchObject({ outcome: "rebuilding", message: expect.stringContaining(reason) });
    expect(reports.at(-1)).toMatchObject({
      outcome: "published",
      message: expect.stringContaining("Rebuilt the statistics from 60 examples"),
    });
    await train();
    expect(await expectStoredEqualsRebuild(db)).toBe(61);
    expect((await listTrainingRuns(db, 10)).some(({ message }) => message.includes(reason))).toBe(true);
  });

  it("continues where the last run stopped, one page at a time, and absorbs nothing until it is done", async () => {
    await labelSamples(db, "b", makeEmbeddedPhotos(1, 5, 51), "admin", NOW);
    const first = await train({ rebuild: true });
    expect(first).toMatchObject({ outcome: "rebuilding", absorbed: 0, remaining: 5 });
    expect(first.message).toContain("20 examples read so far. The next run goes on. An admin asked for it.");
    const later = await finishRebuild();
    expect(later.map(({ outcome }) => outcome)).toEqual(["rebuilding", "rebuilding", "published"]);
    expect(await isRebuilding(db)).toBe(false);
    expect(await train()).toMatchObject({ outcome: "published", absorbed: 5 });
    expect(await expectStoredEqualsRebuild(db)).toBe(65);
  });

  it("says how far the incremental statistics had been off, which is rounding", async () => {
    await train({ rebuild: true });
    const message = (await finishRebuild()).at(-1)?.message ?? "";
    const difference = Number(/largest difference ([\d.]+e[+-]\d+)/.exec(message)?.[1]);
    expect(difference).toBeLessThan(1e-5);
  });

  it("begins again when its own half-made statistics are damaged", async () => {
    await train({ rebuild: true });
    await spoil("UPDATE gram_parts SET data = 'AAAA' WHERE slot = 'rebuild'");
    await finishRebuild();
    expect(await expectStoredEqualsRebuild(db)).toBe(60);
  });

  it("is asked for by the nightly job when a count does not agree with the markers", async () => {
    await spoil(
      "UPDATE examples SET absorbed_class_id = 'b' WHERE sample_id = (SELECT min(sample_id) FROM examples WHERE class_id = 'a')",
    );
    expect(await cutBack(db, 20, NOW)).toMatchObject({ miscounted: ["a", "b"] });
    await finishRebuild();
    await train();
    expect(await expectStoredEqualsRebuild(db)).toBe(60);
    expect(await cutBack(db, 20, NOW)).toMatchObject({ miscounted: [] });
  });
});
