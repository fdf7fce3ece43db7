/** A backbone that looks at every photo several times: what is made, and what is refused. */
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { sha256Of } from "../../cli/backbone/file-identity.ts";
import { findPlacedBackbone } from "../../cli/backbone/placed-backbone.ts";
import { type UseBackboneOptions, useBackbone } from "../../cli/backbone/use-backbone.ts";
import { makePlaces } from "../support/backbone-places.ts";
import { ELEMENT_TYPE_INT64, makeModel, makeNode, makeTinyBackbone, makeValue } from "../support/onnx-graphs.ts";
import { writeFiles } from "../support/temp-folder.ts";

const TINY = makeTinyBackbone();

describe("views", () => {
  it("makes a backbone that looks at every photo twice, with an id of its own, and finds it again", async () => {
    const places = await makePlaces();
    await writeFiles(places.folder, { "tiny.onnx": TINY });
    const { manifest, file, notes } = await useBackbone(path.join(places.folder, "tiny.onnx"), {
      ...places,
      views: true,
    });
    expect(manifest).toMatchObject({ name: "tiny-views", input: { height: 16, resizeShortSide: 22, views: [16, 22] } });
    expect(manifest.id).toBe(sha256Of(await readFile(file)));
    expect(manifest.id).not.toBe(sha256Of(TINY));
    expect(notes.at(-1)).toBe(
      "Made tiny-views of it, which looks at every photo 2 times: with a short side of 16 and of 22 pixels.",
    );
    const again = { ...places, activeDir: path.join(places.folder, "again") };
    expect((await useBackbone(places.activeDir, again)).manifest).toEqual(manifest);
    const use = (options: Partial<UseBackboneOptions>) => useBackbone(places.activeDir, { ...again, ...options });
    await expect(use({ views: true })).rejects.toThrow("it looks at each photo several times already");
    await expect(use({ int8: places.folder })).rejects.toThrow("give --int8 and --views together");
    await expect(use({ crop: "squash" })).rejects.toThrow("leave --resize and --crop away");
    await rm(path.join(places.activeDir, "manifest.json"));
    await expect(use({})).rejects.toThrow("A network made by --views needs its manifest beside it");
  });

  it("gives no views to a network or a photo that they do not fit", async () => {
    const places = await makePlaces();
    const single = makeModel({
      node: [
        makeNode("GlobalAveragePool", ["input"], ["pooled"]),
        makeNode("Reshape", ["pooled", "shape"], ["embedding"]),
      ],
      initializer: [
        {
          name: "shape",
          dims: [2],
          data_type: ELEMENT_TYPE_INT64,
          raw_data: new Uint8Array(BigInt64Array.of(1n, 3n).buffer),
        },
      ],
      input: [makeValue("input", [1, 3, 16, 16])],
      output: [makeValue("embedding", [1, 3])],
    });
    await writeFiles(places.folder, { "single.onnx": single, "tiny.onnx": TINY });
    const use = (model: string, options: Partial<UseBackboneOptions>) =>
      useBackbone(path.join(places.folder, model), { ...places, views: true, ...options });
    await expect(use("single.onnx", {})).rejects.toThrow(
      "single gets no views: the network takes one picture at a time",
    );
    await expect(use("tiny.onnx", { crop: "letterbox" })).rejects.toThrow(
      "with --crop letterbox it sees the whole photo",
    );
    await expect(use("tiny.onnx", { resizeShortSide: 20 })).rejects.toThrow("leave --resize away");
    expect(await findPlacedBackbone(places.activeDir)).toBeUndefined();
  });
});
