/** Workers AI as a text backbone, against a stand-in that follows Cloudflare's documentation: it was never run against the service. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findServiceManifest, useWorkersAi } from "../../cli/backbone/workers-ai-backbones.ts";
import { createBackboneLoader } from "../../src/backbone/loader.ts";
import type { ServiceManifest } from "../../src/backbone/manifest.ts";
import { createServiceCall, createServiceReader, SERVICE_REST_MS } from "../../src/backbone/workers-ai.ts";

const MODEL = "@cf/baai/bge-m3";
const SECRET = "My card 4000 1234 was charged twice";

interface Asked {
  readonly model: string;
  readonly input: { readonly text: readonly string[]; readonly truncate_inputs: boolean };
}

/** As documented: `{ text: string | string[], truncate_inputs }` in, `{ shape, data, pooling }` out, an error by number and description. */
function standIn(answer: (pieces: readonly string[], signal: AbortSignal) => unknown = embedAll) {
  const asked: Asked[] = [];
  const run = async (model: string, input: Asked["input"], { signal }: { signal: AbortSignal }) => {
    asked.push({ model, input });
    return answer(input.text, signal);
  };
  return { asked, env: { AI: { run } } };
}

/** A vector of a piece that its characters decide, so that other texts have others. */
function vectorOf(piece: string, length = 1024): number[] {
  return Array.from({ length }, (_, i) => Math.sin(i + 1) * (1 + (piece.codePointAt(i % piece.length) ?? 0)));
}

function embedAll(pieces: readonly string[]) {
  return { shape: [pieces.length, 1024], data: pieces.map((piece) => vectorOf(piece)), pooling: "cls" };
}

/** How the runtime hands on an error of the service. */
function fail(number: number, description: string) {
  return () => {
    const error = new Error(`${number}: ${description} ${SECRET}`);
    error.name = "InferenceUpstreamError";
    throw error;
  };
}

describe("Workers AI as a text backbone", () => {
  let folder: string;
  let manifest: ServiceManifest;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-service-"));
    manifest = await useWorkersAi("workers-ai:bge-m3", path.join(folder, "active"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("is put in place by its name, found there, and loaded with the deployment", async () => {
    expect(await findServiceManifest(path.join(folder, "active"))).toEqual(manifest);
    await expect(useWorkersAi("workers-ai:bge-m4", folder)).rejects.toThrow("these are known: workers-ai:bge-m3");
    const json = new TextEncoder().encode(JSON.stringify(manifest));
    const { asked, env } = standIn();
    const kernels = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])); // an empty one
    const loadOrt = () => Promise.reject(new Error("there is no network to run"));
    const load = createBackboneLoader(async () => json, { kernels, loadOrt }, createServiceCall(env));
    const reader = await load();
    expect(reader.modality === "text" && (await reader.embed("Where is my order?")).ok).toBe(true);
    expect(asked).toEqual([{ model: MODEL, input: { text: ["Where is my order?"], truncate_inputs: false } }]);
  });

  it("embeds a text as the unit vector of what the service answers, and a long one as the mean of its pieces", async () => {
    const { asked, env } = standIn();
    const reader = createServiceReader(manifest, createServiceCall(env));
    const short = await reader.embed("Where is my order?");
    if (!short.ok) throw new Error(short.error.detail);
    expect(short.value.values).toHaveLength(1024);
    const wanted = vectorOf("Where is my order?");
    const norm = Math.hypot(...wanted);
    const off = wanted.map((value, i) => Math.abs(value / norm - (short.value.values[i] ?? 0) * short.value.scale));
    expect(Math.max(...off)).toBeLessThan(short.value.scale);
    const long = "ab😀".repeat(3_000);
    expect((await reader.embed(long)).ok).toBe(true);
    const { text: pieces } = asked[1]?.input ?? { text: [] };
    expect(pieces).toHaveLength(3);
    expect(pieces.join("")).toBe(long);
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  });

  it.each([
    [3040, "No more data centers to forward the request to", "overloaded", "no room"],
    [3036, "You have used up your daily free allocation of 10,000 neurons.", "backbone_unavailable", "calls for today"],
    [3006, "Request is too large", "body_too_large", "too long"],
    [3007, "Request timeout", "backbone_unavailable", "in time"],
    [5007, "No such model @cf/baai/bge-m3 or task", "backbone_unavailable", "error 5007"],
    [5018, "The account is not allowed to access this model", "backbone_unavailable", "error 5018"],
  ])("tells error %i in words, and nothing of the text", async (number, description, code, words) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { env } = standIn(fail(number, description));
    const answer = await createServiceReader(manifest, createServiceCall(env)).embed(SECRET);
    expect(answer).toMatchObject({ ok: false, error: { code, detail: expect.stringContaining(words) } });
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ event: "workers_ai_failed", model: MODEL, error: String(number) })],
    ]);
    expect(JSON.stringify([answer, log.mock.calls])).not.toContain("4000");
    log.mockRestore();
  });

  it("ends a request that takes too long, whether or not the service heeds the signal", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const signals: AbortSignal[] = [];
    const { env } = standIn((_pieces, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const tooLate = () => AbortSignal.abort(new DOMException("too late", "TimeoutError"));
    const answer = await createServiceReader(manifest, createServiceCall(env, { signalEnd: tooLate })).embed("Hello");
    expect(answer).toMatchObject({
      ok: false,
      error: { code: "backbone_unavailable", detail: expect.stringContaining("in time") },
    });
    expect(signals[0]?.aborted).toBe(true);
    log.mockRestore();
  });

  it("is left alone for five seconds after a failure, but not after a text that is too long", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    let [now, answer]: [number, () => unknown] = [0, fail(3006, "Request is too large")];
    const { asked, env } = standIn(() => answer());
    const reader = createServiceReader(manifest, createServiceCall(env, { clock: () => now }));
    const ask = async () => {
      const embedded = await reader.embed("Hello");
      return embedded.ok ? "ok" : embedded.error.code;
    };
    expect(await ask()).toBe("body_too_large");
    answer = fail(3007, "Request timeout");
    expect([await ask(), await ask()]).toEqual(["backbone_unavailable", "backbone_unavailable"]);
    now = SERVICE_REST_MS - 1;
    expect(await ask()).toBe("backbone_unavailable");
    expect(asked).toHaveLength(2);
    now = SERVICE_REST_MS;
    answer = () => embedAll(["Hello"]);
    expect([await ask(), await ask(), asked.length]).toEqual(["ok", "ok", 4]);
    log.mockRestore();
  });

  it.each<[string, unknown]>([
    ["another dimension", { shape: [1, 768], data: [vectorOf("a", 768)] }],
    ["a vector too few", { shape: [0, 1024], data: [] }],
    ["an asynchronous answer", { request_id: "abc" }],
    ["numbers that are none", { data: [["a"]] }],
    ["nothing but zeros", { data: [Array(1024).fill(0)] }],
    ["nothing", null],
  ])("refuses %s", async (_what, body) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { env } = standIn(() => body);
    const answer = await createServiceReader(manifest, createServiceCall(env)).embed("Hello");
    expect(answer).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^(backbone_unavailable|invalid_embedding)$/) },
    });
    log.mockRestore();
  });

  it("says what is missing where there is no binding", async () => {
    expect(createServiceCall({})).toBeUndefined();
    expect(createServiceCall({ AI: "text" })).toBeUndefined();
    const answer = await createServiceReader(manifest, undefined).embed("Hello");
    expect(answer).toMatchObject({ ok: false, error: { detail: expect.stringContaining("[env.text.ai]") } });
  });
});
