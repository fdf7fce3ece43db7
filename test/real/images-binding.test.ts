/** Photos that are too large or of a kind not decoded here, where the deployment has an Images binding (as simulated locally). */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT, WRANGLER_CONFIG } from "../../cli/shared/project-paths.ts";
import { jsonBody, request } from "../support/live-menu.ts";
import { MISSING_SHARED_DATA, readBytes, SHARED_DIR } from "../support/shared-data.ts";

describe.skipIf(MISSING_SHARED_DATA !== undefined)("with an Images binding", () => {
  let folder: string;
  let server: DevServer;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-images-"));
    const configFile = path.join(folder, "wrangler.toml");
    const config = (await readFile(WRANGLER_CONFIG, "utf8"))
      .replace('main = "src/index.ts"', `main = "${path.join(PROJECT_ROOT, "src/index.ts")}"`)
      .replace('migrations_dir = "migrations"', `migrations_dir = "${path.join(PROJECT_ROOT, "migrations")}"`);
    await writeFile(configFile, `${config}\n[images]\nbinding = "IMAGES"\n`);
    server = await startDevServer({ dataDir: path.join(folder, "data"), quiet: true, configFile });
    await request(server, "/v1/admin/classes", jsonBody({ name: "Pizza", id: "pizza" }), true);
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ["a PNG of 4.8 megapixels", "pillow/itxt_chunks.png", 201],
    ["an AVIF", "made/base.avif", 201],
    ["a damaged JPEG", "made/trunc-50.jpg", 422],
    ["a header of 4,290 megapixels", "made/lie-65500-sof.jpg", 413],
  ])("%s is answered as it should be", async (_name, file, status) => {
    const body = await readBytes(path.join(SHARED_DIR, "data/tricky-images", file));
    const answer = await request(server, "/v1/admin/classes/pizza/examples", { method: "POST", body }, true);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  });
});
