/**
 * Walks a WebP's chunks (RFC 9649). The decoder reads one still picture, so an animation's first frame is packed into a
 * file of its own.
 */

import { err, ok, type Result } from "../shared/result.ts";
import { asciiAt, viewOf } from "./bytes.ts";
import { readExifOrientation } from "./exif-orientation.ts";
import { CUT_OFF, DAMAGED, type Frame, type HeaderFault, type ImageHeader, wholeFrame } from "./image-header.ts";

const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Place, size, duration and flags in front of a frame's own chunks. */
const FRAME_HEADER_BYTES = 16;
const VP8X_BYTES = 10;
const VP8_HEADER_BYTES = 10;
const VP8L_HEADER_BYTES = 5;
const VP8L_SIGNATURE = 0x2f;
/** A lossless picture is decoded as a whole before it becomes RGBA. */
const LOSSLESS_WEIGHT = 3;
const FLAG_ALPHA = 0x10;
const KNOWN_CHUNKS = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANMF", "EXIF"]);

type Bytes = Uint8Array<ArrayBuffer>;

interface Chunk {
  readonly type: string;
  readonly data: Bytes;
}

/** The first chunk of each kind that matters here. */
type Chunks = ReadonlyMap<string, Bytes>;

/** Returns the header of bytes that begin with RIFF....WEBP. */
export function readWebpHeader(bytes: Bytes): Result<ImageHeader, HeaderFault> {
  if (bytes.length < RIFF_HEADER_BYTES) return err(CUT_OFF);
  const end = viewOf(bytes).getUint32(4, true) + CHUNK_HEADER_BYTES;
  const { chunks, isCut } = readChunks(bytes.subarray(RIFF_HEADER_BYTES, end));
  const lacksEnd = isCut || end > bytes.length;
  const animated = chunks.get("ANMF");
  const inside = animated === undefined ? chunks : readChunks(animated.subarray(FRAME_HEADER_BYTES)).chunks;
  const pixels = findPixels(inside);
  if (pixels === undefined) return err(lacksEnd ? CUT_OFF : DAMAGED);
  const size = readPixelSize(pixels);
  if (size === null) return err(DAMAGED);
  const { width, height } = readCanvas(chunks) ?? size;
  const frame = animated === undefined ? wholeFrame(size.width, size.height) : { ...readPlace(animated), ...size };
  if (frame.left + frame.width > width || frame.top + frame.height > height) return err(DAMAGED);
  if (animated === undefined && (frame.width !== width || frame.height !== height)) return err(DAMAGED);
  const orientation = readExifOrientation(chunks.get("EXIF") ?? new Uint8Array());
  const pieces =
    animated === undefined && !lacksEnd ? [bytes.subarray(0, end)] : pack(frame, pixels, inside.get("ALPH"));
  const isLossless = pixels.type === "VP8L";
  const kind = isLossless ? "lossless WebP" : "WebP";
  const weight = isLossless ? LOSSLESS_WEIGHT : 1;
  return ok({ format: "webp", coding: "webp", kind, weight, width, height, orientation, frame, lacksEnd, pieces });
}

/** The chunks, of one that the end cuts off what is there: whether that is enough the decoder finds out. */
function readChunks(bytes: Bytes): { chunks: Chunks; isCut: boolean } {
  const view = viewOf(bytes);
  const chunks = new Map<string, Bytes>();
  let at = 0;
  while (at + CHUNK_HEADER_BYTES <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    const start = at + CHUNK_HEADER_BYTES;
    const type = asciiAt(bytes, at, at + 4);
    if (KNOWN_CHUNKS.has(type) && !chunks.has(type)) chunks.set(type, bytes.subarray(start, start + length));
    at = start + length + (length % 2);
  }
  return { chunks, isCut: at > bytes.length };
}

function findPixels(chunks: Chunks): Chunk | undefined {
  for (const type of ["VP8 ", "VP8L"]) {
    const data = chunks.get(type);
    if (data !== undefined) return { type, data };
  }
  return undefined;
}

function readCanvas(chunks: Chunks): { width: number; height: number } | null {
  const extended = chunks.get("VP8X");
  if (extended === undefined || extended.length < VP8X_BYTES) return null;
  return { width: readUint24(extended, 4) + 1, height: readUint24(extended, 7) + 1 };
}

function readPlace(data: Bytes): Pick<Frame, "left" | "top"> {
  return { left: 2 * readUint24(data, 0), top: 2 * readUint24(data, 3) };
}

/** Size in the picture's own header: the one that the decoder will allocate. */
function readPixelSize({ type, data }: Chunk): { width: number; height: number } | null {
  const view = viewOf(data);
  if (type === "VP8 ") {
    if (data.length < VP8_HEADER_BYTES) return null;
    return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
  }
  if (data.length < VP8L_HEADER_BYTES || data[0] !== VP8L_SIGNATURE) return null;
  const bits = view.getUint32(1, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
}

/** A still WebP of these chunks, in pieces. */
function pack({ width, height }: Frame, pixels: Chunk, alpha: Bytes | undefined): Bytes[] {
  const extended = new Uint8Array(VP8X_BYTES);
  extended[0] = FLAG_ALPHA;
  writeUint24(extended, 4, width - 1);
  writeUint24(extended, 7, height - 1);
  const inside =
    alpha === undefined ? [pixels] : [{ type: "VP8X", data: extended }, { type: "ALPH", data: alpha }, pixels];
  const pieces = inside.flatMap(({ type, data }) => [
    chunkHeader(type, data.length),
    data,
    new Uint8Array(data.length % 2),
  ]);
  const length = pieces.reduce((total, piece) => total + piece.length, 4);
  const riff = new Uint8Array(RIFF_HEADER_BYTES);
  riff.set(chunkHeader("RIFF", length));
  riff.set(new TextEncoder().encode("WEBP"), CHUNK_HEADER_BYTES);
  return [riff, ...pieces];
}

function chunkHeader(type: string, length: number): Bytes {
  const header = new Uint8Array(CHUNK_HEADER_BYTES);
  header.set(new TextEncoder().encode(type));
  viewOf(header).setUint32(4, length, true);
  return header;
}

function readUint24(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
}

function writeUint24(bytes: Uint8Array, at: number, value: number): void {
  bytes.set([value & 0xff, (value >> 8) & 0xff, value >> 16], at);
}
