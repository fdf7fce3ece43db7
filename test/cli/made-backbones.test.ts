/** Copies of backbones in eight bits, which nobody can make again. */
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findBackboneSource } from "../../cli/backbone/find-source.ts";
import { keepMade } from "../../cli/backbone/made-backbones.ts";
import { placeBackbone } from "../../cli/backbone/placed-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { makeTinyBackbone } from "../support/onnx-graphs.ts";
import { makeTempFolder, writeFiles } from "../support/temp-folder.ts";

const TINY = makeTinyBackbone();

/** A backbone in place that says of itself that it computes in eight bits. */
async function placeWhole(name: string) {
  const folder = await makeTempFolder();
  const [activeDir, modelsDir, sharedBackbonesDir] = ["active", "models", "shared"].map((one) =>
    path.join(folder, one),
  );
  const places = { activeDir, modelsDir, sharedBackbonesDir };
  await writeFiles(folder, { "tiny.onnx": TINY });
  const { manifest } = await useBackbone(path.join(folder, "tiny.onnx"), places);
  const quantisation = { of: "f".repeat(64), weightBits: 8, activationBits: 7, photos: 9, cosine: 0.999 };
  const placed = await placeBackbone(activeDir, TINY, { ...manifest, name, quantisation });
  return { placed, places, made: path.join(modelsDir, "made"), start: manifest.id.slice(0, 8) };
}

describe("a copy of a backbone in eight bits", () => {
  it("is found by its name, with its manifest", async () => {
    const { placed, places, made, start } = await placeWhole("tiny-int8");
    const name = await keepMade(placed, places);
    expect(name).toBe(`tiny-int8-${start}`);
    expect((await readdir(made)).sort()).toEqual([`${name}.json`, `${name}.onnx`]);
    expect((await findBackboneSource(name, places)).manifest).toEqual({ ...placed.manifest, file: `${name}.onnx` });
  });

  it.each([
    ["../../../elsewhere", ".._.._.._elsewhere"],
    ["tiny; rm -rf ~", "tiny__rm_-rf__"],
    ["пицца int8", "пицца_int8"],
  ])("stays in its folder, whatever the manifest is called: %s", async (name, stem) => {
    const { placed, places, made, start } = await placeWhole(name);
    expect(await keepMade(placed, places)).toBe(`${stem}-${start}`);
    expect((await readdir(made)).sort()).toEqual([`${stem}-${start}.json`, `${stem}-${start}.onnx`]);
    expect(await readdir(places.modelsDir)).toEqual(["made"]);
    expect((await findBackboneSource(`${stem}-${start}`, places)).manifest?.id).toBe(placed.manifest.id);
  });

  it("is replaced in one step, and stays as it was when that fails", async () => {
    const { placed, places, made } = await placeWhole("tiny-int8");
    const file = path.join(made, `${await keepMade(placed, places)}.onnx`);
    const { ino } = await stat(file);
    await keepMade(placed, places);
    expect((await stat(file)).ino).not.toBe(ino);
    await writeFile(placed.file, "what another command has put there");
    await expect(keepMade(placed, places)).rejects.toThrow("was exchanged at this moment");
    expect(new Uint8Array(await readFile(file))).toEqual(new Uint8Array(TINY));
    expect(await readdir(made)).toHaveLength(2);
  });
});
