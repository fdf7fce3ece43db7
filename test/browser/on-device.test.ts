/**
 * The photo stays on the phone: in a real browser against the real Worker, over real photos where they are, the answer is
 * the one that the server gives to the photo itself, and nothing but the embedding is sent.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256Of } from "../../cli/backbone/file-identity.ts";
import { placeBackbone } from "../../cli/backbone/placed-backbone.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { averageViews } from "../../cli/onnx/average-views.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { decodeEmbeddingMessage, EMBEDDING_TYPE } from "../../src/head/embedding-message.ts";
import { classify, request, teach, trainByCron } from "../support/live-menu.ts";
import { makeTinyBackbone } from "../support/onnx-graphs.ts";
import { openReceiptInNode } from "../support/open-receipt.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { makePhoto } from "../support/photos.ts";
import { type LabelledPhoto, MISSING_SHARED_DATA, readPhotoSet } from "../support/shared-data.ts";
import { startServer } from "../support/start-server.ts";
import { DESKTOP, hasBrowser, launchBrowser, openPage } from "./chromium.ts";
import { readLeader, showPhoto } from "./guest-steps.ts";
import { recordSent, takeSent } from "./record-sent.ts";

const RECEIPT_SECRET = "receipt secret of the test on the device";
const TRAIN_PER_CLASS = 10;
const TEST_PER_CLASS = 20;
const SWITCH = "Keep my photo on this device";
const READY = "Ready: your photo stays here";

/** Real photos where they are, drawn ones otherwise. */
async function readPhotos(): Promise<{ train: LabelledPhoto[]; test: LabelledPhoto[] }> {
  if (MISSING_SHARED_DATA === undefined) {
    const train = await readPhotoSet("pizza-menu", "train", TRAIN_PER_CLASS);
    return { train, test: await readPhotoSet("pizza-menu", "test", TEST_PER_CLASS) };
  }
  const draw = (from: number, count: number) =>
    ["pepperoni", "hawaiian"].flatMap((label) =>
      Array.from({ length: count }, (_, i) => ({ label, file: `${i}.png`, bytes: makePhoto(label, from + i) })),
    );
  return { train: draw(0, TRAIN_PER_CLASS), test: draw(100, TEST_PER_CLASS) };
}

const toFile = ({ file, bytes }: LabelledPhoto) => ({
  name: file,
  mimeType: file.endsWith(".png") ? "image/png" : "image/jpeg",
  buffer: Buffer.from(bytes),
});

