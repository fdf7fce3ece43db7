import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import project from "../../package.json" with { type: "json" };

const ROOT = path.resolve(import.meta.dirname, "../..");
const COMMITTED = path.join(ROOT, "src/head/kernels/head-kernels.wasm");
const MAX_BYTES = 32 * 1024;

describe("the committed kernels", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-kernels-"));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("are the very bytes that `npm run build:kernels` makes of their source", async () => {
    const fresh = path.join(folder, "fresh.wasm");
    const args = project.scripts["build:kernels"].split(" ").slice(1);
    const redirected = args.map((arg) => (arg.endsWith("head-kernels.wasm") ? fresh : arg));
    const compiler = path.join(ROOT, "node_modules/assemblyscript/bin/asc.js");
    await promisify(execFile)(process.execPath, [compiler, ...redirected], { cwd: ROOT });
    expect((await readFile(fresh)).equals(await readFile(COMMITTED))).toBe(true);
  }, 60_000);

  it("are smaller than 32 KB and import nothing", async () => {
    const bytes = await readFile(COMMITTED);
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([]);
  });
});
