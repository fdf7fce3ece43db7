/** `npm run bench -- head`: the head's speed and memory, beside scikit-learn in the same run where Debian's is installed. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { dequantiseInto } from "../../src/head/embedding.ts";
import { createWasmKernels } from "../../src/head/kernels/wasm-kernels.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { drawProblem, type ProblemSize } from "./head-data.ts";
import { timeHead } from "./head-timing.ts";

const WASM_FILE = new URL("../../src/head/kernels/head-kernels.wasm", import.meta.url);
const SKLEARN_SCRIPT = fileURLToPath(new URL("../../tools/head/bench-sklearn.py", import.meta.url));
/** Debian's interpreter, where `apt install python3-sklearn` puts scikit-learn. */
const PYTHON = "/usr/bin/python3";

interface HeadBenchFlags {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly json?: boolean;
}

/** Seconds of scikit-learn's fits, each on one thread. */
type ReferenceSeconds = Readonly<Record<string, number>>;

export function createHeadBench(): Command {
  return new Command("head")
    .description("time the head on synthetic embeddings")
    .option("--n <rows>", "labelled examples", Number, 10_000)
    .option("--d <length>", "embedding length", Number, 1280)
    .option("--k <classes>", "classes", Number, 100)
    .option("--json", "print one JSON object")
    .action(runHeadBench);
}

function runHeadBench({ n, d, k, json }: HeadBenchFlags): void {
  const size = { n, d, k };
  const rows = drawProblem(size);
  const timing = timeHead(rows, size, createWasmKernels(new WebAssembly.Module(readFileSync(WASM_FILE))));
  const reference = timeReference(rows, size);
  const logistic = reference.LogisticRegression;
  const ratioToLogisticRegression = logistic === undefined ? null : timing.fullSeconds / logistic;
  const report = { ...size, ...timing, reference, ratioToLogisticRegression };
  if (json) console.log(JSON.stringify(report));
  else console.table({ ...size, ...timing, ...reference, ratioToLogisticRegression });
}

/** Runs the same rows through scikit-learn; nothing where it is not installed. */
function timeReference(rows: readonly LabelledEmbedding[], { n, d, k }: ProblemSize): ReferenceSeconds {
  if (!existsSync(PYTHON)) return {};
  const folder = mkdtempSync(join(tmpdir(), "headstart-bench-"));
  try {
    const matrix = new Float32Array(n * d);
    rows.forEach(({ embedding }, i) => {
      dequantiseInto(embedding, matrix, i * d);
    });
    const file = join(folder, "rows.f32");
    writeFileSync(file, matrix);
    const output = execFileSync(PYTHON, [SKLEARN_SCRIPT, file, String(n), String(d), String(k)], { encoding: "utf8" });
    return readSeconds(JSON.parse(output));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readSeconds(output: unknown): ReferenceSeconds {
  if (typeof output !== "object" || output === null) return {};
  return Object.fromEntries(Object.entries(output).filter(([, value]) => typeof value === "number"));
}
