/** The story of the project on real photos: a pizzeria's menu grows, through the public interface of a dev server. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPlaces } from "../../cli/backbone/ensure-backbone.ts";
import { useBackbone } from "../../cli/backbone/use-backbone.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { classify, jsonBody, request, type Score, score, teach, trainByCron } from "../support/live-menu.ts";
import { MISSING_SHARED_DATA, readBytes, readPhotoSet, SHARED_DIR } from "../support/shared-data.ts";

interface Thresholds {
  /** Accuracy with four items, 40 photos each, on their 80 test photos. */
  readonly fourItems: number;
  /** Accuracy with Four Cheese added, on all 100 test photos. */
  readonly fiveItems: number;
  readonly fourCheeseRecall: number;
  /** Accuracy on the 260 test photos of food101-13. */
  readonly food: number;
}

const BACKBONES: [string, Thresholds][] = [
  // What the product promises with the reference backbone.
  ["mobilenetv2-1.0-224-fp32-backbone", { fourItems: 0.7, fiveItems: 0.66, fourCheeseRecall: 0.5, food: 0.66 }],
  // Measured .762, .730, .70 and .519, each less two standard errors (80, 100, 20 and 260 photos).
  ["headstart-128", { fourItems: 0.667, fiveItems: 0.641, fourCheeseRecall: 0.495, food: 0.457 }],
];

if (MISSING_SHARED_DATA !== undefined) console.warn(`skipped: ${MISSING_SHARED_DATA}`);

