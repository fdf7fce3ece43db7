/**
 * The photos that the benchmark sends: real ones laid side by side and cut to size, so that a large one is as rich in detail as a
 * small one. From `../shared` where that is, otherwise from the test fixtures.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import encodeJpeg, { init } from "@jsquash/jpeg/encode.js";
import { readImageHeader } from "../../../src/image/header.ts";
import type { RgbaImage } from "../../../src/image/rgba-image.ts";
import { createNodeDecoder } from "../../evaluate/node-embedder.ts";
import { scanFolder } from "../../import/scan-folder.ts";
import { PROJECT_ROOT, sharedDir } from "../../shared/project-paths.ts";

export interface BenchPhotos {
  /** 320 x 320, as a phone's browser sends it. */
  readonly small: Uint8Array<ArrayBuffer>;
  /** 1,600 x 1,250: two megapixels. */
  readonly large: Uint8Array<ArrayBuffer>;
  /** Two heaps of different photos, for a head. */
  readonly classes: readonly (readonly Uint8Array<ArrayBuffer>[])[];
}

const JPEG_QUALITY = 85;
const TILES = 20;
const PHOTOS_PER_CLASS = 4;

export async function makeBenchPhotos(): Promise<BenchPhotos> {
  const tiles = await readTiles();
  const wasm = createRequire(import.meta.url).resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm");
  const module = await WebAssembly.compile(new Uint8Array(await readFile(wasm)));
  await init({
    instantiateWasm(imports: WebAssembly.Imports, callback: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      callback(instance);
      return instance.exports;
    },
  });
  const encode = async (from: number, width: number, height: number) => {
    const image = { ...layTiles(tiles, from, width, height), colorSpace: "srgb" as const };
    return new Uint8Array(await encodeJpeg(image as ImageData, { quality: JPEG_QUALITY })); // -- Node has no ImageData
  };
  const classes: Uint8Array<ArrayBuffer>[][] = [];
  for (const start of [0, PHOTOS_PER_CLASS]) {
    const heap: Uint8Array<ArrayBuffer>[] = [];
    for (let i = 0; i < PHOTOS_PER_CLASS; i++) heap.push(await encode(start + i, 320, 320));
    classes.push(heap);
  }
  return { small: await encode(8, 320, 320), large: await encode(0, 1_600, 1_250), classes };
}

async function readTiles(): Promise<RgbaImage[]> {
  const decode = await createNodeDecoder();
  const tiles: RgbaImage[] = [];
  for (const file of await findPhotos()) {
    const bytes = new Uint8Array(await readFile(file));
    const header = readImageHeader(bytes);
    const image = header.ok ? await decode(header.value) : header;
    if (image.ok) tiles.push(image.value);
    if (tiles.length === TILES) break;
  }
  return tiles;
}

async function findPhotos(): Promise<string[]> {
  const folder = path.join(sharedDir(process.env), "data/images/pizza-or-not/test");
  const scanned = await scanFolder(folder).catch(() => undefined);
  const files = scanned?.items.flatMap(({ photos }) => photos.map((photo) => photo.path)) ?? [];
  if (files.length > 0) return files;
  const fixtures = path.join(PROJECT_ROOT, "test/fixtures/photos");
  return Array.from({ length: 8 }, (_, i) => path.join(fixtures, `orientation-${i + 1}.jpg`));
}

/** Tiles row by row from the one of number `from` on, in cells of the first one's size, cut at the edges. */
function layTiles(tiles: readonly RgbaImage[], from: number, width: number, height: number): RgbaImage {
  const [{ width: cellWidth, height: cellHeight } = { width: 1, height: 1 }] = tiles;
  const across = Math.ceil(width / cellWidth);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor(y / cellHeight) * across + Math.floor(x / cellWidth);
      const tile = tiles[(from + cell) % tiles.length];
      if (tile === undefined) throw new Error("there is no photo to measure with");
      const at = ((y % cellHeight) % tile.height) * tile.width + ((x % cellWidth) % tile.width);
      data.set(tile.data.subarray(at * 4, at * 4 + 4), (y * width + x) * 4);
    }
  }
  return { data, width, height };
}
