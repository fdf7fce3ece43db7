/**
 * The real Worker, and beside it what a benchmark compares it with, in the same isolate: ONNX Runtime's bare `session.run`, our
 * kernels alone, and a whole request without the HTTP around it. Each answers with the milliseconds of one, over `times`.
 */
import ortWasm from "../../../dist/runtime/ort-private-memory.wasm";
import kernelsWasm from "../../../src/backbone/kernels/fused-backbone-kernels.wasm";
import { type BackboneManifest, backboneManifestSchema, textManifestSchema } from "../../../src/backbone/manifest.ts";
import { createNetwork } from "../../../src/backbone/network.ts";
import { createBackboneSession, createTokenSession } from "../../../src/backbone/session.ts";
import worker from "../../../src/index.ts";
import { readText } from "../../../src/text/read-text.ts";
import { createTokeniser } from "../../../src/text/tokeniser.ts";

type RunOnce = () => unknown;

const runners = new Map<string, RunOnce>();

export default {
  ...worker,
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith("/bench/")) return worker.fetch(request, env, context);
    const times = Number(searchParams.get("times"));
    const name = pathname.slice("/bench/".length);
    const run = await findRun(name, request, env, context);
    const start = performance.now();
    for (let i = 0; i < times; i++) await run();
    return Response.json({ ms: (performance.now() - start) / times });
  },
} satisfies ExportedHandler<Env>;

async function findRun(name: string, request: Request, env: Env, context: ExecutionContext): Promise<RunOnce> {
  if (name === "whole") return prepareRequests(request, env, context);
  return name === "text" ? prepareText(await request.text(), env) : findRunner(name, env);
}

type TextRunner = (text: string) => RunOnce;
let textRunner: TextRunner | undefined;

/** The network alone, on the tokens of a text that is tokenised beforehand. */
async function prepareText(text: string, env: Env): Promise<RunOnce> {
  textRunner ??= await createTextRunner(env);
  return textRunner(text);
}

async function createTextRunner(env: Env): Promise<TextRunner> {
  const manifest = textManifestSchema.parse(await (await readAsset(env, "manifest.json")).json());
  const model = new Uint8Array(await (await readAsset(env, `${manifest.id}.onnx`)).arrayBuffer());
  const tokenise = createTokeniser(await (await readAsset(env, `${manifest.id}.tokenizer.json`)).json());
  const session = await createTokenSession(ortWasm, model, manifest);
  return (text) => {
    const read = readText(text, tokenise, manifest.input.maxTokens);
    if (!read.ok) throw new Error(read.error.detail);
    return async () => {
      for (const ids of read.value.windows) await session.run(ids);
    };
  };
}

/** Classifies the sent photo again and again; a comment in the file makes it another photo each time. */
async function prepareRequests(request: Request, env: Env, context: ExecutionContext): Promise<RunOnce> {
  const photo = new Uint8Array(await request.arrayBuffer());
  let count = 0;
  return async () => {
    const marked = markJpeg(photo, `${request.headers.get("x-round")} ${count++}`);
    const init = { method: "POST", body: marked, headers: { "content-type": "image/jpeg" } };
    const inner: Parameters<typeof worker.fetch>[0] = new Request("https://bench.local/v1/classify", init);
    const response = await worker.fetch(inner, env, context);
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
  };
}

/** Puts a comment segment (FF FE, length, text) behind the start of the image. */
function markJpeg(photo: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const comment = new TextEncoder().encode(text);
  const marked = new Uint8Array(photo.length + 4 + comment.length);
  marked.set([...photo.subarray(0, 2), 0xff, 0xfe, 0, comment.length + 2]);
  marked.set(comment, 6);
  marked.set(photo.subarray(2), 6 + comment.length);
  return marked;
}

async function findRunner(name: string, env: Env): Promise<RunOnce> {
  const known = runners.get(name);
  if (known !== undefined) return known;
  const manifest = backboneManifestSchema.parse(await (await readAsset(env, "manifest.json")).json());
  const model = new Uint8Array(await (await readAsset(env, `${manifest.id}.onnx`)).arrayBuffer());
  const runner = await createRunner(name, model, manifest);
  runners.set(name, runner);
  return runner;
}

async function createRunner(name: string, model: Uint8Array, manifest: BackboneManifest): Promise<RunOnce> {
  const { height, width } = manifest.input;
  const tensor = Float32Array.from({ length: 3 * height * width }, (_, i) => Math.sin(i / 97) * Math.cos(i / 4_001));
  if (name === "onnx-runtime") {
    const session = await createBackboneSession(ortWasm, model, manifest);
    return () => session.run(tensor);
  }
  const network = createNetwork(kernelsWasm, model, manifest);
  if (!network.ok) throw new Error(network.error);
  return () => network.value(tensor);
}

function readAsset(env: Env, name: string): Promise<Response> {
  return env.ASSETS.fetch(new URL(`/backbone/${name}`, "https://assets.local"));
}