describe.skipIf(!hasBrowser())("a photo that stays on the device", () => {
  let browser: Browser;
  let server: DevServer;
  let dataDir: string;
  let test: LabelledPhoto[];

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-device-"));
    [browser, server] = await Promise.all([
      launchBrowser(),
      startServer({ dataDir, quiet: true, vars: { RECEIPT_SECRET } }),
    ]);
    const photos = await readPhotos();
    test = photos.test;
    await teach(server, photos.train);
    await trainByCron(server, photos.train[0]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("loads nothing for it while the switch is off", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    const requested: string[] = [];
    page.on("request", (sent: Request) => requested.push(new URL(sent.url()).pathname));
    await page.goto(server.url);
    await page.getByText("On the menu").waitFor();
    expect(requested.filter((name) => /on-device|\.wasm|\.onnx/.test(name))).toEqual([]);
    await expect.poll(() => page.getByLabel(SWITCH).isChecked()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it("gets the server's answer for every test photo, from the same numbers", async () => {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await recordSent(page);
    await page.goto(server.url);
    await page.getByLabel(SWITCH).check();
    await page.getByText(READY).waitFor();
    const { body: menu } = await request(server, "/backbone/manifest.json");
    const { id: backboneId, output } = menu as { id: string; output: { dimension: number } };
    let lowest = 1;
    for (const photo of test) {
      await showPhoto(page, toFile(photo));
      const leader = await readLeader(page);
      const [sent, ...others] = await takeSent(page);
      expect(others).toEqual([]);
      expect(sent).toMatchObject({ path: "/v1/classify", type: EMBEDDING_TYPE });
      const expected = { backboneId, dimension: output.dimension };
      const message = decodeEmbeddingMessage(Uint8Array.from(sent.bytes), expected);
      if (!message.ok) throw new Error(message.error.message);
      const answer = await classify(server, photo.bytes);
      const { values } = openReceiptInNode(answer.receipt, RECEIPT_SECRET);
      const similarity = cosineOf(message.value.embedding.values, values);
      lowest = Math.min(lowest, similarity);
      expect(similarity, photo.file).toBeGreaterThanOrEqual(0.999);
      expect(leader, photo.file).toBe(answer.predictions[0].name);
    }
    console.log(`${test.length} photos, all with the server's label; lowest cosine ${lowest}`);
    expect(complaints).toEqual([]);
  });

  it("sends no picture with a correction either", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    await page.getByLabel(SWITCH).check();
    await showPhoto(page, toFile(test[0]));
    await page.getByText("without a picture").waitFor();
    const sending = page.waitForRequest((sent) => sent.url().endsWith("/v1/labels"));
    await page
      .getByRole("button", { name: /That’s right|It’s (?!not)|It is on the menu/ })
      .first()
      .click();
    const picker = page.getByRole("group", { name: "Which one is it?" });
    await Promise.race([sending, picker.waitFor().then(() => page.keyboard.press("Enter"))]);
    expect(Object.keys((await sending).postDataJSON()).sort()).toEqual(["label", "receipt"]);
  });

  it("remembers the choice, and works again after a visit", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.goto(server.url);
    await page.getByLabel(SWITCH).check();
    await page.getByText(READY).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel(SWITCH).isChecked()).toBe(true);
    await page.getByText(READY).waitFor();
    await page.getByLabel(SWITCH).uncheck();
    await page.reload();
    await expect.poll(() => page.getByLabel(SWITCH).isChecked()).toBe(false);
  });

  it("says in words that the download failed, sends nothing, and recovers", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await recordSent(page);
    await page.goto(server.url);
    await page.route("**/backbone/*.onnx", (route) => route.abort());
    await page.getByLabel(SWITCH).check();
    await page.getByText("The download stopped: check the connection. Nothing was sent.").waitFor();
    await page.getByLabel("Choose a photo").setInputFiles(toFile(test[0]));
    await page.getByRole("alert").getByText("Your photo was not sent.").waitFor();
    expect(await takeSent(page)).toEqual([]);
    await page.unroute("**/backbone/*.onnx");
    await page.locator("#device-status").getByRole("button", { name: "Try again" }).click();
    await page.getByText(READY).waitFor();
    await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
    await page.getByRole("list", { name: "How well each item fits" }).waitFor();
    expect((await takeSent(page)).map(({ type }) => type)).toEqual([EMBEDDING_TYPE]);
  });

  it("refuses weights that were damaged on the way", async () => {
    const { page } = await openPage(browser, DESKTOP);
    await page.route("**/backbone/*.onnx", async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length - 1] ^= 1;
      await route.fulfill({ response, body });
    });
    await page.goto(server.url);
    await page.getByLabel(SWITCH).check();
    await page.getByText("The download was damaged on its way.").waitFor();
  });
});

describe.skipIf(!hasBrowser())("a photo that stays on the device, with a backbone that our kernels do not know", () => {
  it("is embedded by ONNX Runtime there, both views of it, with the server's numbers", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "headstart-device-ort-"));
    const { manifest } = await readOwnBackbone();
    const tiny = makeTinyBackbone({ input: [1, 3, 16, 16] });
    const model = averageViews(tiny, { input: "input", output: "embedding" }, 2);
    const input = { ...manifest.input, name: "input", height: 16, width: 16, resizeShortSide: 22, views: [16, 22] };
    const described = {
      ...manifest,
      id: sha256Of(model),
      bytes: model.length,
      input,
      output: { name: "embedding", dimension: 6 },
    };
    const backboneDir = path.join(folder, "backbone");
    await placeBackbone(backboneDir, model, described);
    const vars = { RECEIPT_SECRET };
    const server = await startServer({ dataDir: path.join(folder, "data"), backboneDir, quiet: true, vars });
    const browser = await launchBrowser();
    try {
      // As small as this page sends them: a larger one would be shrunk first, which the server's path here is not.
      const drawn = ["pepperoni", "margherita"].flatMap((label) =>
        [1, 2, 3, 4].map((seed) => ({ label, file: `${seed}.png`, bytes: makePhoto(label, seed, 32) })),
      );
      await teach(server, drawn);
      await trainByCron(server, drawn[0]);
      const { page, complaints } = await openPage(browser, DESKTOP);
      await recordSent(page);
      await page.goto(server.url);
      await page.getByLabel(SWITCH).check();
      await page.getByText(READY).waitFor();
      await showPhoto(page, toFile(drawn[5]));
      const [sent] = await takeSent(page);
      const expected = { backboneId: described.id, dimension: 6 };
      const message = decodeEmbeddingMessage(Uint8Array.from(sent.bytes), expected);
      const { values } = openReceiptInNode((await classify(server, drawn[5].bytes)).receipt, RECEIPT_SECRET);
      expect(message).toMatchObject({ ok: true, value: { embedding: { values } } });
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
