import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { loadHead, readLivePointer } from "../../src/store/heads/heads.ts";
import { type EmbeddedSample, labelSamples } from "../../src/store/labels/labels.ts";
import { countLabels } from "../../src/store/learning/pending-labels.ts";
import { sampleAbsorbed } from "../../src/store/learning/sample.ts";
import { loadStatistics } from "../../src/store/learning/statistics.ts";
import { listTrainingRuns } from "../../src/store/learning/training-runs.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { changeClass } from "../../src/store/menu/menu.ts";
import { runTraining } from "../../src/training/run.ts";
import { BACKBONE_ID, DIMENSION, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { LEASE_MS, NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const pepperoni = makeEmbeddedPhotos(0, 12);
const hawaiian = makeEmbeddedPhotos(1, 12);

async function expectStatisticsOf(db: Database, labels: Record<string, EmbeddedSample[]>) {
  const loaded = await loadStatistics(db, BACKBONE_ID, DIMENSION);
  if (!loaded.ok) throw new Error(loaded.error.detail);
  const rebuilt = createStatistics(DIMENSION);
  for (const [classId, photos] of Object.entries(labels)) {
    addExamples(
      rebuilt,
      photos.map(({ embedding }) => ({ classId, embedding })),
    );
  }
  const { statistics } = loaded.value;
  expect(statistics.gram.every((value, i) => Math.abs(value - rebuilt.gram[i]) < 1e-5)).toBe(true);
  for (const [classId, { count, sum }] of rebuilt.classes) {
    expect(statistics.classes.get(classId)?.count).toBe(count);
    const stored = statistics.classes.get(classId)?.sum;
    expect(sum.every((value, i) => Math.abs(value - (stored?.[i] ?? Number.NaN)) < 1e-9)).toBe(true);
  }
  expect([...statistics.classes.values()].reduce((total, { count }) => total + count, 0)).toBe(
    Object.values(labels).flat().length,
  );
}

describe("a training run", () => {
  const db = openDatabase(env.DB);

  beforeEach(async () => {
    await resetDatabase();
    for (const [i, id] of ["pepperoni", "hawaiian", "four-cheese"].entries()) {
      await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    }
  });

  it("publishes a numbered head from new labels", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    const report = await runTraining(trainingContext(db), { trigger: "admin" });
    expect(report).toMatchObject({ outcome: "published", headVersion: 1, absorbed: 24, remaining: 0 });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: 1 });
    const stored = await loadHead(db, 1);
    expect(stored.ok && stored.value.head.classIds).toEqual(["pepperoni", "hawaiian"]);
    await expectStatisticsOf(db, { pepperoni, hawaiian });
  });

  it("writes nothing when nothing has changed", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    const observed = observeD1(env.DB);
    const report = await runTraining(trainingContext(openDatabase(observed.db)), { trigger: "cron" });
    expect(report.outcome).toBe("idle");
    expect(observed.counts.rowsWritten).toBe(0);
    expect(observed.counts.queries).toBe(8);
    expect(await listTrainingRuns(db, 10)).toHaveLength(1);
  });

  it("takes labels in but makes no head of a single item", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    expect(await runTraining(trainingContext(db), { trigger: "cron" })).toMatchObject({
      outcome: "absorbed",
      absorbed: 12,
    });
    expect(await runTraining(trainingContext(db), { trigger: "cron" })).toMatchObject({ outcome: "idle" });
    expect(await readLivePointer(db)).toMatchObject({ liveHead: null });
  });

  it("moves a relabelled photo and leaves the statistics that a rebuild would give", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    const [moved, ...kept] = hawaiian;
    expect(await labelSamples(db, "pepperoni", [moved], "admin", NOW)).toMatchObject({ value: ["relabelled"] });
    expect(await runTraining(trainingContext(db), { trigger: "cron" })).toMatchObject({
      outcome: "published",
      headVersion: 2,
      absorbed: 1,
    });
    await expectStatisticsOf(db, { pepperoni: [...pepperoni, moved], hawaiian: kept });
  });

  it("counts a label that changes while it is being absorbed exactly once, under its new class", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    const observed = observeD1(env.DB);
    const run = runTraining(trainingContext(openDatabase(observed.db)), { trigger: "cron" });
    const [moved, ...kept] = hawaiian;
    await labelSamples(db, "pepperoni", [moved], "admin", NOW);
    await run;
    await runTraining(trainingContext(db), { trigger: "cron" });
    await expectStatisticsOf(db, { pepperoni: [...pepperoni, moved], hawaiian: kept });
    expect(await countLabels(db)).toMatchObject({ examples: 24, pending: 0 });
  });

  it("gives the same end state when ten runs overlap", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    const reports = await Promise.all(
      Array.from({ length: 10 }, () => runTraining(trainingContext(db), { trigger: "cron" })),
    );
    expect(reports.filter((report) => report.outcome === "published")).toHaveLength(1);
    expect(reports.every((report) => report.outcome !== "failed")).toBe(true);
    await expectStatisticsOf(db, { pepperoni, hawaiian });
    expect(await runTraining(trainingContext(db), { trigger: "cron" })).toMatchObject({ outcome: "idle" });
  });

  it.each(["before", "after"] as const)("loses and doubles nothing when D1 fails %s any of its calls", async (when) => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    let failures = 0;
    for (let call = 0; ; call++) {
      const observed = observeD1(env.DB);
      observed.failAt(call, when);
      // Each run begins when the lease of the one that failed has expired.
      const run = runTraining(trainingContext(openDatabase(observed.db), {}, NOW + call * 2 * LEASE_MS), {
        trigger: "cron",
      });
      const failed = await run.then(
        () => false,
        () => true,
      );
      if (!failed) break;
      failures++;
      await labelSamples(db, "four-cheese", makeEmbeddedPhotos(2, 1, 100 + call), "admin", NOW);
    }
    expect(failures).toBeGreaterThan(15);
    await runTraining(trainingContext(db, {}, NOW + 1000 * LEASE_MS), { trigger: "cron" });
    const fourCheese = Array.from({ length: failures }, (_, call) => makeEmbeddedPhotos(2, 1, 100 + call)).flat();
    await expectStatisticsOf(db, { pepperoni, hawaiian, "four-cheese": fourCheese });
  });

  it("serves an archived item no longer and refits without it", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    await labelSamples(db, "four-cheese", makeEmbeddedPhotos(2, 5), "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    await changeClass(db, "hawaiian", { archived: true }, "admin", NOW);
    expect(await runTraining(trainingContext(db), { trigger: "cron" })).toMatchObject({
      outcome: "published",
      headVersion: 2,
      absorbed: 0,
    });
    const second = await loadHead(db, 2);
    expect(second.ok && second.value.head.classIds).toEqual(["pepperoni", "four-cheese"]);
  });

  it("refuses statistics of another backbone and says what to do", async () => {
    await labelSamples(db, "pepperoni", pepperoni, "admin", NOW);
    await labelSamples(db, "hawaiian", hawaiian, "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    const other = "c".repeat(64);
    const [late] = makeEmbeddedPhotos(1, 1, 9);
    await labelSamples(db, "hawaiian", [late], "admin", NOW);
    // The database keeps labels of two backbones apart, whoever inserts them.
    await env.DB.prepare("UPDATE examples SET backbone_id = ? WHERE sample_id = ?").bind(other, late.sampleId).run();
    const report = await runTraining({ ...trainingContext(db), backboneId: other }, { trigger: "cron" });
    expect(report.outcome).toBe("failed");
    expect(report.message).toContain("npm run backbone");
  });

  it("samples the smallest photo ids of each class, and reads no more rows when there are ten times as many", async () => {
    async function sampleTen() {
      const observed = observeD1(env.DB);
      const rows = await sampleAbsorbed(openDatabase(observed.db), ["pepperoni", "hawaiian"], 10);
      return { classIds: rows.map((row) => row.classId), rowsRead: observed.counts.rowsRead };
    }
    await labelSamples(db, "pepperoni", makeEmbeddedPhotos(0, 30), "admin", NOW);
    await labelSamples(db, "hawaiian", makeEmbeddedPhotos(1, 30), "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    const few = await sampleTen();
    expect(few.classIds).toEqual([...Array(10).fill("hawaiian"), ...Array(10).fill("pepperoni")]);
    await labelSamples(db, "pepperoni", makeEmbeddedPhotos(0, 300, 2), "admin", NOW);
    await labelSamples(db, "hawaiian", makeEmbeddedPhotos(1, 300, 2), "admin", NOW);
    await runTraining(trainingContext(db), { trigger: "cron" });
    expect(await sampleTen()).toEqual(few);
  });
});
