/**
 * `@headstart/client` as programs have it, built: in the Node of the machine, and in Chromium on a page of another origin, which both ask one
 * deployment about real photos where they are.
 */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClient, CLIENT_DIR } from "../../cli/build-client.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { decodeEmbeddingMessage, EMBEDDING_TYPE } from "../../src/head/embedding-message.ts";
import { type Classification, classify, teach, trainByCron } from "../support/live-menu.ts";
import { findOldestNode } from "../support/oldest-node.ts";
import { makePhoto } from "../support/photos.ts";
import { type LabelledPhoto, MISSING_SHARED_DATA, readPhotoSet } from "../support/shared-data.ts";
import { DESKTOP, hasBrowser, openPage } from "./chromium.ts";
import { openStage, type Stage } from "./stage.ts";

const PER_CLASS = 8;
/** The longer side of a photo that is larger than a backbone needs. */
const LARGE_SIDE = 1600;
const node = findOldestNode();
const run = promisify(execFile);

async function readPhotos(): Promise<LabelledPhoto[]> {
  if (MISSING_SHARED_DATA === undefined) return readPhotoSet("pizza-menu", "train", PER_CLASS);
  return ["pepperoni", "hawaiian"].flatMap((label) =>
    Array.from({ length: PER_CLASS }, (_, i) => ({ label, file: `${i}.png`, bytes: makePhoto(label, i) })),
  );
}

/** The photo as a phone would have it: a JPEG of some megapixels, made by the browser. It stays a photo of what is on the menu. */
async function enlarge(page: Page, photo: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await page.evaluate<number[]>(`(async () => {
    const picture = await createImageBitmap(await (await fetch("data:;base64,${Buffer.from(photo).toString("base64")}")).blob());
    const scale = ${LARGE_SIDE} / Math.max(picture.width, picture.height);
    const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
    return Array.from(new Uint8Array(await blob.arrayBuffer()));
  })()`);
  return Uint8Array.from(bytes);
}

/** A page that takes the package as its npm folder has it. */
const PAGE = `<!doctype html><title>shop</title><script type="importmap">{ "imports": {
  "@headstart/client": "/client/index.js", "@headstart/client/on-device": "/client/on-device.js",
  "openapi-fetch": "/openapi-fetch/index.mjs" } }</script>`;

async function answer(url: string): Promise<Buffer | string> {
  if (url === "/") return PAGE;
  const name = path.basename(url);
  if (url.startsWith("/client/")) return readFile(path.join(CLIENT_DIR, "dist", name));
  return url.startsWith("/openapi-fetch/")
    ? readFile(path.join(PROJECT_ROOT, "node_modules/openapi-fetch/dist", name))
    : "";
}

