/**
 * Walks a GIF (GIF89a specification) up to the end of its first frame and leaves the rest out: a small file may hold
 * a hundred thousand frames, and the decoder makes an object of each.
 */

import { err, ok, type Result } from "../shared/result.ts";
import { viewOf } from "./bytes.ts";
import { CUT_OFF, DAMAGED, type HeaderFault, type ImageHeader, wholeFrame } from "./image-header.ts";

/** The palette indices lie beside the pixels, in JavaScript. */
const WEIGHT = 1.5;
const SCREEN_BYTES = 13;
const FRAME_BYTES = 9;
const GRAPHIC_CONTROL_BYTES = 4;
/** Some writers leave an empty block too many. */
const [EXTENSION, IMAGE, FILLING] = [0x21, 0x2c, 0x00];
const MAX_SIDE = 0xffff;
const GRAPHIC_CONTROL = 0xf9;
const TRAILER = Uint8Array.of(0x3b);

/** Returns the header of bytes that begin with GIF8. */
export function readGifHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, HeaderFault> {
  if (bytes.length < SCREEN_BYTES) return err(CUT_OFF);
  const screen = bytes.subarray(0, SCREEN_BYTES + paletteBytes(bytes[10]));
  let control = new Uint8Array(); // names the transparent colour
  for (let at = screen.length; at < bytes.length; ) {
    const block = bytes[at];
    if (block === IMAGE) return readFrame(bytes, at, screen, control);
    if (block === FILLING) {
      at += 1;
      continue;
    }
    if (block !== EXTENSION) return err(DAMAGED);
    const end = skipSubBlocks(bytes, at + 2);
    if (end === null) return err(CUT_OFF);
    if (isGraphicControl(bytes, at)) control = bytes.subarray(at, end);
    at = end;
  }
  return err(CUT_OFF);
}

/** The header of a file whose first frame begins at `at`. A frame that is larger than the screen makes the screen larger. */
function readFrame(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  screen: Uint8Array<ArrayBuffer>,
  control: Uint8Array<ArrayBuffer>,
): Result<ImageHeader, HeaderFault> {
  const data = imageDataStart(bytes, at) + 1;
  if (data > bytes.length) return err(CUT_OFF);
  const view = viewOf(bytes);
  const [left, top, frameWidth, frameHeight] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
  if (frameWidth === 0 || frameHeight === 0) return err(DAMAGED);
  const width = Math.max(view.getUint16(6, true), left + frameWidth);
  const height = Math.max(view.getUint16(8, true), top + frameHeight);
  if (width > MAX_SIDE || height > MAX_SIDE) return err(DAMAGED);
  const end = skipSubBlocks(bytes, data);
  return ok({
    format: "gif",
    coding: "gif",
    kind: "GIF",
    weight: WEIGHT,
    width,
    height,
    orientation: 1,
    frame: wholeFrame(width, height), // the decoder lays the frame in its place itself
    lacksEnd: end === null,
    pieces: [resizeScreen(screen, width, height), control, bytes.subarray(at, end ?? bytes.length), TRAILER],
  });
}

function resizeScreen(screen: Uint8Array<ArrayBuffer>, width: number, height: number): Uint8Array<ArrayBuffer> {
  const resized = screen.slice();
  viewOf(resized).setUint16(6, width, true);
  viewOf(resized).setUint16(8, height, true);
  return resized;
}

/** Bytes of the palette that the packed field announces. */
function paletteBytes(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

/** Position of the code size, after the frame's place and its palette. */
function imageDataStart(bytes: Uint8Array, at: number): number {
  return at + 1 + FRAME_BYTES + paletteBytes(bytes[at + FRAME_BYTES]);
}

function isGraphicControl(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 1] === GRAPHIC_CONTROL && bytes[at + 2] === GRAPHIC_CONTROL_BYTES;
}

/** Position after the empty block that ends a chain of sub-blocks; null when the file ends first. */
function skipSubBlocks(bytes: Uint8Array, from: number): number | null {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at] + 1;
  return at < bytes.length ? at + 1 : null;
}
