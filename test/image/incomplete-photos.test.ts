/**
 * Photos whose files are not in order, but whose rows are all there, are decoded as browsers do; photos that end early are
 * refused, whatever their last bytes say.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { crc32 } from "../../src/image/bytes.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import type { RgbaImage } from "../../src/image/rgba-image.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const decode = await createNodeDecoder();
const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 200_000 };
const SPEC = {
  height: 224,
  width: 224,
  resizeShortSide: 256,
  crop: "center" as const,
  mean: [0.485, 0.456, 0.406] as const,
  std: [0.229, 0.224, 0.225] as const,
};
const EOI = [0xff, 0xd9];
const CUT_OFF = /^The (JPEG|PNG|WEBP|GIF) is cut off: (its end is|rows are) missing\. Send the photo again\.$/;

function read(name: string): Bytes {
  return new Uint8Array(readFileSync(new URL(`../fixtures/photos/${name}`, import.meta.url)));
}

function join(...parts: ArrayLike<number>[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

async function decodeAll(bytes: Bytes): Promise<RgbaImage> {
  const header = readImageHeader(bytes);
  if (!header.ok) throw new Error(header.error.detail);
  const image = await decode(header.value);
  if (!image.ok) throw new Error(image.error.detail);
  return image.value;
}

function isSame(a: RgbaImage, b: RgbaImage): boolean {
  return Buffer.compare(new Uint8Array(a.data), new Uint8Array(b.data)) === 0;
}

async function refusalOf(bytes: Bytes): Promise<string> {
  const tensor = await photoToTensor(bytes, SPEC, LIMITS, decode);
  return tensor.ok ? "decoded" : tensor.error.detail;
}

/** The first segment with this marker. */
function segmentOf(jpeg: Bytes, marker: number): { start: number; end: number } {
  for (let at = 2; ; ) {
    const end = at + 2 + jpeg[at + 2] * 256 + jpeg[at + 3];
    if (jpeg[at + 1] === marker) return { start: at, end };
    if (jpeg[at + 1] === 0xda) throw new Error(`no segment ${marker.toString(16)}`);
    at = end;
  }
}

function withoutSegment(jpeg: Bytes, marker: number): Bytes {
  const { start, end } = segmentOf(jpeg, marker);
  return join(jpeg.subarray(0, start), jpeg.subarray(end));
}

/** With stray bytes before its first scan, the first fault that a decoder tells of. */
function addStrayBytes(jpeg: Bytes): Bytes {
  const { start } = segmentOf(jpeg, 0xda);
  return join(jpeg.subarray(0, start), [1, 2, 3], jpeg.subarray(start));
}

describe("a photo is decoded when all its rows are there:", () => {
  const jpeg = read("orientation-1.jpg");
  const progressive = read("progressive.jpg");
  const png = read("rgb.png");
  const iend = png.length - 12;
  const gif = read("palette.gif");
  const webp = read("lossy.webp");

  const cases: [string, Bytes, Bytes][] = [
    ["a JPEG without its end marker", jpeg.slice(0, -2), jpeg],
    ["a JPEG without half of its end marker", jpeg.slice(0, -1), jpeg],
    ["a JPEG with zeros in place of its end marker", join(jpeg.slice(0, -2), new Uint8Array(64)), jpeg],
    ["a progressive JPEG without its end marker", progressive.slice(0, -2), progressive],
    ["a JPEG with a video behind it", join(jpeg, new TextEncoder().encode("....ftypmp42"), new Uint8Array(99)), jpeg],
    ["a JPEG with another one behind it", join(jpeg, progressive), jpeg],
    ["a PNG without IEND", png.slice(0, iend), png],
    ["a PNG with half of IEND", png.slice(0, iend + 6), png],
    ["a PNG whose IEND has a wrong checksum", join(png.slice(0, -4), [1, 2, 3, 4]), png],
    ["a PNG without IEND and the last checksum", png.slice(0, iend - 4), png],
    ["a PNG that ends in another chunk", join(png.slice(0, iend), [0, 0, 9, 9], [116, 69, 88, 116], [1]), png],
    ["a JPEG with stray bytes and without its end marker", addStrayBytes(jpeg.slice(0, -2)), jpeg],
    [
      "a progressive JPEG with stray bytes and without its end marker",
      addStrayBytes(progressive.slice(0, -2)),
      progressive,
    ],
    ["a GIF without its last bytes", gif.slice(0, gif.lastIndexOf(0)), gif],
    [
      "a GIF with a stray zero between its blocks",
      join(gif.slice(0, firstFrameAt(gif)), [0], gif.slice(firstFrameAt(gif))),
      gif,
    ],
    [
      "an animation that is cut off behind its first frame",
      read("animated.webp").slice(0, -300),
      read("animated.webp"),
    ],
    ["a WebP without its last filling byte", unpad(webp), webp],
    ["a WebP with a damaged chunk behind the picture", join(webp, [69, 88, 73, 70, 0xff, 0xff, 0, 0]), webp],
  ];
  it.each(cases)("%s", async (_name, odd, whole) => {
    const image = await decodeAll(odd);
    const expected = await decodeAll(whole);
    expect([image.width, image.height]).toEqual([expected.width, expected.height]);
    expect(isSame(image, expected)).toBe(true);
  });

  it("a JPEG of four inks without Adobe's marker, taken for inverted as browsers do", async () => {
    const adobe = read("cmyk.jpg");
    const image = await decodeAll(withoutSegment(adobe, 0xee));
    expect(isSame(image, await decodeAll(adobe))).toBe(true);
  });

  it("a GIF whose frame is larger than its screen, on a screen that has room for it", async () => {
    const small = gif.slice();
    small.set([10, 0, 10, 0], 6);
    expect(readImageHeader(small)).toMatchObject({ value: { width: 240, height: 180 } });
    expect(isSame(await decodeAll(small), await decodeAll(gif))).toBe(true);
  });
});

