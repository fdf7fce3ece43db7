/** Runtimes side by side on one backbone: one thread each, asked in turn, so that every round meets them in the same minute. */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { PlacedBackbone } from "../../backbone/placed-backbone.ts";
import { cosineOf } from "../../shared/cosine.ts";
import { median, medianRatio, quantile } from "../quantile.ts";

const RUNTIMES = [
  "headstart",
  "onnxruntime-web, private memory",
  "onnxruntime-web as shipped",
  "tfjs-backend-wasm",
  "onnxruntime-node, one thread",
] as const;
/** What a backbone in eight bits is compared with as well: the floats that it was made of, where they run fastest. */
const NATIVE_FLOATS = "onnxruntime-node, one thread, in floats";
const WARM_UP_ROUNDS = 5;

export type RuntimeName = (typeof RUNTIMES)[number] | typeof NATIVE_FLOATS;

export interface RuntimeFigures {
  readonly name: RuntimeName;
  readonly p50: number;
  readonly p95: number;
  /** Median over the rounds of our time by this one's. */
  readonly oursOver: number;
  /** Between our embedding and this one's. */
  readonly cosine: number;
}

interface Contestant {
  readonly name: RuntimeName;
  readonly thread: Worker;
  readonly runs: number[];
  embedding: Float32Array;
}

/** Runtimes that are not installed, or cannot run this backbone, are left out. `floats` is what one in eight bits was made of. */
export async function compareRuntimes(
  placed: PlacedBackbone,
  rounds: number,
  floats?: PlacedBackbone,
): Promise<RuntimeFigures[]> {
  const contestants: Contestant[] = [];
  const names: readonly RuntimeName[] = floats === undefined ? RUNTIMES : [...RUNTIMES, NATIVE_FLOATS];
  for (const name of names) {
    const thread = await startThread(name, name === NATIVE_FLOATS && floats !== undefined ? floats : placed);
    if (thread !== undefined) contestants.push({ name, thread, runs: [], embedding: new Float32Array() });
  }
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
    for (const contestant of contestants) {
      const { ms, embedding } = await runOnce(contestant.thread);
      contestant.embedding = embedding;
      if (round >= WARM_UP_ROUNDS) contestant.runs.push(ms);
    }
  }
  await Promise.all(contestants.map(({ thread }) => thread.terminate()));
  const ours = contestants.find(({ name }) => name === "headstart");
  if (ours === undefined) throw new Error("our own kernels cannot run this backbone");
  return contestants.map(({ name, runs, embedding }) => ({
    name,
    p50: median(runs),
    p95: quantile(runs, 0.95),
    oursOver: medianRatio(ours.runs, runs),
    cosine: cosineOf(ours.embedding, embedding),
  }));
}

async function startThread(runtime: RuntimeName, placed: PlacedBackbone): Promise<Worker | undefined> {
  const thread = new Worker(new URL("./runtime-thread.ts", import.meta.url), { workerData: { runtime, ...placed } });
  try {
    await once(thread, "message");
    return thread;
  } catch (cause) {
    console.error(`Left out: ${runtime}: ${cause instanceof Error ? cause.message.split("\n")[0] : String(cause)}`);
    return undefined;
  }
}

async function runOnce(thread: Worker): Promise<{ ms: number; embedding: Float32Array }> {
  const answer = once(thread, "message");
  thread.postMessage("run");
  const [{ ms, embedding }] = await answer;
  return { ms, embedding };
}
