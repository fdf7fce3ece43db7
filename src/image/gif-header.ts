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
const [EXTENSION, IMAGE] = [0x21, 0x2c];
const GRAPHIC_CONTROL = 0xf9;
const TRAILER = Uint8Array.of(0x3b);

/** Returns the header of bytes that begin with GIF8. */
export function readGifHeader(bytes: Uint8Array<ArrayBuffer>): Result<ImageHeader, HeaderFault> {
  if (bytes.length < SCREEN_BYTES) return err(CUT_OFF);
  const view = viewOf(bytes);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const screen = bytes.subarray(0, SCREEN_BYTES + paletteBytes(bytes[10]));
  let control = new Uint8Array(); // names the transparent colour
  for (let at = screen.length; at < bytes.length; ) {
    const block = bytes[at];
    const blocks = block === IMAGE ? imageDataStart(bytes, at) + 1 : at + 2;
    const end = skipSubBlocks(bytes, blocks);
    if (end === null) return err(CUT_OFF);
    if (block === EXTENSION) {
      if (isGraphicControl(bytes, at)) control = bytes.subarray(at, end);
    } else if (block === IMAGE) {
      const frame = {
        left: view.getUint16(at + 1, true),
        top: view.getUint16(at + 3, true),
        width: view.getUint16(at + 5, true),
        height: view.getUint16(at + 7, true),
      };
      if (frame.left + frame.width > width || frame.top + frame.height > height) return err(DAMAGED);
      if (frame.width === 0 || frame.height === 0) return err(DAMAGED);
      const pieces = [screen, control, bytes.subarray(at, end), TRAILER];
      // The decoder lays the frame in its place itself.
      return ok({
        format: "gif",
        coding: "gif",
        weight: WEIGHT,
        width,
        height,
        orientation: 1,
        frame: wholeFrame(width, height),
        pieces,
      });
    } else return err(DAMAGED);
    at = end;
  }
  return err(CUT_OFF);
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
