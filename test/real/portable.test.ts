/** Exported heads in runtimes that know nothing of Headstart, compared with the deployment's own answers to real photos. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { jsonBody, request, teach, trainByCron } from "../support/live-menu.ts";
import { expectSameAnswers, type PortableAnswer } from "../support/portable-answers.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { type LabelledPhoto, MISSING_SHARED_DATA, readPhotoSet, SHARED_DIR } from "../support/shared-data.ts";

const run = promisify(execFile);
const EXAMPLES = path.join(PROJECT_ROOT, "examples/portable");
/** A Python with onnxruntime and Pillow. */
const PYTHON = process.env.HEADSTART_PYTHON;
const MENU_PHOTOS = 100;
const STRANGERS = 20;
const BACKBONES = [
  { backbone: "headstart-mobilenet-120", views: false },
  { backbone: "headstart-mobilenet-120", views: true },
  { backbone: "mobilenetv2-1.0-224-fp32-backbone", views: false },
];

if (MISSING_SHARED_DATA !== undefined) console.warn(`skipped: ${MISSING_SHARED_DATA}`);
if (PYTHON === undefined) console.warn("skipped: native ONNX Runtime; HEADSTART_PYTHON names a Python that has it");

describe.skipIf(MISSING_SHARED_DATA !== undefined).each(BACKBONES)(
  "an exported head of $backbone, two views: $views",
  ({ backbone, views }) => {
    let folder: string;
    let server: DevServer;
    let files: string[];
    let expected: PortableAnswer[];
    const model = () => path.join(folder, "menu.onnx");

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "headstart-portable-"));
      const backboneDir = path.join(folder, "backbone");
      const placed = await useBackbone(backbone, { ...projectPlaces(), activeDir: backboneDir, views });
      server = await startDevServer({ dataDir: path.join(folder, "state"), backboneDir, quiet: true });
      await teach(server, await readPhotoSet("pizza-menu", "train"));
      await markStrangers(server, (await readPhotoSet("grocery-store", "train", 1)).slice(0, STRANGERS));
      await request(server, "/v1/admin/classes/hawaiian", { ...jsonBody({ threshold: 0.9 }), method: "PATCH" }, true);
      const menu = (await readPhotoSet("pizza-menu", "test")).slice(0, MENU_PHOTOS);
      const strangers = (await readPhotoSet("grocery-store", "test", 1)).slice(0, STRANGERS);
      await trainByCron(server, menu[0]);
      files = [...menu.map(placeIn("pizza-menu")), ...strangers.map(placeIn("grocery-store"))];
      expected = [];
      for (const { bytes } of [...menu, ...strangers]) expected.push(await ask(server, bytes));
      const { url, adminToken: key } = server;
      const saved = await runHeadstart(["export", "--onnx", model(), "--url", url], { env: { HEADSTART_KEY: key } });
      expect(saved).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Saved .*menu\.onnx: head \d+ with its/) });
      const more = (await stat(model())).size - placed.manifest.bytes;
      console.log(`${backbone}: the head of ${new Set(menu.map(({ label }) => label)).size} items takes ${more} bytes`);
    });

    afterAll(async () => {
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    it("answers in onnxruntime-web as the deployment does", async () => {
      const { stdout } = await run(process.execPath, [path.join(EXAMPLES, "classify.js"), model(), ...files]);
      expect(new Set(expected.map(({ unknown }) => unknown))).toEqual(new Set([true, false]));
      expectSameAnswers(`${backbone} in onnxruntime-web`, stdout, expected);
    });

    it.skipIf(PYTHON === undefined)("answers in native ONNX Runtime as the deployment does", async () => {
      const { stdout } = await run(PYTHON ?? "", [path.join(EXAMPLES, "classify.py"), model(), ...files]);
      expectSameAnswers(`${backbone} in native ONNX Runtime`, stdout, expected);
    });
  },
);

function placeIn(set: string) {
  return ({ label, file }: LabelledPhoto) => path.join(SHARED_DIR, "data/images", set, "test", label, file);
}

async function markStrangers(server: DevServer, photos: readonly LabelledPhoto[]): Promise<void> {
  const form = new FormData();
  for (const { file, bytes } of photos) form.append("image", new File([bytes], file));
  const path = "/v1/admin/classes/:none/examples";
  expect(await request(server, path, { method: "POST", body: form }, true)).toMatchObject({ body: { refused: 0 } });
}

async function ask(server: DevServer, bytes: Uint8Array<ArrayBuffer>): Promise<PortableAnswer> {
  const init = { method: "POST", body: bytes, headers: { "content-type": "image/jpeg" } };
  const { status, body } = await request(server, "/v1/classify?top_k=100", init);
  expect(status).toBe(200);
  return body as unknown as PortableAnswer; // a decoder: the routes' own tests hold this shape
}
