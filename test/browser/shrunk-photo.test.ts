/**
 * The form shrinks large photos before it sends them. What the server makes of the small copy must be what it would have made of
 * the photo itself: real Chromium, the Worker's own decoders and backbone, real photos where they are.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeBigPhotos } from "../../cli/bench/big-photos.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { createNodeDecoder, createNodeEmbedder } from "../../cli/evaluate/node-embedder.ts";
import { cosineOf } from "../../cli/shared/cosine.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import type { Embedder } from "../../src/backbone/embedder.ts";
import type { DecodeImage } from "../../src/image/decode.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";
import { readOwnBackbone } from "../support/own-backbone.ts";
import { makePhoto } from "../support/photos.ts";
import { MISSING_SHARED_DATA, readBytes, SHARED_DIR } from "../support/shared-data.ts";
import { startServer } from "../support/start-server.ts";
import { DESKTOP, hasBrowser, launchBrowser, openPage } from "./chromium.ts";

/** The photo as it was before it was shrunk is over the deployment's limits. */
const NO_LIMITS = { maxImageBytes: 100_000_000, maxImagePixels: 100_000_000 };
/** Photos of 0.3 to 2 megapixels, most of them turned by EXIF. */
const REAL_PHOTOS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => `exif-orientation/Landscape_${orientation}.jpg`),
  "exif-orientation/Portrait_6.jpg",
  ...["iptc", "exif_typeerror", "junk_jpeg_header"].map((name) => `pillow/${name}.jpg`),
];

/** Starts before the page's own script: keeps what is sent to be classified. */
const RECORD_SENT = `
  window.sent = [];
  const send = window.fetch;
  window.fetch = async (path, init) => {
    if (init?.body instanceof Blob) sent.push(Array.from(new Uint8Array(await init.body.arrayBuffer())));
    return send(path, init);
  };`;

