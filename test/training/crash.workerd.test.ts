/**
 * A training run that dies at any of its statements. D1 fails before each call, after each call, and inside each batch
 * ahead of every one of its statements, so that the database itself rolls the batch back.
 */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { decodeEmbedding } from "../../src/store/codecs.ts";
import { openDatabase } from "../../src/store/database.ts";
import { readLivePointer } from "../../src/store/heads/heads.ts";
import { forgetClass, forgetSamples } from "../../src/store/labels/forget.ts";
import { labelSamples } from "../../src/store/labels/labels.ts";
import { createClass } from "../../src/store/menu/create-class.ts";
import { mergeClass } from "../../src/store/menu/merge-classes.ts";
import { examples, statistics } from "../../src/store/schema.ts";
import { type RunReport, runTraining } from "../../src/training/run.ts";
import { type DatabaseState, readDatabase, restoreDatabase, withoutLease } from "../support/database-state.ts";
import { DIMENSION, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { type FailurePoint, observeD1, type SentStatement } from "../support/failing-d1.ts";
import { expectStoredEqualsRebuild, readStored, statisticsDistance } from "../support/stored-statistics.ts";
import { LEASE_MS, NOW, trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

const db = openDatabase(env.DB);
const [a, b, c] = [0, 1, 2].map((kind) => makeEmbeddedPhotos(kind, 9));
const strangers = makeEmbeddedPhotos(9, 4);
/** Small enough that the scenarios below take several pages and several runs. */
const LIMITS = { labels: 12, rebuildRows: 10, pageRows: 5 };
const MOST_RUNS = 20;

interface Scenario {
  readonly name: string;
  readonly arrange: () => Promise<unknown>;
  readonly isRebuild?: boolean;
  /** Whether the statistics are right before the runs. Default: they are. */
  readonly isSound?: boolean;
  /** How the undisturbed runs end, in order. */
  readonly outcomes: readonly RunReport["outcome"][];
}

const SCENARIOS: readonly Scenario[] = [
  {
    name: "absorb a backlog over several runs and publish",
    arrange: () => labelSamples(db, "c", [...c, ...makeEmbeddedPhotos(2, 6, 2)], "admin", NOW),
    outcomes: ["published", "published"],
  },
  {
    name: "move relabelled photos and a merged item",
    arrange: async () => {
      await labelSamples(db, "a", b.slice(0, 2), "admin", NOW);
      await labelSamples(db, "c", c.slice(0, 3), "admin", NOW);
      await mergeClass(db, "a", "c", "admin", NOW);
    },
    outcomes: ["published", "published"],
  },
  {
    name: "forget photos and purge the head that saw them",
    arrange: async () => {
      await labelSamples(db, "c", c.slice(0, 2), "admin", NOW);
      await forgetSamples(
        db,
        [a[0], a[1], b[0], c[0]].map(({ sampleId }) => sampleId),
        "admin",
        NOW,
      );
    },
    outcomes: ["published"],
  },
  {
    name: "take photos off the menu and put one on it",
    arrange: async () => {
      await labelSamples(db, NONE_ID, [...a.slice(0, 2), ...strangers.slice(2)], "admin", NOW);
      await labelSamples(db, "b", strangers.slice(0, 1), "admin", NOW);
      await forgetSamples(db, [strangers[1].sampleId], "admin", NOW);
    },
    outcomes: ["published"],
  },
  {
    name: "forget an item and withdraw the head",
    arrange: () => forgetClass(db, "b", "admin", NOW),
    outcomes: ["absorbed"],
  },
  {
    name: "rebuild over several runs, with labels waiting",
    arrange: () => labelSamples(db, "c", c.slice(0, 3), "admin", NOW),
    isRebuild: true,
    outcomes: ["rebuilding", "published", "published"],
  },
  {
    name: "repair damaged statistics by a rebuild",
    arrange: async () => {
      await env.DB.prepare("UPDATE gram_parts SET data = substr(data, 1, 100)").run();
      await labelSamples(db, "c", c.slice(0, 1), "admin", NOW);
    },
    isSound: false,
    outcomes: ["rebuilding", "published", "published"],
  },
];

/** Runs until nothing is left to do. Only the first run is asked for a rebuild. */
async function runToEnd(d1: D1Database, startsAt: number, isRebuild: boolean): Promise<RunReport[]> {
  const context = trainingContext(openDatabase(d1), { limits: LIMITS }, startsAt);
  const reports: RunReport[] = [];
  while (reports.length < MOST_RUNS) {
    const report = await runTraining(context, { trigger: "cron", rebuild: isRebuild && reports.length === 0 });
    if (report.outcome === "idle") return reports;
    reports.push(report);
  }
  throw new Error("the runs never come to an end");
}

/** Expects the statistics to hold every example of an item exactly as its marker says, and to count those of none. */
async function expectMarkersHold(): Promise<void> {
  const rows = await db.select().from(examples);
  const rebuilt = createStatistics(DIMENSION);
  const held = rows.filter(({ absorbedClassId }) => absorbedClassId !== null && absorbedClassId !== NONE_ID);
  addExamples(
    rebuilt,
    held.map((row) => ({ classId: row.absorbedClassId ?? "", embedding: decodeEmbedding(row) })),
  );
  expect(statisticsDistance(await readStored(db), rebuilt)).toBeLessThan(1e-5);
  const ofNone = rows.filter(({ absorbedClassId }) => absorbedClassId === NONE_ID);
  expect(await db.select({ strangers: statistics.strangers }).from(statistics)).toEqual([{ strangers: ofNone.length }]);
}

function isWrite({ sql }: SentStatement): boolean {
  return !sql.startsWith("select");
}

function labelsOf({ examples: rows }: DatabaseState) {
  return rows.filter((row) => row.class_id !== null).map((row) => [row.sample_id, row.class_id]);
}

describe.each(SCENARIOS)("runs that $name", ({ arrange, isRebuild = false, isSound = true, outcomes }) => {
  let start: DatabaseState;
  /** The calls of undisturbed runs. */
  let calls: readonly (readonly SentStatement[])[];

  /** Dies at that point of an undisturbed course of runs; returns what is left in the database. */
  async function crash(call: number, at: FailurePoint) {
    await restoreDatabase(start);
    const observed = observeD1(env.DB);
    observed.failAt(call, at);
    await expect(runToEnd(observed.db, NOW, isRebuild)).rejects.toThrow();
    return withoutLease(await readDatabase());
  }

  /** The next run works, and in the end every label counts once. */
  async function recover() {
    await env.DB.prepare("UPDATE training_lease SET expires_at = ?")
      .bind(NOW + LEASE_MS)
      .run(); // as a killed run leaves it
    await runToEnd(env.DB, NOW + 2 * LEASE_MS, isRebuild);
    const end = await readDatabase();
    expect(labelsOf(end)).toEqual(labelsOf(start));
    expect(await expectStoredEqualsRebuild(db)).toBe(end.examples.length);
    const { liveHead } = await readLivePointer(db);
    const live = end.heads.find(({ version }) => version === liveHead);
    if (outcomes.at(-1) === "published") expect(live?.statistics_version).toBe(end.statistics[0].version);
    else expect(live).toBeUndefined();
  }

  beforeAll(async () => {
    await resetDatabase();
    for (const [i, id] of ["a", "b", "c"].entries())
      await createClass(db, { id, name: id, description: "" }, "admin", NOW + i);
    await labelSamples(db, "a", a, "admin", NOW);
    await labelSamples(db, "b", b, "admin", NOW);
    await labelSamples(db, NONE_ID, strangers.slice(0, 2), "admin", NOW);
    await runToEnd(env.DB, NOW, false);
    await arrange();
    start = await readDatabase();
    const observed = observeD1(env.DB);
    const reports = await runToEnd(observed.db, NOW, isRebuild);
    expect(reports.map(({ outcome }) => outcome)).toEqual(outcomes);
    calls = observed.calls;
  });

  it("leave the old state or the new one wherever they die, and the next run completes it", async () => {
    let left = withoutLease(start);
    for (const [call, statements] of calls.entries()) {
      expect(await crash(call, "before")).toEqual(left);
      // A question whose answer is lost leaves what one leaves that was not asked, and a state needs to be proven once.
      if (!statements.some(isWrite)) continue;
      expect(await crash(call, "inside")).toEqual(left);
      left = await crash(call, "after");
      if (isSound) await expectMarkersHold();
      await recover();
    }
    expect(calls.length).toBeGreaterThan(15);
  });
});
