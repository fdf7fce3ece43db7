/**
 * Whole requests with texts of three lengths against the real Worker in workerd, the bare encoder in the same isolate in turn with them,
 * the first text of fresh processes, and what the isolate holds while eight clients send at once.
 */
import path from "node:path";
import type { PlacedTextBackbone } from "../../backbone/placed-text-backbone.ts";
import { buildAssets } from "../../build.ts";
import { type DevServerOptions, startDevServer } from "../../dev-server.ts";
import { WRANGLER_CONFIG } from "../../shared/project-paths.ts";
import { type DirectWorkerOptions, startDirectWorker } from "../direct-worker.ts";
import { connectInspector } from "../inspector.ts";
import { totalOf, watchIsolate } from "../isolate-memory.ts";
import { median, medianRatio, quantile } from "../quantile.ts";
import { writeBenchConfig } from "./bench-config.ts";
import { classifyText } from "./kept-connection.ts";
import type { Spread } from "./request-timing.ts";
import { writeText } from "./write-text.ts";

export const LENGTHS = [10, 40, 200] as const;
export const CLIENTS = 8;
const TEXTS_PER_CLIENT = 12;
/** The workerd clock ticks in milliseconds, so several runs share one reading. */
const RUNS_PER_READING = 4;
const WARM_UP_ROUNDS = 5;

export interface TextRequestFigures {
  readonly name: string;
  readonly lengths: readonly TextLengthFigures[];
  /** At the client, ms. */
  readonly coldStartMs: readonly number[];
  readonly memory: { readonly peakBytes: number; readonly samples: number; readonly answered: number };
}

export interface TextLengthFigures {
  readonly words: number;
  /** `session.run` on all windows, in workerd, ms. */
  readonly bare: Spread;
  /** At the client, ms. */
  readonly whole: Spread;
  /** Median over the rounds. */
  readonly wholeOverBare: number;
}

export interface TextRequestOptions {
  readonly rounds: number;
  readonly coldStarts: number;
}

/** `folder` is for what it needs on disk. */
export async function measureTextRequests(
  { file, manifest }: PlacedTextBackbone,
  folder: string,
  { rounds, coldStarts }: TextRequestOptions,
): Promise<TextRequestFigures> {
  const options = {
    configFile: await writeBenchConfig(folder),
    dataDir: path.join(folder, "data-text"),
    assetsDir: path.join(folder, "assets-text"),
  };
  const backboneDir = path.dirname(file);
  await buildAssets({ outDir: options.assetsDir, backboneDir });
  await teach({ dataDir: options.dataDir, backboneDir, quiet: true });
  const coldStartMs: number[] = [];
  for (let i = 0; i < coldStarts; i++) coldStartMs.push(await timeFirstText(options));
  return {
    name: manifest.name,
    lengths: await timeLengths(options, rounds),
    coldStartMs,
    memory: await watchClients(options),
  };
}

/** Two items and a head, left in the data folder. */
async function teach(options: DevServerOptions): Promise<void> {
  const { url, adminToken, stop } = await startDevServer(options);
  const send = async (route: string, body: string, type: string) => {
    const headers = { authorization: `Bearer ${adminToken}`, "content-type": type };
    const response = await fetch(`${url}/v1/admin/${route}`, { method: "POST", body, headers });
    if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
  };
  try {
    for (const item of ["refund", "question"]) {
      await send("classes", JSON.stringify({ name: item, id: item }), "application/json");
      for (let i = 0; i < 4; i++)
        await send(`classes/${item}/examples`, `${item} ${writeText(12, `${item}${i}`)}`, "text/plain");
    }
    await send("training-runs", "", "application/json");
  } finally {
    await stop();
  }
}

async function timeLengths(options: DirectWorkerOptions, rounds: number): Promise<TextLengthFigures[]> {
  const worker = await startDirectWorker(options);
  const runs = LENGTHS.map((words) => ({ words, bare: [] as number[], whole: [] as number[] }));
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      for (const { words, bare, whole } of runs) {
        const times = {
          bare: await timeBare(worker.url, words, round),
          whole: await timeWhole(worker.url, words, round),
        };
        if (round < WARM_UP_ROUNDS) continue;
        bare.push(times.bare);
        whole.push(times.whole);
      }
    }
  } finally {
    await worker.stop();
  }
  const spread = (values: readonly number[]) => ({ p50: median(values), p95: quantile(values, 0.95) });
  return runs.map(({ words, bare, whole }) => ({
    words,
    bare: spread(bare),
    whole: spread(whole),
    wholeOverBare: medianRatio(whole, bare),
  }));
}

async function timeBare(url: string, words: number, round: number): Promise<number> {
  const body = writeText(words, `bare ${round}`);
  const response = await fetch(`${url}/bench/text?times=${RUNS_PER_READING}`, { method: "POST", body });
  if (!response.ok) throw new Error(`text: ${response.status} ${await response.text()}`);
  return Number((await response.json()).ms);
}

async function timeWhole(url: string, words: number, round: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < RUNS_PER_READING; i++) await classifyText(url, writeText(words, `whole ${round} ${i}`));
  return (performance.now() - start) / RUNS_PER_READING;
}

async function timeFirstText(options: DirectWorkerOptions): Promise<number> {
  const worker = await startDirectWorker(options);
  try {
    const start = performance.now();
    await classifyText(worker.url, writeText(40, "first"));
    return performance.now() - start;
  } finally {
    await worker.stop();
  }
}

/** The Worker of the project itself, without the routes of the benchmark, which would hold a second network. */
async function watchClients(options: DirectWorkerOptions): Promise<TextRequestFigures["memory"]> {
  const worker = await startDirectWorker({ ...options, configFile: WRANGLER_CONFIG });
  const inspector = await connectInspector(worker.inspectorUrl);
  const send = async (client: number) => {
    for (let i = 0; i < TEXTS_PER_CLIENT; i++) await classifyText(worker.url, writeText(200, `${client} ${i}`));
  };
  try {
    const { samples } = await watchIsolate(inspector, () =>
      Promise.all(Array.from({ length: CLIENTS }, (_, client) => send(client))),
    );
    const peakBytes = Math.max(...samples.map(totalOf));
    return { peakBytes, samples: samples.length, answered: CLIENTS * TEXTS_PER_CLIENT };
  } finally {
    inspector.close();
    await worker.stop();
  }
}
