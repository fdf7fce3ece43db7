/**
 * `npm run soak`: an hour of eight clients against the local Worker, with its memory every minute. Exits with 1 when the heap or the
 * wasm memory of the isolate rises, or a request is answered with 5xx other than 503. `--minutes 2` is what CI runs.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { connectInspector, type Inspector, type IsolateMemory } from "./bench/inspector.ts";
import { readResidentBytes } from "./bench/process-memory.ts";
import { quantile } from "./bench/quantile.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { EXIT, runAsCommand } from "./shared/command.ts";
import { findRises, growthOf, JUDGED } from "./soak/judge.ts";
import { type Load, type LoadFigures, startLoad, teachMenu } from "./soak/load.ts";

const SAMPLES = 60;
const MIN_INTERVAL_MS = 4_000;

interface Sample extends IsolateMemory {
  readonly seconds: number;
  /** Of workerd, which holds D1 beside the isolate. */
  readonly residentBytes: number;
  readonly load: LoadFigures;
}

interface Flags {
  readonly minutes: string;
  readonly clients: string;
  readonly json?: boolean;
}

runAsCommand(import.meta.url, async () => {
  let exitCode: number = EXIT.ok;
  await new Command("soak")
    .description("hold the local Worker under load and see whether its memory stays flat")
    .option("--minutes <number>", "how long", "60")
    .option("--clients <number>", "how many at once", "8")
    .option("--json", "print one JSON object")
    .action(async ({ minutes, clients, json }: Flags) => {
      const samples = await soak(Number(minutes), Number(clients));
      const faults = findFaults(samples);
      console.log(json ? JSON.stringify({ samples: samples.map(summarise), faults }) : describe(samples, faults));
      if (faults.length > 0) exitCode = EXIT.failed;
    })
    .parseAsync();
  return exitCode;
});

async function soak(minutes: number, clients: number): Promise<Sample[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "headstart-soak-"));
  const server = await startDevServer({ dataDir, quiet: true });
  try {
    const inspector = await connectInspector(server.inspectorUrl);
    await teachMenu(server);
    const load = await startLoad(server, clients);
    const samples = await watch(inspector, load, minutes);
    await load.stop();
    await checkItAnswers(server);
    inspector.close();
    return samples;
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function watch(inspector: Inspector, load: Load, minutes: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  const start = performance.now();
  const intervalMs = Math.max((minutes * 60_000) / SAMPLES, MIN_INTERVAL_MS);
  for (let due = intervalMs; due <= minutes * 60_000; due += intervalMs) {
    await sleep(start + due - performance.now());
    await inspector.collectGarbage();
    const memory = await inspector.readMemory();
    const seconds = (performance.now() - start) / 1_000;
    samples.push({ seconds, ...memory, residentBytes: readResidentBytes("workerd"), load: load.takeFigures() });
  }
  return samples;
}

async function checkItAnswers({ url }: DevServer): Promise<void> {
  const response = await fetch(`${url}/v1/ready`);
  if (!response.ok) throw new Error(`after the load /v1/ready answers ${response.status}`);
}

function findFaults(samples: readonly Sample[]): string[] {
  const rising = findRises(samples).map(
    ({ name, growth }) =>
      `${name} rises by ${mega(growth.bytes)} MB in the time, ${mega(growth.bytesPerHour)} MB an hour`,
  );
  const failed = Object.keys(countAnswers(samples)).filter((key) => / 5\d\d$/.test(key) && !key.endsWith(" 503"));
  return [...rising, ...failed.map((key) => `answered: ${key}`)];
}

function countAnswers(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { load } of samples) {
    for (const [key, count] of Object.entries(load.answers)) counts[key] = (counts[key] ?? 0) + count;
  }
  return counts;
}

function summarise({ load, ...memory }: Sample) {
  const requests = Object.values(load.answers).reduce((sum, count) => sum + count, 0);
  return { ...memory, requests, knownP99Ms: quantile(load.knownMs, 0.99), newP99Ms: quantile(load.newMs, 0.99) };
}

function describe(samples: readonly Sample[], faults: readonly string[]): string {
  const head =
    "| minute | heap, MB | array buffers | wasm | workerd, MB resident | requests | known photo, p99 ms | new photo |";
  const rows = samples.map(summarise).map((row) => {
    const sizes = [row.heapBytes, row.bufferBytes, row.wasmBytes, row.residentBytes].map(mega);
    const times = [row.knownP99Ms, row.newP99Ms].map((ms) => String(Math.round(ms)));
    return `| ${[(row.seconds / 60).toFixed(1), ...sizes, String(row.requests), ...times].join(" | ")} |`;
  });
  const names = [...JUDGED, "residentBytes"] as const;
  const growth = names.map((name) => `${name} ${mega(growthOf(samples, name).bytesPerHour)} MB an hour`);
  const answers = Object.entries(countAnswers(samples)).map(([key, count]) => `${key}: ${count}`);
  const verdict = faults.length === 0 ? "Flat." : `Not flat: ${faults.join("; ")}.`;
  const lines = [
    "",
    `By the median slope of all but the first quarter: ${growth.join(", ")}.`,
    answers.join(", "),
    verdict,
  ];
  return [head, "|--:|--:|--:|--:|--:|--:|--:|--:|", ...rows, ...lines].join("\n");
}

function mega(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
