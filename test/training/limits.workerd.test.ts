/** What a training run may cost in D1: nothing that grows with the stored examples, and nothing that D1 refuses. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import headKernelsWasm from "../../src/head/kernels/head-kernels.wasm";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import { MAX_VALUE_BYTES, openDatabase } from "../../src/store/database.ts";
import type { RunRequest } from "../../src/training/context.ts";
import { RUN_LIMITS } from "../../src/training/policy.ts";
import { runTraining } from "../../src/training/run.ts";
import { writeBulkLabels } from "../support/bulk-labels.ts";
import { DIMENSION } from "../support/embedded-photos.ts";
import { observeD1 } from "../support/failing-d1.ts";
import { trainingContext } from "../support/training-context.ts";
import { resetDatabase } from "../support/worker-client.ts";

/** Per invocation and per statement, on the Paid plan. */
const D1_QUERIES = 1_000;
const D1_PARAMETERS = 100;
const MAX_ID_CHARACTERS = 64;

const kernels = createWasmKernels(headKernelsWasm);

/** Ids as long as an id may be. */
function menu(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `class-${i}`.padEnd(MAX_ID_CHARACTERS, "-long"));
}

/** Bytes of the largest row of heads, which D1 limits like a value; a number of any size counts as nine. */
async function weighHeads(): Promise<number> {
  const { results } = await env.DB.prepare("SELECT * FROM heads").all();
  const weigh = (value: unknown) => (typeof value === "string" ? new TextEncoder().encode(value).length : 9);
  const rows = results.map((row) => Object.values(row).reduce((sum: number, value) => sum + weigh(value), 0));
  return Math.max(...rows);
}

/** One run on an observed database: how it ended, and all that it cost. */
async function observeRun(dimension: number, request: RunRequest) {
  const observed = observeD1(env.DB);
  const context = trainingContext(openDatabase(observed.db), { dimension, kernels });
  const report = await runTraining(context, request);
  const sent = observed.calls.flat();
  const sizes = sent.flatMap(({ values }) => values.map((value) => (typeof value === "string" ? value.length : 8)));
  return {
    report,
    ...observed.counts,
    parameters: Math.max(...sent.map(({ values }) => values.length)),
    largest: Math.max(...sizes),
  };
}

describe("a training run that absorbs 100 labels", () => {
  /** More than the leave-one-out sample and the replay take of either size. */
  async function measure(stored: number) {
    await resetDatabase();
    const labels = { classIds: menu(10), dimension: DIMENSION };
    await writeBulkLabels({ ...labels, count: stored, seed: "stored", isAbsorbed: true });
    await observeRun(DIMENSION, { trigger: "admin", rebuild: true });
    await writeBulkLabels({ ...labels, count: 100, seed: "new", isAbsorbed: false });
    const { report, queries, rowsRead, rowsWritten } = await observeRun(DIMENSION, { trigger: "cron" });
    expect(report).toMatchObject({ outcome: "published", absorbed: 100, remaining: 0 });
    return { queries, rowsRead, rowsWritten };
  }

  it("costs the same queries and rows when ten times as many labels are stored", async () => {
    const few = await measure(2_000);
    const many = await measure(20_000);
    expect(many).toEqual(few);
    expect(few.queries).toBeLessThanOrEqual(40);
    expect(few.rowsRead).toBeLessThan(8_000); // most of them are the 1,000 rows of the leave-one-out sample, and its sort
    expect(few.rowsWritten).toBeLessThan(250); // 100 markers and their index entries
  });
});

describe("with 1,000 classes of 1,280 numbers", () => {
  it("a run and a rebuild stay within D1's queries, parameters and bytes", async () => {
    await resetDatabase();
    const labels = { classIds: menu(1_000), dimension: 1280, isAbsorbed: false };
    await writeBulkLabels({ ...labels, count: 2_000, seed: "first" });
    const first = await observeRun(1280, { trigger: "admin" });
    const again = await observeRun(1280, { trigger: "admin", rebuild: true });
    expect(first.report).toMatchObject({ outcome: "published", absorbed: 2_000 });
    expect(again.report.message).toContain("Rebuilt the statistics from 2000 examples");
    expect(await weighHeads()).toBeLessThan(MAX_VALUE_BYTES);
    for (const { queries, parameters, largest } of [first, again]) {
      expect(queries).toBeLessThan(D1_QUERIES);
      expect(parameters).toBeLessThanOrEqual(D1_PARAMETERS);
      expect(largest).toBeLessThan(MAX_VALUE_BYTES);
    }
    // The Gram matrix alone is 4.4 MB of text: the limits have been met by splitting, not by sending little.
    expect(first.largest).toBeGreaterThan(1_000_000);
  });

  it("a backlog as long as one run takes stays within them too", async () => {
    await resetDatabase();
    const labels = { classIds: menu(1_000), dimension: DIMENSION, isAbsorbed: false };
    await writeBulkLabels({ ...labels, count: RUN_LIMITS.labels + 1, seed: "backlog" });
    const { report, queries, parameters, largest } = await observeRun(DIMENSION, { trigger: "cron" });
    expect(report).toMatchObject({ absorbed: RUN_LIMITS.labels, remaining: 1 });
    expect(queries).toBeLessThan(D1_QUERIES);
    expect(parameters).toBeLessThanOrEqual(D1_PARAMETERS);
    expect(largest).toBeLessThan(MAX_VALUE_BYTES);
  });
});
