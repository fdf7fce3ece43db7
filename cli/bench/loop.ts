/** `npm run bench -- loop`: what training runs and classifications cost in D1, time and memory, in workerd on real D1. */
import { Command } from "commander";
import { type DatabaseCost, type LoopFigures, measureLoop, type RunFigures } from "./loop/measure-loop.ts";

interface LoopBenchFlags {
  readonly json?: boolean;
  readonly quick?: boolean;
  readonly sizes?: string;
}

const FULL = { sizes: [1_000, 10_000, 100_000], d: 1280, k: 1_000, absorb: [1, 100, 10_000] };
const QUICK = { sizes: [200, 1_000], d: 128, k: 20, absorb: [1, 10, 100] };

export function createLoopBench(): Command {
  return new Command("loop")
    .description("measure training runs on 1,000 to 100,000 stored labels")
    .option("--quick", "small sizes, half a minute")
    .option("--sizes <numbers>", "stored labels, separated by commas")
    .option("--json", "print one JSON object")
    .action(runLoopBench);
}

async function runLoopBench({ json, quick, sizes: wanted }: LoopBenchFlags): Promise<void> {
  const { sizes: usual, ...rest } = quick ? QUICK : FULL;
  const sizes = wanted?.split(",").map(Number) ?? usual;
  const figures: LoopFigures[] = [];
  for (const n of sizes) figures.push(await measureLoop({ ...rest, n }));
  console.log(json ? JSON.stringify({ d: rest.d, k: rest.k, figures }) : describeLoop(figures));
}

const RUN_HEADER = [
  "| N | run | queries | rows read | rows written | MB sent | MB received | largest parameter, MB | ms | heap in use, MB | with garbage, MB | wasm, MB |",
  "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
];
const CLASSIFY_HEADER = ["| N | classification | queries | rows read | rows written |", "|--:|---|--:|--:|--:|"];

/** Two tables in Markdown: training runs, and classifications. */
export function describeLoop(figures: readonly LoopFigures[]): string {
  const runs = figures.flatMap(({ n, rebuild, absorb }) => [...rebuild, ...absorb].map((run) => describeRun(n, run)));
  const classifications = figures.flatMap(({ n, classify }) => [
    describeCost(n, "in a fresh isolate", classify.fresh),
    describeCost(n, "cache checked, every 5 s", classify.checked),
    describeCost(n, "cached", classify.cached),
  ]);
  return [...RUN_HEADER, ...runs, "", ...CLASSIFY_HEADER, ...classifications].join("\n");
}

function describeRun(n: number, run: RunFigures): string {
  const { what, queries, rowsRead, rowsWritten, bytesSent, bytesReceived, largestParameter, ms } = run;
  const megabytes = [bytesSent, bytesReceived, largestParameter].map((bytes) => (bytes / 1e6).toFixed(2));
  const memory = [run.liveBytes, run.peakBytes, run.wasmBytes].map((bytes) =>
    bytes > 0 ? (bytes / 1e6).toFixed(0) : "-",
  );
  return row([n, what, queries, rowsRead, rowsWritten, ...megabytes, Math.round(ms), ...memory]);
}

function describeCost(n: number, what: string, { queries, rowsRead, rowsWritten }: DatabaseCost): string {
  return row([n, what, queries, rowsRead, rowsWritten]);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => cell.toLocaleString("en")).join(" | ")} |`;
}
