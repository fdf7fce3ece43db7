import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import project from "../package.json" with { type: "json" };

const ROOT = path.resolve(import.meta.dirname, "..");
const MAX_BYTES = 32 * 1024;

describe.each([
  ["head", "build:kernels", "src/head/kernels/head-kernels.wasm"],
  ["backbone", "build:backbone-kernels", "src/backbone/kernels/backbone-kernels.wasm"],
  ["backbone, fused", "build:fused-backbone-kernels", "src/backbone/kernels/fused-backbone-kernels.wasm"],
  ["resize", "build:resample-kernel", "src/image/kernels/resample-kernel.wasm"],
] as const)("the committed kernels of the %s", (_name, script, file) => {
  const committed = path.join(ROOT, file);
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-kernels-"));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("are the very bytes that their npm script makes of their source", async () => {
    const fresh = path.join(folder, "fresh.wasm");
    const args = project.scripts[script].split(" ").slice(1);
    const redirected = args.map((arg) => (arg === file ? fresh : arg));
    const compiler = path.join(ROOT, "node_modules/assemblyscript/bin/asc.js");
    await promisify(execFile)(process.execPath, [compiler, ...redirected], { cwd: ROOT });
    expect((await readFile(fresh)).equals(await readFile(committed))).toBe(true);
  }, 60_000);

  it("are smaller than 32 KB and import nothing", async () => {
    const bytes = await readFile(committed);
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });
});
