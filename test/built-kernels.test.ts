/** The committed kernels. That they are what the compiler makes of their sources, `npm run kernels -- --check` shows. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FINGERPRINTS_FILE, fingerprintOf, KERNELS } from "../tools/kernels/kernels.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const MAX_BYTES = 32 * 1024;

describe.each(KERNELS)("the committed kernel $name", (kernel) => {
  it("was built of the sources that lie here", async () => {
    const fingerprints = JSON.parse(await readFile(FINGERPRINTS_FILE, "utf8"));
    expect(await fingerprintOf(kernel), 'run "npm run kernels"').toBe(fingerprints[kernel.name]);
  });

  it("is smaller than 32 KB and imports nothing", async () => {
    const bytes = await readFile(path.join(ROOT, kernel.output));
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });
});

it("the decoder of JPEGs is smaller than 160 KB and imports nothing but what ends it", async () => {
  const bytes = await readFile(path.join(ROOT, "src/image/kernels/jpeg-decoder.wasm"));
  expect(bytes.length).toBeLessThan(160 * 1024);
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  expect(imports).toEqual([{ module: "decoder", name: "fail", kind: "function" }]);
});
