/**
 * Walks a PNG's chunks (W3C PNG, section 5) and keeps those that make the picture. Colour profiles, texts, EXIF and
 * further frames never reach the decoder: some of them are compressed and may inflate to anything.
 */

import { err, ok, type Result } from "../shared/result.ts";
import { asciiAt, crc32, viewOf } from "./bytes.ts";
import { readExifOrientation } from "./exif-orientation.ts";
import { CUT_OFF, DAMAGED, type HeaderFault, type ImageHeader, type Orientation, wholeFrame } from "./image-header.ts";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_OVERHEAD_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const IHDR_BYTES = 13;
const MAX_SIDE = 2 ** 31 - 1;
/** The decoded rows and their RGBA copy lie side by side. */
const WEIGHT = 3;
/** Chunks to keep lie in runs; a picture has a handful. */
const MAX_PIECES = 64;
const PICTURE_CHUNKS = new Set(["IHDR", "PLTE", "tRNS", "IDAT"]);
const IEND = Uint8Array.of(0, 0, 0, 0, ...new TextEncoder().encode("IEND"), 0xae, 0x42, 0x60, 0x82);
/** Bits per sample that each colour type allows. */
const DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/** Returns the header of bytes that begin with the PNG signature. */
export function readPngHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, HeaderFault> {
  const size = readImageHeaderChunk(bytes);
  if (size === null) return err(bytes.length < SIGNATURE_BYTES + IHDR_BYTES + CHUNK_OVERHEAD_BYTES ? CUT_OFF : DAMAGED);
  const walk: Walk = { orientation: 1, pieces: [bytes.subarray(0, SIGNATURE_BYTES)], pixels: "before", lacksEnd: true };
  const fault = walkChunks(bytes, walk);
  if (fault !== null) return err(fault);
  const { orientation, lacksEnd, pieces } = walk;
  return ok({
    format: "png",
    coding: "png",
    kind: "PNG",
    weight: WEIGHT,
    ...size,
    orientation,
    frame: wholeFrame(size.width, size.height),
    lacksEnd,
    pieces,
  });
}

interface Walk {
  orientation: Orientation;
  readonly pieces: Uint8Array<ArrayBuffer>[];
  /** IDAT chunks follow one another; one that comes later is not read by any decoder. */
  pixels: "before" | "inside" | "after";
  lacksEnd: boolean;
}

/** Walks up to IEND, or to the end of a file that has none: whether all rows are there the decoder finds out. */
function walkChunks(bytes: Uint8Array<ArrayBuffer>, walk: Walk): HeaderFault | null {
  const view = viewOf(bytes);
  let kept = SIGNATURE_BYTES; // start of the chunks to keep that have not become a piece yet
  let at = SIGNATURE_BYTES;
  while (at + CHUNK_HEADER_BYTES <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + length + CHUNK_OVERHEAD_BYTES;
    const type = asciiAt(bytes, at + 4, at + 8);
    if (type === "IEND") walk.lacksEnd = false;
    if (type === "IEND" || end > bytes.length) break;
    if (type === "eXIf") walk.orientation = readExifOrientation(bytes.subarray(at + 8, at + 8 + length));
    if (type === "IDAT" && walk.pixels === "after") return DAMAGED;
    if (type === "IDAT") walk.pixels = "inside";
    else if (walk.pixels === "inside") walk.pixels = "after";
    if (PICTURE_CHUNKS.has(type)) {
      if (view.getUint32(end - 4) !== crc32(bytes, at + 4, end - 4)) return DAMAGED; // the decoder looks away
    } else {
      if (kept < at) walk.pieces.push(bytes.subarray(kept, at));
      kept = end;
    }
    if (walk.pieces.length > MAX_PIECES) return DAMAGED;
    at = end;
  }
  if (kept < at) walk.pieces.push(bytes.subarray(kept, at));
  const last = walk.pixels === "after" ? null : readCutPixels(bytes, at);
  if (last !== null) walk.pieces.push(...last);
  if (walk.pixels === "before" && last === null) return at + CHUNK_OVERHEAD_BYTES > bytes.length ? CUT_OFF : DAMAGED;
  walk.pieces.push(IEND);
  return null;
}

/** The chunk at `at`, an IDAT that the file's end has cut off, as a shorter one that is whole; null for anything else. */
function readCutPixels(bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer>[] | null {
  if (asciiAt(bytes, at + 4, at + CHUNK_HEADER_BYTES) !== "IDAT") return null;
  const header = bytes.slice(at, at + CHUNK_HEADER_BYTES);
  const data = bytes.subarray(at + CHUNK_HEADER_BYTES, at + CHUNK_HEADER_BYTES + viewOf(header).getUint32(0));
  viewOf(header).setUint32(0, data.length);
  const checksum = new Uint8Array(4);
  viewOf(checksum).setUint32(0, crc32(bytes, at + 4, at + CHUNK_HEADER_BYTES + data.length));
  return [header, data, checksum];
}

/** Size out of IHDR, which must come first; null when it is absent or describes no picture. */
function readImageHeaderChunk(bytes: Uint8Array): { width: number; height: number } | null {
  const view = viewOf(bytes);
  const data = SIGNATURE_BYTES + 8;
  if (bytes.length < data + IHDR_BYTES + 4) return null;
  if (view.getUint32(SIGNATURE_BYTES) !== IHDR_BYTES || asciiAt(bytes, SIGNATURE_BYTES + 4, data) !== "IHDR")
    return null;
  const [width, height] = [view.getUint32(data), view.getUint32(data + 4)];
  const [depth, colour, compression, filter, interlace] = bytes.subarray(data + 8, data + IHDR_BYTES);
  const isKnown = DEPTHS.get(colour)?.includes(depth) === true && compression === 0 && filter === 0 && interlace <= 1;
  return isKnown && width <= MAX_SIDE && height <= MAX_SIDE ? { width, height } : null;
}
