/** Putting a backbone in place: what is accepted, what is refused with which reason, and that a refusal changes nothing. */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ensureBackbone } from "../../cli/backbone/ensure-backbone.ts";
import { gitBlobIdOf, sha256Of } from "../../cli/backbone/file-identity.ts";
import { findPlacedBackbone, parseManifest } from "../../cli/backbone/placed-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { makePlaces } from "../support/backbone-places.ts";
import { serveLocally } from "../support/local-server.ts";
import {
  ELEMENT_TYPE_INT64,
  makeModel,
  makeNode,
  makeTinyBackbone,
  makeValue,
  makeWeights,
} from "../support/onnx-graphs.ts";
import { writeFiles } from "../support/temp-folder.ts";

const TINY = makeTinyBackbone();

describe("use", () => {
  it("places a file with a manifest read from its graph and says what it assumed", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const { manifest, file, notes } = await useBackbone(path.join(places.folder, "tiny.onnx"), places);
    expect(manifest).toMatchObject({
      id: sha256Of(TINY),
      name: "tiny",
      bytes: TINY.length,
      input: { name: "input", layout: "NCHW", height: 16, width: 16, mean: [0.485, 0.456, 0.406], resizeShortSide: 18 },
      output: { name: "embedding", dimension: 6 },
      licence: "unknown",
    });
    expect(notes.join()).toContain("Assumed: --mean 0.485,0.456,0.406 (ImageNet)");
    expect(sha256Of(await readFile(file))).toBe(manifest.id);
  });

  it("takes the numbers that are given instead of assuming them", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const prepared = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], resizeShortSide: 20, crop: "letterbox" } as const;
    const given = { ...prepared, licence: "MIT" };
    const { manifest, notes } = await useBackbone(path.join(places.folder, "tiny.onnx"), { ...places, ...given });
    expect(manifest.input).toMatchObject(prepared);
    expect(manifest.licence).toBe("MIT");
    expect(notes).toEqual([]);
  });

  it("finds a committed backbone by the start of its name and keeps its manifest", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const first = await useBackbone(path.join(places.folder, "tiny.onnx"), { ...places, licence: "Apache-2.0" });
    const manifest = { ...first.manifest, name: "headstart-tiny", file: "headstart-tiny.onnx" };
    await writeFiles(places.modelsDir, {
      "headstart-tiny.onnx": TINY,
      "headstart-tiny.json": JSON.stringify(manifest),
    });
    const { manifest: placed } = await useBackbone("headstart", places);
    expect(placed).toEqual({ ...manifest, file: "backbone.onnx" });
  });

  it("lets what is given go before the manifest beside the file", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "one/tiny.onnx": TINY });
    const { manifest } = await useBackbone(path.join(places.folder, "one"), places);
    await writeFiles(places.folder, { "one/manifest.json": JSON.stringify({ ...manifest, file: "tiny.onnx" }) });
    const given = { crop: "squash", licence: "MIT" } as const;
    const { manifest: placed } = await useBackbone(path.join(places.folder, "one"), { ...places, ...given });
    expect(placed).toEqual({ ...manifest, input: { ...manifest.input, crop: "squash" }, licence: "MIT" });
  });

  it("quantises nothing that our kernels do not compute, and nothing without photos", async () => {
    const places = await makePlaces();
    const photos = path.join(places.folder, "photos");
    await writeFiles(places.folder, { "tiny.onnx": TINY, "photos/notes.txt": "no photo" });
    const use = (model: string, int8: string) => useBackbone(model, { ...places, int8 });
    await expect(use(path.join(places.folder, "tiny.onnx"), photos)).rejects.toThrow(
      "tiny stays in floats: it has 6 channels, which only ONNX Runtime computes. Nothing was changed",
    );
    const own = path.join(import.meta.dirname, "../../models/headstart-128.onnx");
    await expect(use(own, photos)).rejects.toThrow(`There is no photo in ${photos} that can be read.`);
    await expect(use(own, path.join(places.folder, "nowhere"))).rejects.toThrow("There is no folder");
    expect(await findPlacedBackbone(places.activeDir)).toBeUndefined();
  });

  it("takes a folder with one model, and refuses one with several", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "one/tiny.onnx": TINY, "two/a.onnx": TINY, "two/b.onnx": TINY });
    await expect(useBackbone(path.join(places.folder, "one"), places)).resolves.toBeDefined();
    await expect(useBackbone(path.join(places.folder, "two"), places)).rejects.toThrow("holds 2 .onnx files");
  });

  it("takes from a deployment the manifest with the file, and from elsewhere nothing but the file", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const made = await useBackbone(path.join(places.folder, "tiny.onnx"), { ...places, std: [0.5, 0.5, 0.5] });
    const served = {
      [`/backbone/${made.manifest.id}.onnx`]: TINY,
      "/backbone/manifest.json": await readFile(path.join(places.activeDir, "manifest.json")),
    };
    const url = await serveLocally(({ url: asked }, response) => {
      const body = new Map(Object.entries({ ...served, [`/bare/${made.manifest.id}.onnx`]: TINY })).get(asked ?? "");
      response.writeHead(body === undefined ? 404 : 200).end(body);
    });
    const { manifest } = await useBackbone(`${url}/backbone/${made.manifest.id}.onnx`, places);
    expect(manifest).toEqual(made.manifest);
    const bare = await useBackbone(`${url}/bare/${made.manifest.id}.onnx`, places);
    expect(bare.manifest.input.std).not.toEqual(manifest.input.std);
  });

  it("downloads from this machine over plain http, and from nowhere else", async () => {
    const places = await makePlaces();
    const url = await serveLocally((_, response) => response.end(TINY));
    const { manifest } = await useBackbone(`${url}/nets/tiny.onnx`, places);
    expect(manifest).toMatchObject({ id: sha256Of(TINY), name: "tiny", origin: `${url}/nets/tiny.onnx` });
    await expect(useBackbone("http://example.com/x.onnx", places)).rejects.toThrow("is not an https address");
  });

  it("refuses a download that is missing, too big or broken off", async () => {
    const places = await makePlaces();
    const url = await serveLocally((request, response) => {
      if (request.url === "/big") response.setHeader("Content-Length", "100000001").flushHeaders();
      else if (request.url === "/cut") {
        response.setHeader("Content-Length", "1000").write("abc");
        setTimeout(() => response.destroy(), 20);
      } else response.writeHead(404).end();
    });
    await expect(useBackbone(`${url}/none`, places)).rejects.toThrow("answered 404");
    await expect(useBackbone(`${url}/big`, places)).rejects.toThrow("larger than 100 MB");
    await expect(useBackbone(`${url}/cut`, places)).rejects.toThrow("broke off");
  });

  const pixels = ["N", 3, 16, 16] as const;
  const twoInputs = makeModel({
    node: [makeNode("Add", ["a", "b"], ["c"])],
    input: [makeValue("a", pixels), makeValue("b", pixels)],
    output: [makeValue("c", pixels)],
  });
  const mapOutput = makeModel({
    node: [makeNode("Relu", ["a"], ["c"])],
    input: [makeValue("a", pixels)],
    output: [makeValue("c", pixels)],
  });
  const zeroOutput = makeModel({
    node: [
      makeNode("GlobalAveragePool", ["a"], ["p"]),
      makeNode("Flatten", ["p"], ["f"], { axis: 1 }),
      makeNode("Sub", ["f", "f"], ["c"]),
    ],
    input: [makeValue("a", pixels)],
    output: [makeValue("c", ["N", 3])],
  });
  const tooBig = makeModel({
    node: [makeNode("Flatten", ["a"], ["f"], { axis: 1 }), makeNode("MatMul", ["f", "w"], ["embedding"])],
    initializer: [makeWeights("w", [3 * 64 * 64, 560])],
    input: [makeValue("a", ["N", 3, 64, 64])],
    output: [makeValue("embedding", ["N", 560])],
  });
  it.each([
    ["text", Buffer.from("this is not a model"), "not an ONNX model"],
    ["an empty file", Buffer.alloc(0), "not an ONNX model"],
    ["a truncated model", TINY.subarray(0, TINY.length - 40), "not an ONNX model"],
    ["two inputs", twoInputs, "this model has 2 (a, b)"],
    ["NHWC", makeTinyBackbone({ input: ["N", 16, 16, 3] }), /NHWC|not an ONNX model/],
    ["one channel", makeTinyBackbone({ input: ["N", 1, 16, 16] }), /1 channels|not an ONNX model/],
    [
      "rank 3",
      makeModel({
        node: [makeNode("Relu", ["a"], ["c"])],
        input: [makeValue("a", [3, 16, 16])],
        output: [makeValue("c", [3, 16, 16])],
      }),
      "needs four",
    ],
    ["a fixed batch of 8", makeTinyBackbone({ input: [8, 3, 16, 16] }), "8 photos at once"],
    [
      "integer input",
      makeModel({
        node: [makeNode("Identity", ["a"], ["c"])],
        input: [makeValue("a", pixels, ELEMENT_TYPE_INT64)],
        output: [makeValue("c", pixels, ELEMENT_TYPE_INT64)],
      }),
      "float32 input",
    ],
    ["a feature map as output", mapOutput, "No output is an embedding"],
    ["an output of zeros", zeroOutput, "all zero"],
    ["more than 25 MiB", tooBig, "static asset may have 25"],
  ])("refuses %s with the reason and leaves the backbone in place", async (_, model, reason) => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY, "bad.onnx": model });
    const before = await useBackbone(path.join(places.folder, "tiny.onnx"), places);
    await expect(useBackbone(path.join(places.folder, "bad.onnx"), places)).rejects.toThrow(reason);
    expect(await findPlacedBackbone(places.activeDir)).toEqual({ manifest: before.manifest, file: before.file });
  });

  it("refuses a file with another SHA-256 than the expected one, given or from the manifest beside it", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const file = path.join(places.folder, "tiny.onnx");
    await expect(useBackbone(file, { ...places, sha256: "0".repeat(64) })).rejects.toThrow("Nothing was changed");
    await expect(useBackbone(file, { ...places, sha256: sha256Of(TINY).toUpperCase() })).resolves.toBeDefined();
    const { manifest } = await useBackbone(file, places);
    await writeFiles(places.folder, { "tiny.json": JSON.stringify({ ...manifest, id: "1".repeat(64) }) });
    await expect(useBackbone(file, places)).rejects.toThrow("damaged or was exchanged");
  });

  it("refuses a name that is nowhere, and one that fits several", async () => {
    const places = await makePlaces();
    await writeFiles(places.modelsDir, { "tiny-a.onnx": TINY, "tiny-b.onnx": TINY });
    await expect(useBackbone("nothing", places)).rejects.toThrow('No backbone is called "nothing"');
    await expect(useBackbone("tiny", places)).rejects.toThrow("could be any of tiny-a, tiny-b");
  });
});

describe("ensureBackbone", () => {
  it("prefers the backbone in place, then the project's own", async () => {
    const places = await makePlaces();
    await expect(ensureBackbone(places)).rejects.toThrow("npm run backbone -- use mobilenetv2-7");
    await writeFiles(places.modelsDir, { "headstart-a.onnx": TINY, "other.onnx": TINY });
    expect((await ensureBackbone(places)).manifest.name).toBe("headstart-a");
    await rm(places.modelsDir, { recursive: true });
    expect((await ensureBackbone(places)).manifest.name).toBe("headstart-a");
  });

  it("stops when the placed file is not the one of its manifest", async () => {
    const places = await makePlaces();
    await writeFiles(places.modelsDir, { "headstart-a.onnx": TINY });
    const { file } = await ensureBackbone(places);
    await writeFile(file, "damaged");
    await expect(ensureBackbone(places)).rejects.toThrow("is not the file of its manifest");
  });
});

it("names every field of a manifest that is wrong", () => {
  expect(() => parseManifest('{"id":"x","name":"n"}', "m.json")).toThrow(
    /m\.json is not a backbone manifest: id: .*file/,
  );
});

it("computes the id that git gives a file", () => {
  expect(gitBlobIdOf(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
});
