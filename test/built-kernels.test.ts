/**
 * The committed wasm. That it is what the compilers make of its sources, `npm run kernels -- --check` and `npm run jpeg-decoder -- <folder> --check`
 * show.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { JPEG_DECODER } from "../tools/image/jpeg/recipe.ts";
import { fingerprintOf, readFingerprints } from "../tools/kernels/fingerprints.ts";
import { KERNELS, toBuilt } from "../tools/kernels/kernels.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const MAX_BYTES = 32 * 1024;

describe.each(KERNELS)("the committed kernel $name", (kernel) => {
  it("was built of the sources that lie here", async () => {
    const { [kernel.name]: noted } = await readFingerprints();
    expect(await fingerprintOf(await toBuilt(kernel)), 'run "npm run kernels"').toBe(noted);
  });

  it("is smaller than 32 KB and imports nothing", async () => {
    const bytes = await readFile(path.join(ROOT, kernel.output));
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });
});

describe("the committed decoder of JPEGs", () => {
  it("was built of the sources that lie here, by the recipe that lies here", async () => {
    const { [JPEG_DECODER.name]: noted } = await readFingerprints();
    expect(await fingerprintOf(JPEG_DECODER), 'run "npm run jpeg-decoder"').toBe(noted);
  });

  it("is smaller than 160 KB and imports nothing but what ends it", async () => {
    const bytes = await readFile(path.join(ROOT, JPEG_DECODER.output));
    expect(bytes.length).toBeLessThan(160 * 1024);
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    expect(imports).toEqual([{ module: "decoder", name: "fail", kind: "function" }]);
  });
});
