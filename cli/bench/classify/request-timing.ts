/**
 * Whole requests against the real Worker in workerd, and the bare backbone in the same isolate, in turn. A whole request is
 * timed at the client, over HTTP with a kept connection.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type DirectWorker, type DirectWorkerOptions, startDirectWorker } from "../direct-worker.ts";
import { median, medianRatio, quantile } from "../quantile.ts";
import type { BenchPhotos } from "./bench-photos.ts";
import { askHealth, classify } from "./kept-connection.ts";
import { findWorkerdProcess, type WorkerdProcess } from "./workerd-process.ts";

/** The workerd clock ticks in milliseconds, so several runs share one reading. */
const RUNS_PER_READING = 4;
const WARM_UP_ROUNDS = 5;
const LOAD_SECONDS = 4;
/** Cloudflare Workers, Paid plan, standard usage model: dollars per million requests, and per million CPU milliseconds. */
export const PRICE = { perMillionRequests: 0.3, perMillionCpuMs: 0.02 } as const;

export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

export interface RequestFigures {
  /** `session.run` of ONNX Runtime in workerd, ms. */
  readonly bare: Spread;
  /** Our kernels in workerd, ms. */
  readonly own: Spread;
  /** The handler alone, in workerd, from the request to the answer's last byte, ms. */
  readonly handler: Spread;
  readonly whole320: Spread;
  readonly whole2Megapixels: Spread;
  /** The same bytes again. */
  readonly repeated: Spread;
  /** `GET /v1/health`: what HTTP and routing cost without any work. */
  readonly health: Spread;
  /** Medians over the rounds. */
  readonly wholeOverBare: number;
  readonly handlerOverBare: number;
  readonly wholeOverOwn: number;
  readonly ownOverBare: number;
  readonly requestsPerSecond: { readonly oneClient: number; readonly eightClients: number };
  /** Of the whole workerd process, HTTP included. */
  readonly cpuMsPerRequest: number;
  /** Of the handler alone. */
  readonly cpuMsOfHandler: number;
  readonly dollarsPerMillion: number;
}

const MEASURED = ["bare", "own", "handler", "whole320", "whole2Megapixels", "repeated", "health"] as const;
type Measured = (typeof MEASURED)[number];

type Process = WorkerdProcess & { readonly url: string };

/** Times everything on a running Worker that has a head. */
export async function timeRequests(
  { url }: DirectWorker,
  photos: BenchPhotos,
  rounds: number,
): Promise<RequestFigures> {
  const workerd = { url, ...(await findWorkerdProcess()) };
  const runs = Object.fromEntries(MEASURED.map((name) => [name, [] as number[]])) as Record<Measured, number[]>; // -- keys are MEASURED
  for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
    const reading = await takeReading(url, photos, round);
    if (round >= WARM_UP_ROUNDS) for (const name of MEASURED) runs[name].push(reading[name]);
  }
  const spread = (name: Measured) => ({ p50: median(runs[name]), p95: quantile(runs[name], 0.95) });
  const cpuMsOfHandler = await measureHandlerCpu(workerd, photos);
  const one = await putUnderLoad(workerd, photos, 1);
  const eight = await putUnderLoad(workerd, photos, 8);
  return {
    bare: spread("bare"),
    own: spread("own"),
    handler: spread("handler"),
    whole320: spread("whole320"),
    whole2Megapixels: spread("whole2Megapixels"),
    repeated: spread("repeated"),
    health: spread("health"),
    wholeOverBare: medianRatio(runs.whole320, runs.bare),
    handlerOverBare: medianRatio(runs.handler, runs.bare),
    wholeOverOwn: medianRatio(runs.whole320, runs.own),
    ownOverBare: medianRatio(runs.own, runs.bare),
    requestsPerSecond: { oneClient: one.perSecond, eightClients: eight.perSecond },
    cpuMsPerRequest: one.cpuMs,
    cpuMsOfHandler,
    dollarsPerMillion: PRICE.perMillionRequests + PRICE.perMillionCpuMs * one.cpuMs,
  };
}

async function takeReading(url: string, photos: BenchPhotos, round: number) {
  const inWorker = async (name: string, body?: Uint8Array<ArrayBuffer>) => {
    const init = body === undefined ? {} : { method: "POST", body, headers: { "x-round": String(round) } };
    const response = await fetch(`${url}/bench/${name}?times=${RUNS_PER_READING}`, init);
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
    return Number((await response.json()).ms);
  };
  const atClient = async (send: (i: number) => Promise<void>, times: number) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) await send(i);
    return (performance.now() - start) / times;
  };
  const mark = (i: number) => `${round} ${i} ${url}`;
  return {
    bare: await inWorker("onnx-runtime"),
    whole320: await atClient((i) => classify(url, markJpeg(photos.small, mark(i))), RUNS_PER_READING),
    own: await inWorker("headstart"),
    handler: await inWorker("whole", photos.small),
    whole2Megapixels: await atClient((i) => classify(url, markJpeg(photos.large, mark(i))), 1),
    repeated: await atClient(() => classify(url, photos.small), 1),
    health: await atClient(() => askHealth(url), RUNS_PER_READING),
  };
}

async function measureHandlerCpu(workerd: Process, { small }: BenchPhotos): Promise<number> {
  const times = 100;
  const before = await workerd.readCpuMs();
  const init = { method: "POST", body: small, headers: { "x-round": "cpu" } };
  await (await fetch(`${workerd.url}/bench/whole?times=${times}`, init)).arrayBuffer();
  return ((await workerd.readCpuMs()) - before) / times;
}

async function putUnderLoad(workerd: Process, { small }: BenchPhotos, clients: number) {
  const cpuBefore = await workerd.readCpuMs();
  const start = performance.now();
  let answered = 0;
  const work = async (client: number) => {
    for (let i = 0; performance.now() - start < LOAD_SECONDS * 1_000; i++) {
      await classify(workerd.url, markJpeg(small, `load ${clients} ${client} ${i}`));
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: answered / seconds, cpuMs: ((await workerd.readCpuMs()) - cpuBefore) / answered };
}

/** Gives a file a comment of its own, so that no cache knows it. */
function markJpeg(photo: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const comment = new TextEncoder().encode(text);
  return new Uint8Array([...[0xff, 0xd8, 0xff, 0xfe, 0, comment.length + 2], ...comment, ...photo.subarray(2)]);
}

/** What a guest does between opening the form and showing a photo takes longer than this. */
const VISIT_MS = 1_000;

/** The first answer of a fresh process that has a head, in ms, at the client; with `visit`, after the form asked for the menu. */
export async function timeColdStart(
  options: DirectWorkerOptions,
  photos: BenchPhotos,
  visit: boolean,
): Promise<number> {
  const worker = await startDirectWorker(options);
  const { url } = worker;
  try {
    if (visit) {
      await (await fetch(`${url}/v1/menu`)).arrayBuffer();
      await sleep(VISIT_MS);
    }
    const start = performance.now();
    await classify(url, photos.small);
    return performance.now() - start;
  } finally {
    await worker.stop();
  }
}