describe.skipIf(!hasBrowser())("a photo that the form shrinks", () => {
  let browser: Browser;
  let server: DevServer;
  let dataDir: string;
  let embedder: Embedder;
  let decode: DecodeImage;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "headstart-shrunk-"));
    const { manifest } = await readOwnBackbone();
    embedder = createNodeEmbedder({ manifest, file: path.join(PROJECT_ROOT, "models", manifest.file) });
    [browser, server, decode] = await Promise.all([
      launchBrowser(),
      startServer({ dataDir, quiet: true }),
      createNodeDecoder(),
    ]);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function embed(bytes: Uint8Array<ArrayBuffer>): Promise<Int8Array> {
    const tensor = await photoToTensor(bytes, embedder.manifest.input, NO_LIMITS, decode);
    if (!tensor.ok) throw new Error(tensor.error.detail);
    const embedding = await embedder.embed(tensor.value);
    if (!embedding.ok) throw new Error(embedding.error.detail);
    return embedding.value.values;
  }

  async function readLargePhotos(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
    const drawn = (await makeBigPhotos(() => 2_000_000, 3)).get("JPEG") ?? [];
    if (MISSING_SHARED_DATA !== undefined) return drawn;
    const files = REAL_PHOTOS.map((file) => path.join(SHARED_DIR, "data/tricky-images", file));
    return [...drawn, ...(await Promise.all(files.map(readBytes)))];
  }

  /** Shows the photos one after the other; the cosine of what was sent to each, and how many were shrunk. */
  async function sendAll(photos: readonly Uint8Array<ArrayBuffer>[]) {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.addInitScript(RECORD_SENT);
    await page.goto(server.url);
    const similarities: number[] = [];
    let shrunk = 0;
    for (const [i, bytes] of photos.entries()) {
      const file = { name: `${i}.jpg`, mimeType: "image/jpeg", buffer: Buffer.from(bytes) };
      await page.getByLabel(/^Choose a(nother| photo)$/).setInputFiles(file);
      await expect.poll(() => page.evaluate("sent.length")).toBeGreaterThan(0);
      const [sent] = await page.evaluate<number[][]>("sent.splice(0)");
      if (sent.length !== bytes.length) shrunk += 1;
      similarities.push(cosineOf(await embed(Uint8Array.from(sent)), await embed(bytes)));
    }
    expect(complaints.filter((line) => !line.includes("409"))).toEqual([]); // -- there is no head to answer
    return { least: Math.min(...similarities), shrunk };
  }

  it("has the embedding of the photo itself", async () => {
    const photos = await readLargePhotos();
    const { least, shrunk } = await sendAll(photos);
    console.log(`${shrunk} of ${photos.length} photos were shrunk; least cosine ${least.toFixed(5)}`);
    expect(shrunk).toBeGreaterThanOrEqual(3);
    expect(least).toBeGreaterThanOrEqual(0.999);
  });

  /** Shows a file of any kind and returns what was sent to be classified. */
  async function sendOne(name: string, mimeType: string, bytes: Uint8Array) {
    const { page, complaints } = await openPage(browser, DESKTOP);
    await page.addInitScript(RECORD_SENT);
    await page.goto(server.url);
    await page.getByLabel("Choose a photo").setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) });
    await expect.poll(() => page.evaluate("sent.length")).toBeGreaterThan(0);
    const [sent] = await page.evaluate<number[][]>("sent.splice(0)");
    expect(complaints.filter((line) => !/409|415/.test(line))).toEqual([]);
    return Uint8Array.from(sent);
  }

  it("is sent without loss from a small BMP, with the embedding of the same picture as PNG", async () => {
    const png = makePhoto("hawaiian", 1);
    const header = readImageHeader(png);
    const image = header.ok ? await decode(header.value) : header;
    if (!image.ok) throw new Error(image.error.detail);
    const sent = await sendOne("photo.bmp", "image/bmp", encodeBmp(image.value));
    expect(readImageHeader(sent)).toMatchObject({ ok: true, value: { format: "png" } });
    expect(cosineOf(await embed(sent), await embed(png))).toBeGreaterThanOrEqual(0.999);
  });

  it("is sent without loss from a small SVG", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><circle cx="150" cy="100" r="90" fill="gold"/></svg>';
    const sent = await sendOne("drawing.svg", "image/svg+xml", new TextEncoder().encode(svg));
    expect(readImageHeader(sent)).toMatchObject({ ok: true, value: { format: "png", width: 300, height: 200 } });
  });

  it.skipIf(MISSING_SHARED_DATA !== undefined).each(["avif-hopper.avif", "avif-rot1mir0.avif"])(
    "is sent without loss from a small AVIF: %s",
    async (name) => {
      const avif = await readBytes(path.join(SHARED_DIR, "data/tricky-images/pillow", name));
      const sent = await sendOne(name, "image/avif", avif);
      expect(readImageHeader(sent)).toMatchObject({ ok: true, value: { format: "png" } });
    },
  );

  it("goes as it is from a format that the browser cannot show: the server says what to do", async () => {
    const heic = Uint8Array.from([
      0,
      0,
      0,
      24,
      ...Buffer.from("ftypheic"),
      0,
      0,
      0,
      0,
      ...Buffer.from("mif1heic"),
      0,
      0,
      0,
      0,
    ]);
    const sent = await sendOne("photo.heic", "image/heic", heic);
    expect(sent).toEqual(heic);
  });

  // A browser that turned a profile's colours into sRGB would give .9986: the server's decoders take them as they are.
  it.skipIf(MISSING_SHARED_DATA !== undefined)("has the embedding of the photo itself in Adobe RGB too", async () => {
    const { least } = await sendAll([await readBytes(path.join(SHARED_DIR, "data/tricky-images/pillow/xmp_test.jpg"))]);
    console.log(`Adobe RGB: cosine ${least.toFixed(5)}`);
    expect(least).toBeGreaterThanOrEqual(0.999);
  });
});

/** A 24-bit BMP of opaque pixels: rows from the bottom, blue first, each padded to four bytes. */
function encodeBmp({ data, width, height }: RgbaImage): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bmp = new Uint8Array(54 + rowBytes * height);
  const header = new DataView(bmp.buffer);
  bmp.set([0x42, 0x4d]);
  for (const [at, value] of [
    [2, bmp.length],
    [10, 54],
    [14, 40],
    [18, width],
    [22, height],
  ])
    header.setUint32(at, value, true);
  header.setUint16(26, 1, true);
  header.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      bmp.set([data[from + 2], data[from + 1], data[from]], 54 + (height - 1 - y) * rowBytes + x * 3);
    }
  }
  return bmp;
}
