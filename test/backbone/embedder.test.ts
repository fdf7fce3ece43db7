import { beforeAll, describe, expect, it, vi } from "vitest";
import { compileRuntimes } from "../../cli/runtime/backbone-runtimes.ts";
import { createEmbedder } from "../../src/backbone/embedder.ts";
import { BackboneError, createBackboneLoader } from "../../src/backbone/loader.ts";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { createBackboneSession } from "../../src/backbone/session.ts";
import { type BackboneRuntimes, startBackboneSession } from "../../src/backbone/start-session.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { createRandom } from "../support/random.ts";

let runtimes: BackboneRuntimes;
let ort: WebAssembly.Module;
let manifest: BackboneManifest;
let model: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  runtimes = await compileRuntimes();
  ort = await runtimes.loadOrt();
  ({ manifest, model } = await readOwnBackbone());
});

function makeTensor(seed: string): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: 3 * manifest.input.height * manifest.input.width }, () => 4 * random() - 2);
}

describe("the backbone that ships with the project", () => {
  it("gives the same embedding for the same tensor, alone or among overlapping calls", async () => {
    const embedder = createEmbedder(manifest, () => startBackboneSession(runtimes, model, manifest));
    const alone = await embedder.embed(makeTensor("a"));
    const seeds = ["b", "a", "c", "a", "a"];
    const together = await Promise.all(seeds.map((seed) => embedder.embed(makeTensor(seed))));
    expect(alone).toMatchObject({ ok: true });
    expect(together[1]).toEqual(alone);
    expect(together[3]).toEqual(alone);
    expect(together[4]).toEqual(alone);
    expect(together[0]).not.toEqual(alone);
  });

  it("leaves the globals as it found them", async () => {
    const look = () => [WebAssembly.instantiate, WebAssembly.Memory, Atomics.waitAsync];
    const before = look();
    await createBackboneSession(ort, model, manifest);
    expect(look()).toEqual(before);
    await expect(createBackboneSession(ort, new Uint8Array(100), manifest)).rejects.toThrow();
    expect(look()).toEqual(before);
  });
});

describe("the queue of photos", () => {
  it("survives a run that fails and continues with the next one", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const session = await createBackboneSession(ort, model, manifest);
    let calls = 0;
    const flaky = async () => ({
      run: (tensor: Float32Array) => (calls++ === 0 ? Promise.reject(new Error("run failed")) : session.run(tensor)),
    });
    const embedder = createEmbedder(manifest, flaky);
    const [failed, next] = await Promise.all([embedder.embed(makeTensor("a")), embedder.embed(makeTensor("a"))]);
    expect(failed).toMatchObject({ ok: false, error: { code: "backbone_unavailable" } });
    expect(next).toMatchObject({ ok: true });
  });

  it("starts the session again after a start that failed, and once for all callers", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    let starts = 0;
    const embedder = createEmbedder(manifest, () => {
      starts += 1;
      return starts === 1 ? Promise.reject(new Error("no memory")) : createBackboneSession(ort, model, manifest);
    });
    const results = await Promise.all(["a", "b", "c"].map((seed) => embedder.embed(makeTensor(seed))));
    expect(results.map((result) => result.ok)).toEqual([false, true, true]);
    expect(starts).toBe(2);
  });

  it("starts the session once when it was warmed up, and again when that failed", async () => {
    let starts = 0;
    const embedder = createEmbedder(manifest, () => {
      starts += 1;
      return starts === 1 ? Promise.reject(new Error("no memory")) : startBackboneSession(runtimes, model, manifest);
    });
    await embedder.warmUp();
    expect(starts).toBe(1);
    await embedder.warmUp();
    await embedder.warmUp();
    expect(await embedder.embed(makeTensor("a"))).toMatchObject({ ok: true });
    expect(starts).toBe(2);
  });

  it("refuses an embedding of the wrong length or with NaN by name", async () => {
    const outputs = [new Float32Array(3), new Float32Array(manifest.output.dimension).fill(Number.NaN)];
    const embedder = createEmbedder(manifest, async () => ({ run: async () => outputs.shift() ?? new Float32Array() }));
    const results = [await embedder.embed(makeTensor("a")), await embedder.embed(makeTensor("a"))];
    for (const result of results) expect(result).toMatchObject({ ok: false, error: { code: "invalid_embedding" } });
  });
});

describe("loading a backbone", () => {
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  it("names what to do when the deployment carries none", async () => {
    const load = createBackboneLoader(async () => null, runtimes);
    await expect(load()).rejects.toThrow(BackboneError);
    await expect(load()).rejects.toThrow("npm run backbone");
  });

  it("refuses a manifest that is not one", async () => {
    const load = createBackboneLoader(async () => encode({ id: "x" }), runtimes);
    await expect(load()).rejects.toThrow("manifest is not valid");
  });

  it("takes a manifest that says no modality for an image's, and refuses one that it does not know", async () => {
    const { modality, ...old } = manifest;
    expect(await createBackboneLoader(async () => encode(old), runtimes)()).toMatchObject({ modality, manifest });
    const load = createBackboneLoader(async () => encode({ ...old, modality: "sound" }), runtimes);
    await expect(load()).rejects.toThrow("manifest is not valid");
  });

  it("never runs a file that is not the one named in the manifest", async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const damaged = model.slice();
    damaged[damaged.length - 1] ^= 1;
    const load = createBackboneLoader(async (path) => (path.endsWith(".json") ? encode(manifest) : damaged), runtimes);
    const embedder = await load();
    if (embedder.modality !== "image") throw new Error("the backbone reads photos");
    expect(await embedder.embed(makeTensor("a"))).toMatchObject({ ok: false, error: { code: "backbone_unavailable" } });
    expect(String(error.mock.calls.at(-1))).toContain("damaged");
  });

  it("makes one embedder for all that ask at once", async () => {
    const load = createBackboneLoader(async () => encode(manifest), runtimes);
    const [first, second] = await Promise.all([load(), load()]);
    expect(first).toBe(second);
  });
});