describe.skipIf(MISSING_SHARED_DATA !== undefined).each(BACKBONES)(
  "on real photos, with %s",
  (backbone, thresholds) => {
    let workDir: string;

    beforeAll(async () => {
      workDir = await mkdtemp(path.join(tmpdir(), "headstart-real-"));
      await useBackbone(backbone, { ...projectPlaces(), activeDir: path.join(workDir, "backbone") });
    });

    afterAll(() => rm(workDir, { recursive: true, force: true }));

    async function withServer(
      name: string,
      use: (server: DevServer) => Promise<void>,
      vars: Record<string, string> = {},
    ) {
      const dataDir = path.join(workDir, name);
      const server = await startDevServer({ dataDir, backboneDir: path.join(workDir, "backbone"), quiet: true, vars });
      try {
        await use(server);
      } finally {
        await server.stop();
      }
    }

    it("keeps telling four pizzas apart when Four Cheese is put on the menu", async () => {
      const train = await readPhotoSet("pizza-menu", "train");
      const test = await readPhotoSet("pizza-menu", "test");
      const isOld = ({ label }: { label: string }) => label !== "four_cheese";
      await withServer("menu", async (server) => {
        await teach(server, train.filter(isOld));
        await trainByCron(server, test[0]);
        const before = await score(server, test.filter(isOld));
        const servedBefore = await hashServedBackbone(server);
        report("four items", before);
        expect(before.accuracy).toBeGreaterThanOrEqual(thresholds.fourItems);

        await teach(
          server,
          train.filter((photo) => !isOld(photo)),
        );
        await trainByCron(server, test[0]);
        const after = await score(server, test);
        report("with Four Cheese", after);
        expect(after.accuracy).toBeGreaterThanOrEqual(thresholds.fiveItems);
        expect(after.recall.four_cheese).toBeGreaterThanOrEqual(thresholds.fourCheeseRecall);
        expect(accuracyOnOld(before) - accuracyOnOld(after)).toBeLessThanOrEqual(0.08);
        expect(await hashServedBackbone(server)).toBe(servedBefore);
      });
    });

    it("hears Four Cheese from three photos", async () => {
      const train = await readPhotoSet("pizza-menu", "train");
      const test = await readPhotoSet("pizza-menu", "test");
      const isOld = ({ label }: { label: string }) => label !== "four_cheese";
      await withServer("three", async (server) => {
        await teach(server, train.filter(isOld));
        await trainByCron(server, test[0]);
        const before = await score(server, test.filter(isOld));
        await teach(server, train.filter((photo) => !isOld(photo)).slice(0, 3));
        await trainByCron(server, test[0]);
        const after = await score(server, test);
        report("three photos of Four Cheese", after);
        expect(after.recall.four_cheese).toBeGreaterThan(0);
        expect(accuracyOnOld(before) - accuracyOnOld(after)).toBeLessThanOrEqual(0.1);
      });
    });

    it("tells thirteen dishes apart", async () => {
      await withServer("food", async (server) => {
        await teach(server, await readPhotoSet("food101-13", "train"));
        const test = await readPhotoSet("food101-13", "test");
        await trainByCron(server, test[0]);
        const result = await score(server, test);
        report("food101-13", result);
        expect(result.accuracy).toBeGreaterThanOrEqual(thresholds.food);
      });
    });

    it("stores a correction by receipt once, and nothing of a bad receipt", async () => {
      const train = await readPhotoSet("pizza-menu", "train", 5);
      const [photo] = await readPhotoSet("pizza-menu", "test", 1);
      const ttlSeconds = 10; // six requests must fit in, on a busy machine
      const vars = { RECEIPT_TTL_SECONDS: `${ttlSeconds}` };
      let foreign = "";
      await withServer("foreign", async (server) => {
        await teach(server, train);
        await trainByCron(server, photo);
        foreign = (await classify(server, photo.bytes)).receipt;
      });
      await withServer(
        "receipts",
        async (server) => {
          await teach(server, train);
          await trainByCron(server, photo);
          const send = (receipt: string, asAdmin: boolean) =>
            request(server, "/v1/labels", jsonBody({ receipt, label: "hawaiian" }), asAdmin);
          const { receipt } = await classify(server, photo.bytes);
          const start = await countStored(server);
          for (const sent of [foreign, `${receipt.slice(0, -1)}${receipt.endsWith("A") ? "B" : "A"}`, ""]) {
            expect((await send(sent, true)).status).toSatisfy((status: number) => status >= 400 && status < 500);
          }
          expect(await countStored(server)).toEqual(start);
          expect((await send(receipt, true)).status).toBe(201);
          expect((await send(receipt, true)).status).toBe(200);
          expect(await countStored(server)).toEqual({ ...start, examples: Number(start.examples) + 1 });
          const late = (await classify(server, train[0].bytes)).receipt;
          await new Promise((resolve) => setTimeout(resolve, ttlSeconds * 1_000 + 100));
          expect((await send(late, false)).status).toBe(410);
          expect(await countStored(server)).toEqual({ ...start, examples: Number(start.examples) + 1 });
        },
        vars,
      );
    });

    it("refuses what is not a photo with a message, and answers on", async () => {
      const train = await readPhotoSet("pizza-menu", "train", 5);
      await withServer("nasty", async (server) => {
        await teach(server, train);
        await trainByCron(server, train[0]);
        const before = await classify(server, train[0].bytes);
        const jpeg = train[0].bytes;
        const bomb = await readBytes(path.join(SHARED_DIR, "data/tricky-images/made/bomb-20000x20000-1bit.png"));
        const nasty: [string, string, Uint8Array<ArrayBuffer>][] = [
          ["a text file", "text/plain", new TextEncoder().encode("not a photo")],
          ["text named a JPEG", "image/jpeg", new TextEncoder().encode("not a photo")],
          ["an empty body", "image/jpeg", new Uint8Array()],
          ["a truncated JPEG", "image/jpeg", jpeg.slice(0, Math.floor(jpeg.length / 2))],
          ["a 400-megapixel PNG", "image/png", bomb],
        ];
        for (const [name, type, body] of nasty) {
          const init = { method: "POST", body, headers: { "content-type": type } };
          const answer = await request(server, "/v1/classify", init);
          console.log(`${name}: ${answer.status} ${answer.body.detail}`);
          expect(answer.status, name).toSatisfy((status: number) => status >= 400 && status < 500);
          expect(answer.body.detail, name).toMatch(/\w/);
        }
        expect((await classify(server, train[0].bytes)).predictions).toEqual(before.predictions);
      });
    });
  },
);

function accuracyOnOld({ recall }: Score): number {
  const old = Object.entries(recall).filter(([label]) => label !== "four_cheese");
  return old.reduce((sum, [, value]) => sum + value, 0) / old.length;
}

async function countStored(server: DevServer): Promise<Record<string, unknown>> {
  const { body } = await request(server, "/v1/admin/overview", {}, true);
  return { examples: body.examples, pendingReviews: body.pendingReviews };
}

/** SHA-256 of the file that the server runs, as it serves it; it must also be the id in the manifest. */
async function hashServedBackbone(server: DevServer): Promise<string> {
  const { body } = await request(server, "/backbone/manifest.json");
  const response = await fetch(new URL(`/backbone/${body.id}.onnx`, server.url));
  const hash = createHash("sha256")
    .update(new Uint8Array(await response.arrayBuffer()))
    .digest("hex");
  expect(hash).toBe(body.id);
  return hash;
}

function report(name: string, { accuracy, recall }: Score) {
  const perClass = Object.entries(recall).map(([label, value]) => `${label} ${value.toFixed(2)}`);
  console.log(`${name}: accuracy ${accuracy.toFixed(3)} (${perClass.join(", ")})`);
}
