/** `npm run bench -- head`: the head's speed and memory, beside other libraries on the same rows in the same run. */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { dequantiseInto } from "../../src/head/embedding.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { installPackage } from "../shared/own-packages.ts";
import type { ProblemSize } from "./head-data.ts";
import { type HeadMemory, measureHeadMemory } from "./head-memory.ts";
import { type HeadTiming, timeHead } from "./head-timing.ts";
import { loadRivals, RIVAL_ROWS, type RivalTiming } from "./rivals.ts";
import { runSklearn } from "./sklearn.ts";

interface HeadBenchFlags extends ProblemSize {
  readonly json?: boolean;
}

interface HeadReport extends ProblemSize, HeadTiming, HeadMemory {
  /** Seconds of scikit-learn's fits, each on one thread; empty where it is not installed. */
  readonly reference: Readonly<Record<string, number>>;
  readonly rivals: RivalTiming;
  /** `fullSeconds` by LogisticRegression(max_iter=100); null without scikit-learn. */
  readonly ratioToLogisticRegression: number | null;
}

export function createHeadBench(): Command {
  return new Command("head")
    .description("time the head on synthetic embeddings")
    .option("--n <rows>", "labelled examples", Number, 10_000)
    .option("--d <length>", "embedding length", Number, 1280)
    .option("--k <classes>", "classes", Number, 100)
    .option("--json", "print one JSON object")
    .action(async ({ json, ...size }: HeadBenchFlags) => {
      const report = await measure(size);
      const { reference, rivals, ...own } = report;
      if (json) console.log(JSON.stringify(report));
      else console.table({ ...own, ...reference, ...rivals });
    });
}

async function measure(size: ProblemSize): Promise<HeadReport> {
  await installPackage("rivals");
  const { timeClassifiers } = await loadRivals();
  const folder = mkdtempSync(join(tmpdir(), "headstart-bench-"));
  try {
    const file = join(folder, "rows.f32");
    const output = openSync(file, "w");
    const few: LabelledEmbedding[] = [];
    const timing = timeHead(size, loadHeadKernels(), (batch) => {
      few.push(...batch.slice(0, RIVAL_ROWS - few.length));
      writeSync(output, asFloats(batch, size.d));
    });
    closeSync(output);
    const args = [file, ...[size.n, size.d, size.k].map(String)];
    const reference = readSeconds(runSklearn("bench-sklearn.py", args));
    const logistic = reference.LogisticRegression;
    return {
      ...size,
      ...timing,
      ...measureHeadMemory(size),
      reference,
      rivals: await timeClassifiers(few),
      ratioToLogisticRegression: logistic === undefined ? null : timing.fullSeconds / logistic,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function asFloats(rows: readonly LabelledEmbedding[], d: number): Float32Array {
  const matrix = new Float32Array(rows.length * d);
  rows.forEach(({ embedding }, i) => {
    dequantiseInto(embedding, matrix, i * d);
  });
  return matrix;
}

function readSeconds(output: unknown): Readonly<Record<string, number>> {
  if (typeof output !== "object" || output === null) return {};
  return Object.fromEntries(Object.entries(output).filter(([, value]) => typeof value === "number"));
}