describe.skipIf(!hasBrowser())(`the client package, in Node ${node.version} and in Chromium`, () => {
  let shop: Server;
  let shopUrl: string;
  let stage: Stage;
  let photos: LabelledPhoto[];

  beforeAll(async () => {
    shop = createServer((request, response) => {
      const type = request.url === "/" ? "text/html" : "text/javascript";
      void answer(request.url ?? "").then((body) => response.writeHead(200, { "content-type": type }).end(body));
    });
    await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
    const address = shop.address();
    if (address === null || typeof address === "string") throw new Error("the shop has no port");
    shopUrl = `http://127.0.0.1:${address.port}`;
    [stage, photos] = await Promise.all([openStage({ CORS_ORIGINS: shopUrl }), readPhotos(), buildClient()]);
    await teach(stage.server, photos);
    await trainByCron(stage.server, photos[0]);
  });

  afterAll(async () => {
    await stage?.close();
    shop.close();
  });

  /** The page, with `headstart` and the photo in it as `photo`. */
  const open = async (photo: Uint8Array, options = "{}"): Promise<Page> => {
    const { page } = await openPage(stage.browser, DESKTOP);
    await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
    await page.goto(shopUrl);
    const bytes = Buffer.from(photo).toString("base64");
    await page.evaluate(`(async () => {
      window.client = await import("@headstart/client");
      window.headstart = client.createHeadstart("${stage.server.url}/", ${options});
      window.photo = await (await fetch("data:;base64,${bytes}")).blob();
    })()`);
    return page;
  };
  /** What an expression of the page comes to, or the problem that it throws. */
  const evaluate = <T>(page: Page, expression: string): Promise<T> =>
    page.evaluate<T>(`(async () => {
      try { return await (${expression}); }
      catch (cause) { return { thrown: cause.name, code: cause.code ?? cause.fault, status: cause.status }; }
    })()`);
  const ask = (file: string, ...more: string[]) =>
    run(node.file, [path.join(CLIENT_DIR, "examples/ask.js"), stage.server.url, file, ...more], {
      env: { ...process.env, HEADSTART_KEY: stage.server.adminToken, NODE_OPTIONS: "" },
    });
  const writePhoto = async (photo: LabelledPhoto): Promise<string> => {
    const file = path.join(stage.dataDir, photo.file);
    await writeFile(file, photo.bytes);
    return file;
  };
  const sayBest = ({ predictions: [best], unknown, headVersion }: Classification) =>
    `${unknown ? "unknown, closest is " : ""}${best.name}, ${best.score.toFixed(2)}, by head ${headVersion}`;

  it("answers in Node what the server answers, corrects it, and says what is refused by its code", async () => {
    const file = await writePhoto(photos[0]);
    const expected = sayBest(await classify(stage.server, photos[0].bytes));
    expect((await ask(file, photos[0].label)).stdout).toBe(`${expected}\ncounted\n`);
    await expect(ask(file, "quattro")).rejects.toThrow("unknown_class: ");
  });

  it("embeds in Node, from which nothing but the embedding is sent", async () => {
    for (const photo of [photos[0], photos[PER_CLASS]]) {
      const { stdout } = await ask(await writePhoto(photo), "--on-device");
      const { predictions } = await classify(stage.server, photo.bytes);
      const [, name, score] = /^(?:unknown, closest is )?(.*), (\d\.\d\d), by head/.exec(stdout) ?? [];
      expect(name).toBe(predictions[0].name);
      // Node 20 has no relaxed SIMD, so that the sums are rounded in another order.
      expect(Math.abs(Number(score) - predictions[0].score)).toBeLessThan(0.02);
    }
  });

  it("shrinks a photo in the browser before it is sent, for the answer of the photo itself", async () => {
    const large = await enlarge(await open(photos[0].bytes), photos[0].bytes);
    const page = await open(large);
    const small = await evaluate<number>(page, "headstart.shrink(photo).then(({ size }) => size)");
    expect(small).toBeLessThan(large.length / 2);
    expect(await evaluate(page, "headstart.shrinks")).toBe(true);
    const said = await evaluate<Classification>(page, "headstart.classify(photo)");
    const expected = await classify(stage.server, large);
    expect(expected.predictions[0].name).toBe(photos[0].label);
    expect(said.predictions[0].name).toBe(photos[0].label);
    expect(said.unknown).toBe(expected.unknown);
    expect(Math.abs(said.predictions[0].score - expected.predictions[0].score)).toBeLessThan(0.05);
    const asItIs = await open(large, "{ shrink: null }");
    expect(await evaluate(asItIs, "headstart.shrink(photo).then(({ size }) => size)")).toBe(large.length);
  });

  it("asks about several photos of one thing at once, and has one answer that can be corrected", async () => {
    const page = await open(photos[0].bytes);
    const other = Buffer.from(photos[1].bytes).toString("base64");
    const said = await evaluate<Classification & { photos: number }>(
      page,
      `fetch("data:;base64,${other}").then((sent) => sent.blob()).then((blob) => headstart.classify([photo, blob]))`,
    );
    expect(said).toMatchObject({ photos: 2, predictions: expect.any(Array) });
    const { label } = photos[0];
    const corrected = await evaluate(page, `headstart.correct(${JSON.stringify(said)}, "${label}")`);
    expect(corrected).toMatchObject({ label, status: "pending" });
    const refused = await evaluate(page, 'headstart.classify([photo, new Blob(["no photo"])])');
    expect(refused).toMatchObject({ thrown: "HeadstartProblem", code: "not_an_image", status: 415 });
  });

  it("embeds in the browser for a page of another origin, and sends the server's own numbers", async () => {
    const page = await open(photos[1].bytes);
    const sending = page.waitForRequest((sent) => sent.url().endsWith("/v1/classify") && sent.method() === "POST");
    const saying = evaluate<{ said: Classification; shares: number[] }>(
      page,
      `(async () => {
        const { prepareOnDevice } = await import("@headstart/client/on-device");
        const shares = [];
        const device = await prepareOnDevice(headstart, { onProgress: (share) => shares.push(share) });
        return { said: await headstart.classify(await device.embed(photo)), shares };
      })()`,
    );
    const sent = await sending;
    expect(await sent.headerValue("content-type")).toBe(EMBEDDING_TYPE);
    const { said, shares } = await saying;
    const expected = await classify(stage.server, photos[1].bytes);
    expect(said.predictions).toEqual(expected.predictions);
    expect(shares.at(-1)).toBe(1);
    const message = new Uint8Array(sent.postDataBuffer() ?? []);
    const dimension = message.length - 48;
    expect(decodeEmbeddingMessage(message, { backboneId: expected.backboneId, dimension }).ok).toBe(true);
  });

  it("throws problems by their codes, and stops when its caller does", async () => {
    const page = await open(photos[0].bytes, '{ key: "wrong" }');
    expect(await evaluate(page, "headstart.readMenu()")).toMatchObject({ code: "unauthorized", status: 401 });
    const guest = await open(Buffer.from("no photo"));
    expect(await evaluate(guest, "headstart.classify(photo)")).toMatchObject({
      thrown: "HeadstartProblem",
      code: "not_an_image",
      status: 415,
    });
    const stopped = await evaluate(guest, "headstart.classify(photo, { signal: AbortSignal.abort() })");
    expect(stopped).toMatchObject({ thrown: "AbortError" });
    const lazy = `import("@headstart/client/on-device").then((device) =>
      device.prepareOnDevice(headstart, { signal: AbortSignal.abort() }))`;
    expect(await evaluate(guest, lazy)).toMatchObject({ thrown: "AbortError" });
  });

  it("says why the backbone cannot be brought to the device", async () => {
    const page = await open(photos[0].bytes);
    await page.route("**/backbone/*.onnx", (route) => route.abort());
    const prepare = `import("@headstart/client/on-device").then((device) => device.prepareOnDevice(headstart))`;
    expect(await evaluate(page, prepare)).toMatchObject({ thrown: "OnDeviceError", code: "stopped" });
  });
});