describe("a photo is refused when rows are missing:", () => {
  it.each(["orientation-1.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg"])(
    "%s, cut off and closed with an end marker",
    async (name) => {
      const whole = read(name);
      const scan = segmentOf(whole, 0xda).end;
      for (const share of [0.1, 0.4, 0.7, 0.95]) {
        const length = scan + Math.floor((whole.length - scan) * share);
        expect(await refusalOf(join(whole.slice(0, length), EOI)), `${name} at ${length}`).toMatch(CUT_OFF);
        expect(await refusalOf(whole.slice(0, length)), `${name} at ${length}, left open`).toMatch(CUT_OFF);
      }
    },
  );

  it.each(["orientation-1.jpg", "progressive.jpg", "gray.jpg"])("%s, cut off and damaged before that", async (name) => {
    const whole = addStrayBytes(read(name));
    const scan = segmentOf(read(name), 0xda).end + whole.length - read(name).length;
    for (const share of [0.1, 0.4, 0.7, 0.95]) {
      const cut = whole.slice(0, scan + Math.floor((whole.length - scan) * share));
      for (const file of [cut, join(cut, EOI)]) expect(await refusalOf(file), `${name} at ${share}`).toMatch(CUT_OFF);
    }
  });

  it("a JPEG that lacks the scans of two of its three colours", async () => {
    const scan = segmentOf(read("orientation-1.jpg"), 0xda);
    const jpeg = read("orientation-1.jpg");
    const oneColour = [0xff, 0xda, 0, 8, 1, jpeg[scan.start + 5], 0, 0, 63, 0];
    const file = join(jpeg.slice(0, scan.start), oneColour, jpeg.slice(scan.end));
    expect(await refusalOf(file)).toMatch(CUT_OFF);
  });

  it("a PNG cut off and closed with IEND, a GIF without its last rows, a WebP without its last bytes", async () => {
    const png = read("rgb.png");
    expect(await refusalOf(png.slice(0, -400))).toMatch(CUT_OFF);
    expect(await refusalOf(cutPixels(png))).not.toBe("decoded");
    const gif = read("palette.gif");
    expect(await refusalOf(gif.slice(0, -200))).toMatch(CUT_OFF);
    for (const name of ["lossy.webp", "lossless.webp"]) {
      expect(await refusalOf(read(name).slice(0, read(name).length >> 1)), name).toMatch(CUT_OFF);
    }
  });

  it("and leaves the decoder in order", async () => {
    const whole = read("orientation-1.jpg");
    const before = await decodeAll(whole);
    await refusalOf(join(whole.slice(0, whole.length >> 1), EOI));
    expect(isSame(await decodeAll(whole), before)).toBe(true);
  });
});

it("names the kind of JPEG that is too large and the one that is not", async () => {
  const limits = { ...LIMITS, maxImagePixels: 240 * 180 };
  const refused = await photoToTensor(read("progressive.jpg"), SPEC, limits, decode);
  expect(refused).toMatchObject({ error: { detail: expect.stringContaining("of this kind (progressive JPEG)") } });
  expect(refused).toMatchObject({ error: { detail: expect.stringContaining("send a baseline JPEG") } });
});

function firstFrameAt(gif: Bytes): number {
  return 13 + ((gif[10] & 0x80) === 0 ? 0 : 3 * 2 ** ((gif[10] & 7) + 1));
}

/** A WebP whose last chunk is odd and lacks the byte that fills it up: what simple writers leave out. */
function unpad(webp: Bytes): Bytes {
  const length = new DataView(webp.buffer).getUint32(16, true);
  if (length % 2 === 1) return webp.slice(0, 20 + length);
  const odd = join(webp.slice(0, 20 + length), [0]);
  new DataView(odd.buffer).setUint32(16, length + 1, true);
  new DataView(odd.buffer).setUint32(4, length + 1 + 13, true);
  return odd;
}

/** The PNG with the last 200 bytes of its pixels taken out, and all lengths and checksums right. */
function cutPixels(png: Bytes): Bytes {
  const view = new DataView(png.buffer);
  let at = 8;
  while (String.fromCharCode(...png.subarray(at + 4, at + 8)) !== "IDAT") at += view.getUint32(at) + 12;
  const cut = png.slice(0, at + 8 + view.getUint32(at) - 200);
  new DataView(cut.buffer).setUint32(at, view.getUint32(at) - 200);
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, crc32(cut, at + 4, cut.length));
  return join(cut, sum, png.slice(-12));
}
